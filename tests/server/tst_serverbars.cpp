#include "httpfileclient.h"
#include "runningserver.h"

#include "support/bars.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>

#include <csignal>
#include <sys/resource.h>

using namespace confab;
using namespace std::chrono_literals;
using confab::bars::tell;
using confab::bars::times;

namespace {

const QString kProgram = QStringLiteral(CONFAB_BIN_DIR "/confabd");
constexpr qint64 kMebi = 1024 * 1024;

/// Runs confabd where the disk is small, and does what a line on its standard input says: "free" makes
/// room, "again" kills the server and starts it anew, the end of input ends it. Exits with 77 where
/// this kind of small disk may not be made.
constexpr char kSmallDisk[] = R"sh(
kind=$1 program=$2 dir=$3
trap '' XFSZ
case $kind in
tmpfs) mount -t tmpfs -o size=6m tmpfs "$dir" 2>/dev/null || exit 77
       head -c 3000000 /dev/zero >"$dir/ballast" ;;
limit) ulimit -S -f 1500 ;;
esac
serve() { "$program" --data "$dir/data" --listen 127.0.0.1:0 --free-space 0 & server=$!; }
serve
while read -r word; do
    case $word:$kind in
    free:tmpfs) rm "$dir/ballast" ;;
    free:limit) ulimit -S -f unlimited; prlimit --pid $server --fsize=unlimited: ;;
    again:*) kill -9 $server; wait $server 2>/dev/null; serve ;;
    esac
    echo "Done: $word"
done
kill -9 $server
)sh";

/// confabd in a process of its own, perhaps on a small disk.
class ServerProcess
{
public:
    ~ServerProcess()
    {
        m_process.closeWriteChannel(); // ends the small disk
        if (!m_isOnSmallDisk)
            m_process.terminate();
        if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished())
            m_process.kill();
        m_process.waitForFinished();
    }

    /// False: not permitted here.
    bool startOnSmallDisk(const QString &kind)
    {
        QStringList arguments{QStringLiteral("--mount"), QStringLiteral("sh")};
        QString program = QStringLiteral("unshare");
        if (kind != QLatin1String("tmpfs")) {
            program = QStringLiteral("sh");
            arguments.clear();
        }
        m_isOnSmallDisk = true;
        m_process.start(program,
            arguments + QStringList{QStringLiteral("-c"), QLatin1String(kSmallDisk),
                QStringLiteral("small-disk"), kind, kProgram, m_folder.path()});
        return waitForAddress();
    }
    bool start(const QStringList &arguments)
    {
        m_process.start(kProgram,
            QStringList{QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"),
                QStringLiteral("--data"), m_folder.filePath(QStringLiteral("data"))}
                + arguments);
        return waitForAddress();
    }
    bool say(const QByteArray &word)
    {
        m_process.write(word + '\n');
        return word == "again" ? waitForAddress() : waitFor("Done: " + word);
    }
    QUrl url() const
    {
        QUrl url = m_url;
        url.setPath(QStringLiteral("/v0/channels"));
        return url;
    }
    quint16 port() const { return quint16(m_url.port()); }

    /// From now on peakMemory() starts at what it has. False: not permitted here.
    bool forgetPeak() const
    {
        QFile file(QStringLiteral("/proc/%1/clear_refs").arg(m_process.processId()));
        return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered) && file.write("5") == 1;
    }
    /// Most memory that it had since then, in bytes.
    qint64 peakMemory() const
    {
        QFile status(QStringLiteral("/proc/%1/status").arg(m_process.processId()));
        if (!status.open(QIODevice::ReadOnly))
            return 0;
        for (const QByteArray &line : status.readAll().split('\n')) {
            if (line.startsWith("VmHWM:"))
                return line.mid(6).trimmed().split(' ').first().toLongLong() * 1024;
        }
        return 0;
    }

private:
    bool waitForAddress()
    {
        if (!waitFor("Listening on "))
            return false;
        m_url = QUrl(QString::fromLatin1(m_line.mid(13)));
        return true;
    }
    bool waitFor(const QByteArray &beginning)
    {
        return QTest::qWaitFor(
            [&] {
                while (m_process.canReadLine()) {
                    m_line = m_process.readLine().trimmed();
                    if (m_line.startsWith(beginning))
                        return true;
                }
                return m_process.state() == QProcess::NotRunning;
            },
            30'000)
            && m_line.startsWith(beginning);
    }

    QTemporaryDir m_folder;
    QProcess m_process;
    QUrl m_url;
    QByteArray m_line;
    bool m_isOnSmallDisk = false;
};

