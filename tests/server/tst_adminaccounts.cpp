#include "chatclient.h"
#include "runningserver.h"

#include "server/admin/administration.h"

#include <QTest>

#include <algorithm>

using namespace confab;
using server::Administration;

namespace {

constexpr auto kRefuse = Administration::IfMissing::Refuse;
constexpr auto kMake = Administration::IfMissing::Make;

/// Greets and tries to register with this credential; the answer.
wire::Ctrl registerWith(ChatClient &client, const QString &login, const QString &method,
    const QString &value)
{
    client.greet();
    wire::Acc account;
    account.id = QStringLiteral("acc");
    account.user = QStringLiteral("new");
    account.scheme = QStringLiteral("basic");
    account.secret = login.toUtf8() + ":a long password";
    account.login = true;
    wire::Credential credential;
    credential.meth = method;
    credential.val = value;
    account.cred = {credential};
    client.send(account);
    [&] { QTRY_VERIFY(client.codeFor(QStringLiteral("acc")) != 0); }();
    return client.ctrlFor(QStringLiteral("acc")).value_or(wire::Ctrl());
}

QStringList lines(Administration &administration)
{
    QStringList result;
    administration.eachUser([&](const server::AccountRow &row) {
        result.append(QStringList{row.login, row.name,
            row.isDisabled ? QStringLiteral("disabled") : QStringLiteral("active")}
                          .join(u' '));
        return true;
    });
    return result;
}

}

/// What the administrator does to accounts, with the server running on the same folder.
class TestAdminAccounts : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<RunningServer> m_server;
    std::unique_ptr<Administration> m_administration;

    void begin(server::Registration registration = server::Registration::Open)
    {
        server::ServerOptions options;
        options.registration = registration;
        m_server = std::make_unique<RunningServer>(options);
        auto administration = Administration::open(m_server->options().dataDir, kRefuse);
        QVERIFY2(administration.ok(), qPrintable(administration.ok() ? QString() : administration.error()));
        m_administration = std::move(administration).value();
    }

