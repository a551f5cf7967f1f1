#pragma once

#include "service/accountconfig.h"
#include "service/codecs.h"
#include "service/serviceerror.h"
#include "socket/sessionfactory.h"

#include <QElapsedTimer>
#include <QObject>
#include <QThread>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace confab {

/// What "Test" beside an address found out. Steps that were not reached are not told.
struct ProbeReport {
    ServerAddress address;
    bool reachable = false;
    std::chrono::milliseconds latency{0}; ///< of `hi`; for a plain server, of opening
    PeerInfo peer;
    QString protocolVersion;
    QString serverBuild;
    bool defaultApiKey = false;
    std::optional<ServiceError> error; ///< of the step that failed
};

/// Opens a connection, says hi, and closes it again. One run at a time; a new one ends the old without
/// a report. GUI thread; the connection runs on the network thread, or on this one if there is none.
class ServerProbe : public QObject
{
    Q_OBJECT

public:
    explicit ServerProbe(
        SessionFactory sessions, QThread *networkThread = nullptr, QObject *parent = nullptr);
    ~ServerProbe() override;

public slots:
    void run(const confab::ServerAddress &address, confab::ServerKind kind, const QString &apiKey);
    void cancel();

signals:
    void finished(const confab::ProbeReport &report);

private:
    void startTinode(const ChannelOptions &options);
    void startPlain(const ChannelOptions &options);
    void watch(ChannelBase *channel);
    void opened(const PeerInfo &peer);
    void take(const wire::ServerMessage &message);
    void fail(const ServiceError &error);
    void finish();

    SessionFactory m_sessions;
    QThread *m_networkThread;
    ChannelBase *m_channel = nullptr; ///< owned; lives on the network thread
    TinodeChannel *m_tinode = nullptr; ///< m_channel, when it is one
    ProbeReport m_report;
    QElapsedTimer m_clock;
    QTimer m_answer; ///< for `hi`
};

}
