// A burst of messages from a socket into a shown conversation: for how long each turn of the event
// loop keeps keys and painting waiting, and when all of it is on disk. bench_burst [MESSAGES].
// Prints figures; asserts none. Turns are measured in time of the GUI thread, for what else runs on
// a machine shall not count.
#include "corpus.h"
#include "figures.h"
#include "models/messagelistmodel.h"
#include "models/topiclistmodel.h"
#include "service/chatservice.h"
#include "socket/sessionfactory.h"
#include "store/archive/archive.h"
#include "store/archive/messagecache.h"
#include "widgets/conversation/messageview.h"
#include "wire/clientcodec.h"
#include "wire/servercodec.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QThread>
#include <QWebSocket>
#include <QWebSocketServer>

#include <cstdio>
#include <ctime>
#include <numeric>

using namespace confab;

namespace {

const auto kSelf = QStringLiteral("usrSelfSelf001");
const auto kChat = QStringLiteral("grpBurst000001");

double threadMs()
{
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// Lets everybody in, and sends all it has once its chat is subscribed to.
class BurstServer : public QObject
{
public:
    explicit BurstServer(int count)
        : m_server(QStringLiteral("burst"), QWebSocketServer::NonSecureMode, this)
    {
        Corpus corpus(7);
        for (int seq = 1; seq <= count; ++seq) {
            int topic = 0;
            const Message message = corpus.next(topic);
            wire::Data data;
            data.topic = kChat;
            data.seq = seq;
            data.from = message.from;
            data.ts = message.ts;
            data.content = message.content;
            m_frames.append(QString::fromUtf8(wire::encode(wire::ServerMessage(data))));
        }
        m_server.listen(QHostAddress::LocalHost);
        connect(&m_server, &QWebSocketServer::newConnection, this, [this] {
            m_peer = m_server.nextPendingConnection();
            connect(m_peer, &QWebSocket::binaryMessageReceived, this, &BurstServer::take);
            connect(m_peer, &QWebSocket::textMessageReceived, this,
                [this](const QString &text) { take(text.toUtf8()); });
        });
    }

    QUrl url() const
    {
        return QUrl(QStringLiteral("ws://127.0.0.1:%1/v0/channels").arg(m_server.serverPort()));
    }

private:
    void say(const wire::ServerMessage &message)
    {
        m_peer->sendTextMessage(QString::fromUtf8(wire::encode(message)));
    }
    void reply(
        const QString &id, int code, const QString &topic = {}, const wire::CtrlParams &params = {})
    {
        wire::Ctrl ctrl;
        ctrl.id = id;
        ctrl.code = code;
        ctrl.topic = topic;
        ctrl.ts = QDateTime::currentDateTimeUtc();
        ctrl.params = params;
        say(ctrl);
    }
    void take(const QByteArray &bytes)
    {
        const auto message = wire::decodeClientMessage(bytes);
        if (!message)
            return;
        if (const auto *hi = std::get_if<wire::Hi>(&*message)) {
            wire::CtrlParams params;
            params.ver = QStringLiteral("0.25");
            reply(hi->id, 201, {}, params);
        } else if (const auto *login = std::get_if<wire::Login>(&*message)) {
            wire::CtrlParams params;
            params.user = kSelf;
            params.token = QByteArrayLiteral("token");
            reply(login->id, 200, {}, params);
        } else if (const auto *sub = std::get_if<wire::Sub>(&*message)) {
            subscribe(*sub);
        }
    }
    void subscribe(const wire::Sub &sub)
    {
        reply(sub.id, 200, sub.topic);
        const auto end = [&](const char *what) {
            wire::CtrlParams params;
            params.what = QLatin1String(what);
            reply(sub.id, 204, sub.topic, params);
        };
        wire::Meta meta;
        meta.id = sub.id;
        meta.topic = sub.topic;
        meta.desc.emplace();
        if (sub.topic == QLatin1String("me")) {
            wire::Subscription chat;
            chat.topic = kChat;
            chat.touched = QDateTime::currentDateTimeUtc();
            meta.sub = {chat};
        }
        say(meta);
        for (const char *what : {"sub", "data", "del", "tags", "creds"})
            end(what);
        if (sub.topic == kChat) {
            for (const QString &frame : std::as_const(m_frames))
                m_peer->sendTextMessage(frame);
        }
    }

    QWebSocketServer m_server;
    QWebSocket *m_peer = nullptr;
    QStringList m_frames;
};

/// Seconds that the archive alone needs.
struct Imported {
    double saved = 0;
    double found = 0; ///< until all words are in the search index, too
};

/// Of the same rows, in the batches of an import.
Imported importSame(int count)
{
    constexpr int kBatch = 20'000;
    const QTemporaryDir folder;
    MessageCache cache(folder.path());
    Corpus corpus(7);
    QList<QList<Message>> batches;
    for (int seq = 1; seq <= count; ++seq) {
        int topic = 0;
        Message message = corpus.next(topic);
        message.seq = seq;
        if ((seq - 1) % kBatch == 0)
            batches.emplaceBack();
        batches.last().append(message);
    }
    if (!cache.open())
        return {};
    QElapsedTimer watch;
    watch.start();
    for (const QList<Message> &batch : std::as_const(batches))
        cache.saveMessages(kChat, batch);
    Imported imported;
    imported.saved = double(watch.nsecsElapsed()) / 1e9;
    while (!cache.isIndexed() && cache.indexSome([] { return false; })) { }
    imported.found = double(watch.nsecsElapsed()) / 1e9;
    return imported;
}

/// Seconds of the CPU that a thread has taken so far.
double cpuOf(QThread &thread)
{
    QObject inside;
    inside.moveToThread(&thread);
    double seconds = 0;
    QMetaObject::invokeMethod(
        &inside,
        [&] {
            seconds = threadMs() / 1e3;
            inside.moveToThread(nullptr);
        },
        Qt::BlockingQueuedConnection);
    return seconds;
}

void measure(int count)
{
    const Imported import = importSame(count);
    BurstServer *server = new BurstServer(count);
    const QUrl url = server->url();
    QThread serverThread;
    QThread network;
    QThread database;
    server->moveToThread(&serverThread);
    for (QThread *thread : {&serverThread, &network, &database})
        thread->start();
    const QTemporaryDir folder;
    {
        TopicList topics;
        Archive archive(folder.path(), &database);
        AccountConfig config;
        config.url = url;
        ChatService::Parts parts;
        parts.sessions = socketSessionFactory();
        parts.networkThread = &network;
        parts.topics = &topics;
        parts.archive = &archive;
        ChatService service(config, std::move(parts));
        TopicListModel chats(topics);
        MessageListModel messages(topics);
        Theme theme;
        MessageView view(theme);
        view.resize(980, 700);
        view.show();
        QObject::connect(&topics, &TopicList::added, &view, [&](Topic *topic) {
            if (topic->name() != kChat)
                return;
            messages.setTopic(topic);
            view.setModel(&messages);
            service.openTopic(kChat);
        });
        QObject::connect(&view, &MessageView::newerRequested, &service,
            [&service](Seq seq) { service.loadNewer(kChat, seq); });
        service.start(QByteArrayLiteral("token"));
        std::vector<double> turns;
        QElapsedTimer watch;
        const auto received = [&] {
            const Topic *topic = topics.find(kChat);
            return topic ? topic->timeline().lastSeq() : 0;
        };
        while (received() < count) {
            if (!watch.isValid() && received() > 0)
                watch.start();
            const double before = threadMs();
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
            if (watch.isValid())
                turns.push_back(threadMs() - before);
        }
        const double shown = double(watch.nsecsElapsed()) / 1e9;
        bool durable = false;
        archive.afterWrites([&durable] { durable = true; });
        while (!durable)
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        const double onDisk = double(watch.nsecsElapsed()) / 1e9;
        const auto late
            = std::count_if(turns.begin(), turns.end(), [](double turn) { return turn > 8; });
        std::printf(
            "%d messages: shown after %.2f s, on disk after %.2f s; import of the same %.2f s, "
            "ratio %.2f; with search index %.2f s, ratio %.2f (at most 1.3)\n",
            count, shown, onDisk, import.saved, onDisk / import.saved, import.found,
            onDisk / import.found);
        std::printf(
            "CPU: sender %.2f s, network thread %.2f s, window %.2f s, database thread %.2f s\n",
            cpuOf(serverThread), cpuOf(network),
            std::accumulate(turns.begin(), turns.end(), 0.0) / 1e3, cpuOf(database));
        for (size_t turn = 0; turn < turns.size(); ++turn) {
            if (turns[turn] > 8)
                std::printf("turn %zu took %.2f ms\n", turn, turns[turn]);
        }
        std::printf("%zu turns: median %.2f ms, p99 %.2f ms, longest %.2f ms (at most 8), longer "
                    "than 8 ms: %d\n",
            turns.size(), quantile(turns, 0.5), quantile(turns, 0.99), quantile(turns, 1.0),
            int(late));
        view.setModel(nullptr);
    }
    server->deleteLater();
    for (QThread *thread : {&serverThread, &network, &database}) {
        thread->quit();
        thread->wait();
    }
}

}

int main(int argc, char *argv[])
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    measure(argc > 1 ? QByteArray(argv[1]).toInt() : 100'000);
    return 0;
}