private slots:
    void cleanup()
    {
        m_administration.reset();
        m_server.reset();
    }

    void aNewUserCanSignInAtOnce()
    {
        begin();
        QCOMPARE(m_administration->addUser(QStringLiteral("Alice"), "secret", QStringLiteral("Alice A")),
            std::nullopt);
        ChatClient client(m_server->url());
        QCOMPARE(client.signIn(QStringLiteral("basic"), "alice:secret"), 200);
        QCOMPARE(lines(*m_administration), QStringList(QStringLiteral("alice Alice A active")));
    }

    void badUsersAreRefusedInASentence_data()
    {
        QTest::addColumn<QString>("login");
        QTest::addColumn<QByteArray>("password");
        QTest::newRow("login with a blank") << QStringLiteral("al ice") << QByteArray("secret");
        QTest::newRow("login of one letter") << QStringLiteral("a") << QByteArray("secret");
        QTest::newRow("login that is taken") << QStringLiteral("BOB") << QByteArray("secret");
        QTest::newRow("password of two letters") << QStringLiteral("alice") << QByteArray("no");
        QTest::newRow("password without end") << QStringLiteral("alice") << QByteArray(2000, 'x');
    }
    void badUsersAreRefusedInASentence()
    {
        QFETCH(QString, login);
        QFETCH(QByteArray, password);
        begin();
        QCOMPARE(m_administration->addUser(QStringLiteral("bob"), "secret", {}), std::nullopt);
        const auto error = m_administration->addUser(login, password, {});
        QVERIFY(error && error->endsWith(u'.'));
        QCOMPARE(lines(*m_administration).size(), 1);
    }

    void aDisabledUserIsSignedOutAndStaysOut()
    {
        begin();
        QCOMPARE(m_administration->addUser(QStringLiteral("bob"), "secret", {}), std::nullopt);
        ChatClient client(m_server->url());
        QCOMPARE(client.signIn(QStringLiteral("basic"), "bob:secret"), 200);
        const QByteArray token = client.ctrlFor(QStringLiteral("login"))->params->token;

        QCOMPARE(m_administration->setDisabled(QStringLiteral("bob"), true), std::nullopt);
        QTRY_COMPARE(client.socket.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(client.codeFor(QString()), 205);
        ChatClient again(m_server->url());
        QCOMPARE(again.signIn(QStringLiteral("basic"), "bob:secret"), 403);
        ChatClient withToken(m_server->url());
        QCOMPARE(withToken.signIn(QStringLiteral("token"), token), 401);

        QCOMPARE(m_administration->setDisabled(QStringLiteral("bob"), false), std::nullopt);
        ChatClient back(m_server->url());
        QCOMPARE(back.signIn(QStringLiteral("basic"), "bob:secret"), 200);
    }

    void aNewPasswordEndsWhatTheOldOneOpened()
    {
        begin();
        QCOMPARE(m_administration->addUser(QStringLiteral("bob"), "secret", {}), std::nullopt);
        ChatClient client(m_server->url());
        QCOMPARE(client.signIn(QStringLiteral("basic"), "bob:secret"), 200);
        const QByteArray token = client.ctrlFor(QStringLiteral("login"))->params->token;

        QCOMPARE(m_administration->setPassword(QStringLiteral("bob"), "another"), std::nullopt);
        QTRY_COMPARE(client.socket.state(), QAbstractSocket::UnconnectedState);
        ChatClient old(m_server->url());
        QCOMPARE(old.signIn(QStringLiteral("basic"), "bob:secret"), 401);
        ChatClient withToken(m_server->url());
        QCOMPARE(withToken.signIn(QStringLiteral("token"), token), 401);
        // A wrong password puts off the next try, so that one comes last.
        QVERIFY(m_administration->setPassword(QStringLiteral("nobody"), "another"));
    }

    void aRemovedUserIsSignedOutAndTakesItsGroupsAlong()
    {
        begin();
        for (const char *name : {"alice", "bob"})
            QCOMPARE(m_administration->addUser(QLatin1String(name), "secret", {}), std::nullopt);
        ChatClient bob(m_server->url());
        QCOMPARE(bob.signIn(QStringLiteral("basic"), "bob:secret"), 200);
        const QByteArray token = bob.ctrlFor(QStringLiteral("login"))->params->token;
        const QString bobId = bob.ctrlFor(QStringLiteral("login"))->params->user;
        ChatClient alice(m_server->url());
        QCOMPARE(alice.signIn(QStringLiteral("basic"), "alice:secret"), 200);
        alice.subscribe(QStringLiteral("me"));
        bob.send(wire::Sub{
            .id = QStringLiteral("new"), .topic = QStringLiteral("new1"), .set = {}, .get = {}});
        QTRY_COMPARE(bob.codeFor(QStringLiteral("new")), 200);
        const QString group = bob.ctrlFor(QStringLiteral("new"))->topic;
        alice.subscribe(group);
        alice.subscribe(bobId);
        alice.publish(bobId, QStringLiteral("kept"));

        QCOMPARE(m_administration->removeUser(QStringLiteral("bob")), std::nullopt);
        QTRY_COMPARE(bob.socket.state(), QAbstractSocket::UnconnectedState);
        QCOMPARE(bob.codeFor(QString()), 205);
        const auto isGone = [&](const wire::Pres &pres) {
            return pres.what == wire::PresKind::Gone && pres.src == group;
        };
        const auto told = [&] {
            const auto all = alice.all<wire::Pres>();
            return std::any_of(all.begin(), all.end(), isGone);
        };
        QTRY_VERIFY(told());
        QCOMPARE(lines(*m_administration), QStringList(QStringLiteral("alice alice active")));
        ChatClient again(m_server->url());
        QCOMPARE(again.signIn(QStringLiteral("token"), token), 401);
        QVERIFY(m_administration->removeUser(QStringLiteral("bob")));
        // The login is free again.
        QCOMPARE(m_administration->addUser(QStringLiteral("bob"), "other one", {}), std::nullopt);
    }

    void onThisMachineAnAccountNeedsNoInviteWhereThatIsAllowed()
    {
        server::ServerOptions options;
        options.registration = server::Registration::Invite;
        options.openOnThisMachine = true;
        m_server = std::make_unique<RunningServer>(options);
        ChatClient near(m_server->url());
        QCOMPARE(registerWith(near, QStringLiteral("alice"), {}, {}).code, 200);
    }

    void registrationByInvitationTakesACode_data()
    {
        QTest::addColumn<QString>("method");
        QTest::addColumn<QString>("pattern");
        QTest::newRow("from a program that knows") << QStringLiteral("invite") << QStringLiteral("%1");
        QTest::newRow("from an official client") << QStringLiteral("email")
                                                 << QStringLiteral("%1@invite.me");
    }
    void registrationByInvitationTakesACode()
    {
        QFETCH(QString, method);
        QFETCH(QString, pattern);
        begin(server::Registration::Invite);
        const auto invite = m_administration->makeInvite(2, 7);
        QVERIFY(invite.ok());
        ChatClient first(m_server->url());
        const auto code = [&](const QString &text) { return pattern.arg(text); };
        QCOMPARE(registerWith(first, QStringLiteral("alice"), method, code(invite->code)).code, 200);
        QCOMPARE(first.ctrlFor(QStringLiteral("hi"))->params->reqCred.bytes(),
            QByteArray("{\"auth\":[\"email\"]}"));
        // However it is typed.
        ChatClient second(m_server->url());
        const QString typed = invite->code.toUpper().remove(u'-').replace(u'0', u'O');
        QCOMPARE(registerWith(second, QStringLiteral("bob"), method, code(typed)).code, 200);
        ChatClient third(m_server->url());
        const wire::Ctrl refused
            = registerWith(third, QStringLiteral("carol"), method, code(invite->code));
        QCOMPARE(refused.code, 403);
        QCOMPARE(refused.params->what, QStringLiteral("invite"));
        QCOMPARE(lines(*m_administration).size(), 2);
    }

    void anUnknownCodeOrNoneLetsNobodyIn()
    {
        begin(server::Registration::Invite);
        ChatClient guessing(m_server->url());
        QCOMPARE(registerWith(guessing, QStringLiteral("alice"), QStringLiteral("invite"),
                     QStringLiteral("0000-0000-0000"))
                     .code,
            403);
        ChatClient other(m_server->url());
        QCOMPARE(
            registerWith(other, QStringLiteral("bob"), QStringLiteral("tel"), QStringLiteral("+1"))
                .code,
            403);
    }

    void aTakenLoginCostsNoInvite()
    {
        begin(server::Registration::Invite);
        QCOMPARE(m_administration->addUser(QStringLiteral("alice"), "secret", {}), std::nullopt);
        const auto invite = m_administration->makeInvite(1, 7);
        ChatClient taken(m_server->url());
        QCOMPARE(registerWith(taken, QStringLiteral("alice"), QStringLiteral("invite"), invite->code)
                     .code,
            409);
        ChatClient free(m_server->url());
        QCOMPARE(
            registerWith(free, QStringLiteral("bob"), QStringLiteral("invite"), invite->code).code,
            200);
    }

    void aFolderWithoutAServerIsNotTurnedIntoOneByALook()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("none"));
        QVERIFY(!Administration::open(path, kRefuse));
        QVERIFY(!QDir().exists(path));
        QVERIFY(Administration::open(path, kMake).ok());
        QVERIFY(Administration::open(path, kRefuse).ok());
    }
};

QTEST_GUILESS_MAIN(TestAdminAccounts)
#include "tst_adminaccounts.moc"