/// The answer to one message.
wire::Ctrl publish(ChatClient &client, const QString &text)
{
    wire::Pub pub;
    pub.id = text.left(8);
    pub.topic = QStringLiteral("slf");
    pub.noecho = true;
    pub.head.setCid(pub.id);
    pub.content = wire::JsonBlob::fromString(text);
    client.frames.clear();
    client.send(pub);
    [&] { QTRY_VERIFY(client.codeFor(pub.id) != 0); }();
    return client.ctrlFor(pub.id).value_or(wire::Ctrl());
}

/// Sends an upload as fast as it is taken, and keeps the status.
class Uploader : public QObject
{
public:
    Uploader(quint16 port, const QByteArray &request)
        : m_request(request)
    {
        connect(&m_socket, &QTcpSocket::connected, this, &Uploader::feed);
        connect(&m_socket, &QTcpSocket::bytesWritten, this, &Uploader::feed);
        connect(&m_socket, &QTcpSocket::readyRead, this, [this] { m_answer += m_socket.readAll(); });
        m_socket.connectToHost(QStringLiteral("127.0.0.1"), port);
    }
    int status() const { return m_answer.startsWith("HTTP/1.1 ") ? m_answer.mid(9, 3).toInt() : 0; }
    bool isOver() const
    {
        return status() != 0 || m_socket.state() == QAbstractSocket::UnconnectedState;
    }

private:
    void feed()
    {
        constexpr qint64 kPiece = 64 * 1024;
        if (m_socket.bytesToWrite() < kPiece && m_sent < m_request.size())
            m_sent += m_socket.write(
                m_request.constData() + m_sent, std::min(kPiece, m_request.size() - m_sent));
    }

    QTcpSocket m_socket;
    QByteArray m_request;
    QByteArray m_answer;
    qint64 m_sent = 0;
};

}

