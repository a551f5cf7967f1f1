#include "chatclient.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace confab;

namespace {

const QString kTopic = QStringLiteral("slf");

/// Publishes as fast as answers come, with a window, and remembers what was acknowledged.
class Flooder : public QObject
{
public:
    static constexpr int kWindow = 32;

    Flooder(const QUrl &channels, QByteArray token, QString name)
        : m_token(std::move(token))
        , m_name(std::move(name))
    {
        connect(&m_socket, &QWebSocket::connected, this, [this] {
            send(wire::Hi{.id = QStringLiteral("hi"),
                .ver = QStringLiteral("0.25"),
                .ua = {},
                .lang = {},
                .platf = {},
                .dev = {}});
            wire::Login login;
            login.id = QStringLiteral("login");
            login.scheme = QStringLiteral("token");
            login.secret = m_token;
            send(login);
            send(wire::Sub{.id = QStringLiteral("sub"), .topic = kTopic, .set = {}, .get = {}});
        });
        connect(&m_socket, &QWebSocket::textMessageReceived, this,
            [this](const QString &text) { receive(text.toUtf8()); });
        QUrl url = channels;
        url.setQuery(QStringLiteral("apikey=AQEAAAABAAD_rAp4DJh05a1HAwFT3A6K"));
        m_socket.open(url);
    }

    /// These are sent first, under the same client ids: what the last server may have stored.
    void resend(const QStringList &texts) { m_next = texts; }
    QStringList unanswered() const { return m_waiting.keys() + m_next; }

    QHash<QString, wire::Seq> acknowledged; ///< text: number

private:
    void send(const wire::ClientMessage &message)
    {
        m_socket.sendTextMessage(QString::fromUtf8(wire::encode(message)));
    }

    void receive(const QByteArray &utf8)
    {
        const auto message = wire::decodeServerMessage(utf8);
        const auto *ctrl = message ? std::get_if<wire::Ctrl>(&*message) : nullptr;
        if (!ctrl)
            return;
        if (ctrl->code == 202 && m_waiting.remove(ctrl->id))
            acknowledged.insert(ctrl->id, ctrl->params->seq);
        m_attached = m_attached || ctrl->id == QLatin1String("sub");
        while (m_attached && m_waiting.size() < kWindow)
            publish();
    }

    void publish()
    {
        wire::Pub pub;
        pub.id = m_next.isEmpty() ? m_name + QString::number(++m_count) : m_next.takeFirst();
        pub.topic = kTopic;
        pub.noecho = true;
        pub.head.setCid(pub.id);
        pub.content = wire::JsonBlob::fromString(pub.id);
        m_waiting.insert(pub.id, true);
        send(pub);
    }

    QWebSocket m_socket;
    QByteArray m_token;
    QString m_name;
    QStringList m_next;
    QHash<QString, bool> m_waiting;
    bool m_attached = false;
    int m_count = 0;
};

/// One life of the server.
class Life
{
public:
    explicit Life(const QString &data)
    {
        m_process.start(QStringLiteral(CONFAB_BIN_DIR "/confabd"),
            {QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"), QStringLiteral("--data"),
                data});
        const bool started = QTest::qWaitFor([this] { return m_process.canReadLine(); }, 30'000);
        const QByteArray line = started ? m_process.readLine().trimmed() : QByteArray();
        channels = QUrl(QString::fromLatin1(line.mid(line.indexOf("ws://"))));
        channels.setPath(QStringLiteral("/v0/channels"));
    }
    ~Life() { kill(); }

    bool kill()
    {
        if (m_process.state() == QProcess::NotRunning)
            return true;
        ::kill(static_cast<pid_t>(m_process.processId()), SIGKILL);
        return m_process.waitForFinished();
    }

    QUrl channels;

private:
    QProcess m_process;
};

/// All messages of the topic by number.
QMap<wire::Seq, QString> stored(const QUrl &channels, const QByteArray &token)
{
    ChatClient client(channels);
    if (client.signIn(token) != 200)
        return {};
    client.send(wire::Sub{.id = QStringLiteral("sub"), .topic = kTopic, .set = {}, .get = {}});
    QMap<wire::Seq, QString> messages;
    for (int page = 0;; ++page) {
        client.frames.clear();
        wire::Get get;
        get.id = QStringLiteral("page");
        get.topic = kTopic;
        get.query.what = wire::What::Data;
        get.query.data.before = messages.isEmpty() ? 0 : messages.firstKey();
        get.query.data.limit = 100;
        client.send(get);
        if (!QTest::qWaitFor([&] { return client.codeFor(get.id) != 0; }, 30'000)
            || client.codeFor(get.id) != 208)
            return messages;
        for (const wire::Data &data : client.all<wire::Data>())
            messages.insert(data.seq, data.content.string());
    }
}

int rounds()
{
    return qEnvironmentVariableIsSet("CONFAB_SOAK") ? 50 : 5;
}

}

/// Killed at any moment, the server keeps what it acknowledged.
class ServerKillTest : public QObject
{
    Q_OBJECT

private slots:
    void acknowledgedMessagesOutliveKills();
};

void ServerKillTest::acknowledgedMessagesOutliveKills()
{
    QTemporaryDir folder;
    const QString data = folder.filePath(QStringLiteral("data"));
    QByteArray token;
    {
        Life life(data);
        ChatClient client(life.channels);
        client.signUp(QStringLiteral("alice"));
        token = client.token;
    }
    QHash<QString, wire::Seq> acknowledged;
    QStringList unanswered;
    QRandomGenerator random(20'250'101);
    for (int round = 0; round < rounds(); ++round) {
        {
            Life life(data);
            Flooder first(life.channels, token, QStringLiteral("a%1-").arg(round));
            Flooder second(life.channels, token, QStringLiteral("b%1-").arg(round));
            first.resend(unanswered);
            const qsizetype enough = random.bounded(1, 400);
            QTRY_VERIFY_WITH_TIMEOUT(
                first.acknowledged.size() + second.acknowledged.size() >= enough, 60'000);
            QVERIFY(life.kill());
            for (const Flooder *flooder : {&first, &second})
                acknowledged.insert(flooder->acknowledged);
            unanswered = first.unanswered() + second.unanswered();
        }
        Life life(data);
        const QMap<wire::Seq, QString> messages = stored(life.channels, token);
        QVERIFY(!messages.isEmpty());
        // None skipped, and none twice.
        QCOMPARE(messages.lastKey(), int(messages.size()));
        const QStringList texts = messages.values();
        QCOMPARE(QSet<QString>(texts.begin(), texts.end()).size(), texts.size());
        for (auto it = acknowledged.cbegin(); it != acknowledged.cend(); ++it)
            QCOMPARE(messages.value(it.value()), it.key());
    }
    qInfo() << "kills:" << rounds() << "acknowledged:" << acknowledged.size();
}

QTEST_GUILESS_MAIN(ServerKillTest)
#include "tst_serverkill.moc"
