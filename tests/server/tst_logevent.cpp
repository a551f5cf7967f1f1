#include "httpfileclient.h"
#include "runningserver.h"
#include "server/logevent.h"

#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace confab;
using server::LogEvent;

namespace {

QStringList s_lines;

void keep(QtMsgType, const QMessageLogContext &context, const QString &message)
{
    if (QByteArrayView(context.category) == LogEvent::category())
        s_lines.append(message);
}

/// name, then facts of which each is a plain word or in quotes, and nothing else.
bool isOneEvent(const QString &line)
{
    static const QRegularExpression kEvent(QStringLiteral(
        R"re(^event=[a-z-]+( [a-z]+=([\w.:/@%+\-\[\]]+|"([^"\\[:cntrl:]]|\\["\\]|\\u[0-9a-f]{4})*"))*$)re"));
    return kEvent.match(line).hasMatch();
}

}

/// What the server says of itself while strangers do their worst (reliability.md T36).
class TestLogEvent : public QObject
{
    Q_OBJECT

private:
    static bool logged(const QString &beginning)
    {
        return std::any_of(s_lines.begin(), s_lines.end(),
            [&](const QString &line) { return line.startsWith(beginning); });
    }

private slots:
    void init()
    {
        s_lines.clear();
        qInstallMessageHandler(&keep);
    }
    void cleanup() { qInstallMessageHandler(nullptr); }

    void t36ValuesCannotBecomeFacts_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("written");
        const auto row = [](const char *name, const QString &value, const QString &written) {
            QTest::newRow(name) << value << written;
        };
        row("plain", QStringLiteral("192.0.2.1:6060"), QStringLiteral("192.0.2.1:6060"));
        row("empty", QString(), QStringLiteral("\"\""));
        row("blank", QStringLiteral("a user=root"), QStringLiteral("\"a user=root\""));
        row("quote", QStringLiteral("a\" user=root"), QStringLiteral("\"a\\\" user=root\""));
        row("backslash", QStringLiteral("a\\"), QStringLiteral("\"a\\\\\""));
        row("line", QStringLiteral("a\nevent=forged"), QStringLiteral("\"a\\u000aevent=forged\""));
        row("terminal", QStringLiteral("\x1b[2J"), QStringLiteral("\"\\u001b[2J\""));
        row("other line", QString(QChar(0x2028)), QStringLiteral("\"\\u2028\""));
        row("direction", QString(QChar(0x202e)), QStringLiteral("\"\\u202e\""));
        row("one more control", QString(QChar(0x85)), QStringLiteral("\"\\u0085\""));
        row("letters", QStringLiteral("Grüße"), QStringLiteral("\"Grüße\""));
    }
    void t36ValuesCannotBecomeFacts()
    {
        QFETCH(QString, value);
        QFETCH(QString, written);
        QCOMPARE(LogEvent::quoted(value), written);
        LogEvent::info("test").with("value", value).with("count", 3);
        QCOMPARE(s_lines.value(0), QStringLiteral("event=test value=%1 count=3").arg(written));
        QVERIFY(isOneEvent(s_lines.value(0)));
    }

    void t36NothingThatAClientSendsForgesALineOrIsLeaked()
    {
        server::ServerOptions options;
        options.hostNames = {QStringLiteral("localhost")};
        RunningServer server(options);
        const QString evil = QStringLiteral("x\"\r\nevent=forged user=usrRoot \x1b[31m");
        ChatClient client(server.url());
        QTRY_COMPARE(client.socket.state(), QAbstractSocket::ConnectedState);
        client.send(wire::Hi{.id = QStringLiteral("hi"),
            .ver = QStringLiteral("0.25"),
            .ua = evil,
            .lang = evil,
            .platf = evil,
            .dev = evil});
        client.send(wire::Login{QStringLiteral("in"), QStringLiteral("basic"),
            (evil + QStringLiteral(":hunter2")).toUtf8(), {}});
        QTRY_COMPARE(client.codeFor(QStringLiteral("in")), 401);
        client.socket.sendTextMessage(
            QStringLiteral("{\"pub\":{\"id\":\"m\",\"event=forged\":1,\"topic\":7}}"));
        QTRY_VERIFY(logged(QStringLiteral("event=malformed-packet")));

        ChatClient alice(server.url());
        alice.signUp(QStringLiteral("alice"));
        alice.subscribe(QStringLiteral("slf"));
        alice.publish(QStringLiteral("slf"), QStringLiteral("my darkest thought"));
        const HttpAnswer kept = ask(server.port(),
            uploadRequest(signedBy(alice.token), filePart("secret content", "secret name.txt")));
        QCOMPARE(kept.status, 200);
        ask(server.port(), "GET /" + evil.toUtf8() + " HTTP/1.1\r\n" + evil.toUtf8() + "\r\n\r\n");
        ChatClient token(server.url());
        token.greet(evil);
        token.send(wire::Login{QStringLiteral("in"), QStringLiteral("token"), alice.token, {}});
        QTRY_COMPARE(token.codeFor(QStringLiteral("in")), 200);

        for (const char *event : {"listening", "sign-in-refused address=127.0.0.1 scheme=basic",
                 "account-created user=usr", "refused-request", "signed-in user=usr"})
            QVERIFY2(logged(QLatin1String("event=") + QLatin1String(event)),
                qPrintable(QLatin1String(event) + u'\n' + s_lines.join(u'\n')));
        const QString all = s_lines.join(u'\n');
        for (const QString &line : std::as_const(s_lines))
            QVERIFY2(isOneEvent(line), qPrintable(line));
        QVERIFY(!logged(QStringLiteral("event=forged")));
        const QString upload = kept.url().section(u'/', -1).section(u'.', 0, 0);
        for (const QString &secret : {QStringLiteral("hunter2"), QStringLiteral("a long password"),
                 QStringLiteral("darkest"), QStringLiteral("secret"), upload,
                 QString::fromLatin1(alice.token.toBase64())})
            QVERIFY2(!all.contains(secret), qPrintable(secret));
    }
};

QTEST_GUILESS_MAIN(TestLogEvent)
#include "tst_logevent.moc"