/// The server's bars of reliability.md §6 about abuse and about a disk that is full.
class TestServerBars : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        rlimit files;
        getrlimit(RLIMIT_NOFILE, &files);
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }

    /// Half of them drip the head of a request, half frames before they have signed in.
    void b34DrippingClientsGoAndOthersDoNotNotice()
    {
        const int count = times(200, 2000);
        server::ServerOptions options;
        options.maxConnectionsPerAddress = 2 * count + 100;
        if (!bars::isFull()) {
            options.handshakeTimeout = 1s;
            options.loginTimeout = 1s;
        }
        RunningServer server(options);
        ChatClient alice(server.url());
        alice.signUp(QStringLiteral("alice"));
        std::vector<std::unique_ptr<RawClient>> drippers;
        for (int i = 0; i < count; ++i) {
            drippers.push_back(std::make_unique<RawClient>(server.port()));
            if (i % 2 == 1)
                drippers.back()->send(handshake(kChatTarget));
        }
        QTimer drip;
        connect(&drip, &QTimer::timeout, this, [&] {
            for (size_t i = 0; i < drippers.size(); ++i) {
                if (drippers[i]->isConnected())
                    drippers[i]->send(i % 2 == 1 ? QByteArray("\x81\xfe\x04", i == 1 ? 3 : 1) : "G");
            }
        });
        drip.start(200ms);
        QElapsedTimer sinceStart;
        sinceStart.start();
        const auto allGone = [&] {
            return std::all_of(drippers.begin(), drippers.end(),
                [](const auto &dripper) { return dripper->isClosed(); });
        };
        QList<qint64> signIns;
        while (!allGone() && signIns.size() < 1000) {
            QElapsedTimer since;
            since.start();
            ChatClient good(server.url());
            QCOMPARE(good.signIn(alice.token), 200);
            signIns.append(since.elapsed());
        }
        QTRY_VERIFY_WITH_TIMEOUT(allGone(), 20'000);
        tell("B34", QStringLiteral("%1 dripping sockets closed in %2 ms; %3 sign-ins meanwhile, p95 %4 ms")
                        .arg(count)
                        .arg(sinceStart.elapsed())
                        .arg(signIns.size())
                        .arg(bars::percentile(signIns, 95)));
        QVERIFY(!signIns.isEmpty());
        QCOMPARE(alice.socket.state(), QAbstractSocket::ConnectedState);
    }

    void b35UploadsTakeBoundedMemory()
    {
        const int count = times(16, 100);
        const qint64 size = times(2, 8) * kMebi;
        ServerProcess server;
        QVERIFY(server.start({QStringLiteral("--file-quota"), QStringLiteral("0"),
            QStringLiteral("--free-space"), QStringLiteral("0"), QStringLiteral("--max-file-size"),
            QString::number(size)}));
        ChatClient alice(server.url());
        alice.signUp(QStringLiteral("alice"));
        const auto form = [&](qint64 bytes) {
            return uploadRequest(signedBy(alice.token), filePart(QByteArray(bytes, 'x')));
        };
        // Once, so that what a first upload loads is there.
        QCOMPARE(ask(server.port(), form(1024)).status, 200);
        if (!server.forgetPeak())
            QSKIP("the memory of another process may not be looked at here");
        const qint64 before = server.peakMemory();
        const QByteArray request = form(size);
        std::vector<std::unique_ptr<Uploader>> uploads;
        for (int i = 0; i < count; ++i)
            uploads.push_back(std::make_unique<Uploader>(server.port(), request));
        QTRY_VERIFY_WITH_TIMEOUT(std::all_of(uploads.begin(), uploads.end(),
                                     [](const auto &one) { return one->isOver(); }),
            300'000);
        for (const auto &upload : uploads)
            QCOMPARE(upload->status(), 200);
        const qint64 grown = server.peakMemory() - before;
        tell("B35", QStringLiteral("%1 uploads of %2 MiB at once: %3 KiB more memory")
                        .arg(count)
                        .arg(size / kMebi)
                        .arg(grown / 1024));
        QVERIFY2(grown <= 16 * kMebi, qPrintable(QString::number(grown)));
        // What says that it is larger is not waited for.
        Uploader large(server.port(), form(4 * size));
        QTRY_COMPARE(large.status(), 413);
    }

    void nothingAcknowledgedIsLostOnAFullDisk_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("a small file system") << QStringLiteral("tmpfs");
        QTest::newRow("a limit of file sizes") << QStringLiteral("limit");
    }
    void nothingAcknowledgedIsLostOnAFullDisk()
    {
        QFETCH(QString, kind);
        ServerProcess server;
        if (!server.startOnSmallDisk(kind))
            QSKIP("a tmpfs may not be mounted here");
        ChatClient alice(server.url());
        alice.signUp(QStringLiteral("alice"));
        alice.subscribe(QStringLiteral("slf"));
        const QString padding(20'000, u'x');
        const auto text = [&](int i) { return QStringLiteral("%1 ").arg(i, 8, 10, QLatin1Char('0')) + padding; };
        QHash<wire::Seq, QString> acknowledged;
        wire::Ctrl answer;
        int sent = 0;
        while (sent < 1000 && (answer = publish(alice, text(++sent))).code == 202)
            acknowledged.insert(answer.params->seq, text(sent));
        // Not full at once, and then a code that clients come back after, with words.
        QVERIFY(acknowledged.size() > 10);
        QCOMPARE(answer.code, 503);
        QCOMPARE(answer.text, QStringLiteral("the server's disk is full or broken"));
        QCOMPARE(publish(alice, text(sent)).code, 503);
        QCOMPARE(alice.socket.state(), QAbstractSocket::ConnectedState);

        QVERIFY(server.say("free"));
        answer = publish(alice, text(sent));
        QCOMPARE(answer.code, 202);
        QCOMPARE(answer.params->seq, int(acknowledged.size()) + 1); // no number was spent in vain
        acknowledged.insert(answer.params->seq, text(sent));
        QVERIFY(server.say("again"));
        ChatClient reader(server.url());
        QCOMPARE(reader.signIn(alice.token), 200);
        reader.subscribe(QStringLiteral("slf"));
        wire::Get get;
        get.id = QStringLiteral("get");
        get.topic = QStringLiteral("slf");
        get.query.what = wire::What::Data;
        get.query.data.limit = 1000;
        for (int before = int(acknowledged.size()) + 1; before > 1;) {
            get.query.data.before = before;
            reader.frames.clear();
            reader.send(get);
            QTRY_VERIFY(reader.codeFor(get.id) != 0);
            const QList<wire::Data> page = reader.all<wire::Data>();
            QVERIFY(!page.isEmpty());
            for (const wire::Data &data : page) {
                QCOMPARE(data.content, wire::JsonBlob::fromString(acknowledged.take(data.seq)));
                before = std::min(before, data.seq);
            }
        }
        QVERIFY(acknowledged.isEmpty());
        tell("full disk", QStringLiteral("%1: %2 messages before it was full, all there afterwards")
                              .arg(kind)
                              .arg(sent - 1));
    }
};

QTEST_GUILESS_MAIN(TestServerBars)
#include "tst_serverbars.moc"
