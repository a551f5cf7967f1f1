#pragma once

#include "server/net/tlssettings.h"

#include <QTcpServer>

namespace confab::server {

/// A QTcpServer whose sockets begin a TLS handshake where there is a certificate. They are handed
/// over before it is done, so that limits and deadlines hold for it too (reliability.md T25).
class Acceptor : public QTcpServer
{
    Q_OBJECT

public:
    /// The settings outlive this object.
    explicit Acceptor(TlsSettings &tls, QObject *parent = nullptr);

protected:
    void incomingConnection(qintptr handle) override;

private:
    TlsSettings &m_tls;
};

}
