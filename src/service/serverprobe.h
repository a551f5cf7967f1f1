#pragma once

#include "service/accountconfig.h"
#include "service/serviceerror.h"
#include "socket/sessionfactory.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>

namespace confab {

/// What "Test" beside an address found out. Steps that were not reached are not told.
struct ProbeReport {
    ServerAddress address;
    bool reachable = false;
    std::chrono::milliseconds latency{0}; ///< of `hi`, or of a ping for a plain server
    PeerInfo peer;
    QString protocolVersion;
    QString serverBuild;
    bool defaultApiKey = false;
    std::optional<ServiceError> error; ///< of the step that failed
};

/// Opens a connection, says hi, and closes it again. One run at a time; a new one ends the old.
/// GUI thread; the connection runs on the network thread.
class ServerProbe : public QObject
{
    Q_OBJECT

public:
    ServerProbe(SessionFactory sessions, QThread *networkThread, QObject *parent = nullptr);
    ~ServerProbe() override;

public slots:
    void run(const confab::ServerAddress &address, confab::ServerKind kind, const QString &apiKey);
    void cancel();

signals:
    void finished(const confab::ProbeReport &report);

private:
    class Private;
    std::unique_ptr<Private> d;
};

}
