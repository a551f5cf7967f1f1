#include "service/serverprobe.h"

#include "service/apikey.h"
#include "service/handshake.h"

namespace confab {

namespace {

constexpr std::chrono::seconds kAnswerDeadline{10};

}

ServerProbe::ServerProbe(SessionFactory sessions, QThread *networkThread, QObject *parent)
    : QObject(parent)
    , m_sessions(std::move(sessions))
    , m_networkThread(networkThread)
{
    m_answer.setSingleShot(true);
    connect(&m_answer, &QTimer::timeout, this, [this] {
        // Connected, but nothing says hi back.
        fail(ServiceErrors::make(ErrorKind::NotTinode, m_report.address.host));
    });
}

ServerProbe::~ServerProbe()
{
    cancel();
}

void ServerProbe::run(const ServerAddress &address, ServerKind kind, const QString &apiKey)
{
    cancel();
    m_report = {};
    m_report.address = address;
    m_report.defaultApiKey = kind != ServerKind::Plain && apiKey.isEmpty();
    m_clock.start();

    ChannelOptions options;
    if (kind == ServerKind::Plain) {
        options.url = address.channels;
        startPlain(options);
    } else {
        options.url = withApiKey(address.channels, apiKey);
        startTinode(options);
    }
}

void ServerProbe::startTinode(const ChannelOptions &options)
{
    m_tinode = new TinodeChannel(m_sessions, options, tinodeCodec());
    watch(m_tinode);
    connect(m_tinode, &ChannelBase::batchReady, this, [this] {
        const TinodeChannel::Batch batch = m_tinode->takeBatch();
        for (const wire::ServerMessage &message : batch) {
            if (m_tinode)
                take(message);
        }
    });
    connect(m_tinode, &ChannelBase::frameRejected, this,
        [this] { fail(ServiceErrors::make(ErrorKind::NotTinode, m_report.address.host)); });
    m_tinode->open();
}

void ServerProbe::startPlain(const ChannelOptions &options)
{
    auto *plain = new PlainChannel(m_sessions, options, plainCodec(false));
    watch(plain);
    plain->open();
}

void ServerProbe::watch(ChannelBase *channel)
{
    m_channel = channel;
    if (m_networkThread)
        channel->moveToThread(m_networkThread);
    connect(channel, &ChannelBase::opened, this, &ServerProbe::opened);
    connect(channel, &ChannelBase::ended, this, [this](const CloseInfo &info) {
        fail(ServiceErrors::fromClose(info, m_report.address.host));
    });
}

void ServerProbe::opened(const PeerInfo &peer)
{
    m_report.reachable = true;
    m_report.peer = peer;
    if (!m_tinode) {
        m_report.latency = std::chrono::milliseconds(m_clock.elapsed());
        finish();
        return;
    }
    m_clock.restart();
    m_answer.start(kAnswerDeadline);
    wire::Hi hi;
    hi.id = QStringLiteral("1");
    hi.ver = QLatin1String(Handshake::kVersion);
    hi.ua = QStringLiteral("Confab/" CONFAB_VERSION);
    m_tinode->send(hi);
}

void ServerProbe::take(const wire::ServerMessage &message)
{
    const auto *ctrl = std::get_if<wire::Ctrl>(&message);
    if (!ctrl)
        return;
    m_report.latency = std::chrono::milliseconds(m_clock.elapsed());
    if (ctrl->code >= 300) {
        fail(ServiceErrors::fromCtrl(*ctrl, m_report.address.host));
        return;
    }
    if (ctrl->params) {
        m_report.protocolVersion = ctrl->params->ver;
        m_report.serverBuild = ctrl->params->build;
    }
    finish();
}

void ServerProbe::fail(const ServiceError &error)
{
    m_report.error = error;
    finish();
}

void ServerProbe::finish()
{
    const ProbeReport report = m_report;
    cancel();
    emit finished(report);
}

void ServerProbe::cancel()
{
    m_answer.stop();
    m_tinode = nullptr;
    if (ChannelBase *channel = std::exchange(m_channel, nullptr)) {
        channel->disconnect(this);
        channel->close(1000, {});
        // After close(): both are queued to the channel's thread, in this order.
        channel->deleteLater();
    }
}

}
