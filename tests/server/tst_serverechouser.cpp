#include "chatclient.h"
#include "runningserver.h"

using namespace confab;

namespace {

server::ServerOptions withEcho()
{
    server::ServerOptions options;
    options.echoUser = true;
    return options;
}

/// Signs up and finds Echo among the first contacts.
void meetEcho(ChatClient &client, wire::TopicName &echo)
{
    client.signUp(QStringLiteral("alice"));
    wire::GetQuery chats;
    chats.what = wire::What::Sub;
    client.send(wire::Sub {.id = QStringLiteral("me"), .topic = QStringLiteral("me"), .set = {},
        .get = chats});
    QTRY_VERIFY(!client.all<wire::Meta>().isEmpty());
    const QList<wire::Subscription> contacts = client.all<wire::Meta>().constLast().sub.value();
    for (const wire::Subscription &chat : contacts) {
        if (wire::topicKind(chat.topic) == wire::TopicKind::Direct)
            echo = chat.topic;
    }
    QVERIFY2(!echo.isEmpty(), "a new account has no contact");
    client.subscribe(echo);
}

QStringList answers(const ChatClient &client, const wire::TopicName &echo)
{
    QStringList texts;
    for (const auto &data : client.all<wire::Data>()) {
        if (data.from == echo)
            texts.append(data.content.string());
    }
    return texts;
}

}

class TestServerEchoUser : public QObject
{
    Q_OBJECT

private slots:
    void answersEachMessageOnceInOrder()
    {
        RunningServer server(withEcho());
        ChatClient client(server.url());
        wire::TopicName echo;
        meetEcho(client, echo);
        QStringList sent;
        for (int i = 0; i < 20; ++i) {
            wire::Pub pub;
            pub.topic = echo;
            pub.noecho = true;
            sent.append(QStringLiteral("message %1").arg(i));
            pub.content = wire::JsonBlob::fromString(sent.last());
            client.send(pub);
        }
        QTRY_COMPARE(answers(client, echo), sent);
        // One more round trip shows that no further answer was on its way.
        client.publish(echo, QStringLiteral("last"));
        QTRY_COMPARE(answers(client, echo), sent + QStringList {QStringLiteral("last")});
    }

    void marksWhatItAnswersRead()
    {
        RunningServer server(withEcho());
        ChatClient client(server.url());
        wire::TopicName echo;
        meetEcho(client, echo);
        client.publish(echo, QStringLiteral("seen?"));
        QTRY_VERIFY(!client.all<wire::Info>().isEmpty());
        const wire::Info info = client.all<wire::Info>().first();
        QCOMPARE(info.what, wire::NoteKind::Read);
        QCOMPARE(info.from, echo);
        QCOMPARE(info.seq, 1);
    }

    void stillAnswersAfterARestart()
    {
        RunningServer server(withEcho());
        wire::TopicName echo;
        {
            ChatClient client(server.url());
            meetEcho(client, echo);
            client.publish(echo, QStringLiteral("before"));
            QTRY_COMPARE(answers(client, echo).size(), 1);
        }
        server.restart();
        ChatClient client(server.url());
        QCOMPARE(client.signIn(QStringLiteral("basic"), "alice:a long password"), 200);
        client.subscribe(echo);
        client.publish(echo, QStringLiteral("after"));
        QTRY_COMPARE(answers(client, echo), QStringList {QStringLiteral("after")});
    }

    void answersWhatCameWhileItWasAway()
    {
        RunningServer server;
        server.options().echoUser = true;
        server.restart();
        wire::TopicName echo;
        {
            ChatClient client(server.url());
            meetEcho(client, echo);
        }
        server.options().echoUser = false;
        server.restart();
        {
            ChatClient client(server.url());
            QCOMPARE(client.signIn(QStringLiteral("basic"), "alice:a long password"), 200);
            client.subscribe(echo);
            client.publish(echo, QStringLiteral("first"));
            client.publish(echo, QStringLiteral("second"));
        }
        server.options().echoUser = true;
        server.restart();
        ChatClient client(server.url());
        QCOMPARE(client.signIn(QStringLiteral("basic"), "alice:a long password"), 200);
        client.subscribe(echo);
        const auto page = [&client, &echo] {
            client.frames.clear();
            wire::GetQuery query;
            query.what = wire::What::Data;
            client.send(wire::Get {.id = QStringLiteral("page"), .topic = echo, .query = query});
            return QTest::qWaitFor([&] { return client.codeFor(QStringLiteral("page")) != 0; })
                && client.all<wire::Data>().size() == 4;
        };
        QVERIFY(QTest::qWaitFor(page));
        QCOMPARE(answers(client, echo),
            (QStringList {QStringLiteral("second"), QStringLiteral("first")})); // newest first
    }
};

QTEST_GUILESS_MAIN(TestServerEchoUser)
#include "tst_serverechouser.moc"
