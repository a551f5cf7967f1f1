#include "server/net/acceptor.h"

#include <QSslSocket>

namespace confab::server {

Acceptor::Acceptor(TlsSettings &tls, QObject *parent)
    : QTcpServer(parent)
    , m_tls(tls)
{
}

void Acceptor::incomingConnection(qintptr handle)
{
    if (!m_tls.isOn()) {
        QTcpServer::incomingConnection(handle);
        return;
    }
    m_tls.refresh();
    auto *socket = new QSslSocket(this);
    socket->setSslConfiguration(m_tls.configuration());
    if (!socket->setSocketDescriptor(handle)) {
        delete socket;
        return;
    }
    addPendingConnection(socket);
    socket->startServerEncryption();
}

}
