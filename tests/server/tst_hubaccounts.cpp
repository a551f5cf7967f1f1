#include "hubfixture.h"
#include "server/hub/loginthrottle.h"
#include "server/hub/tokens.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <sodium.h>

using namespace confab;
using namespace confab::server;
using namespace std::chrono_literals;

class HubAccountsTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_hub = std::make_unique<HubFixture>(); }
    void cleanup() { m_hub.reset(); }

    void nothingWorksBeforeHi();
    void hiChecksTheVersion_data();
    void hiChecksTheVersion();
    void nothingButSignInWorksAfterHi();
    void loginNamesAreLowerCasedAndUnique();
    void badSecretsAreRefused_data();
    void badSecretsAreRefused();
    void t23UnknownUserAndWrongPasswordLookTheSame();
    void tokenSignsInOnAnotherConnection();
    void t31ChangingThePasswordEndsOldTokens();
    void nobodyTakesALoginTag();
    void closedRegistrationRefuses();
    void t22GuessingIsSlowedDown();
    void t30PasswordsAreKeptAsArgon2id();
    void t30OldHashesAreRenewedAtSignIn();
    void t30ARenewedHashLosesAgainstANewPassword();
    void t31AlteredTokensAreRefused();
    void t31ExpiredTokensAreRefused();
    void deletedAccountIsGone();
    void everyNewAccountHasTheServiceUser();
    void answersKeepTheOrderOfRequests();

private:
    void write(const WriteOperation &operation)
    {
        bool done = false;
        m_hub->database->write(
            operation, m_hub->hub.get(), [&](const WriteOutcome &) { done = true; });
        QVERIFY(waitUntil([&] { return done; }));
    }
    QByteArray storedHash() const
    {
        return m_hub->database->reader().login(QStringLiteral("alice"))->hash;
    }

    std::unique_ptr<HubFixture> m_hub;
};

namespace {

wire::ClientMessage login(const QString &secret)
{
    wire::Login packet;
    packet.id = QStringLiteral("l");
    packet.scheme = QStringLiteral("basic");
    packet.secret = secret.toUtf8();
    return packet;
}

/// As a server might have kept it whose passwords were to cost less.
QByteArray weakHash(const QByteArray &password)
{
    QByteArray hash(crypto_pwhash_STRBYTES, '\0');
    const int failed = crypto_pwhash_str(hash.data(), password.constData(),
        quint64(password.size()), crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN);
    return failed ? QByteArray() : QByteArray(hash.constData());
}

wire::Acc account(const QString &secret)
{
    wire::Acc packet;
    packet.id = QStringLiteral("a");
    packet.user = QStringLiteral("new");
    packet.scheme = QStringLiteral("basic");
    packet.secret = secret.toUtf8();
    packet.login = true;
    return packet;
}

} // namespace

void HubAccountsTest::nothingWorksBeforeHi()
{
    FakeLink link(*m_hub->hub);
    const wire::Ctrl ctrl = link.ask(login(QStringLiteral("a:b")));
    QCOMPARE(ctrl.code, 409);
    QCOMPARE(ctrl.text, QStringLiteral("command out of sequence"));
}

void HubAccountsTest::hiChecksTheVersion_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<int>("code");
    QTest::newRow("current") << QStringLiteral("0.25") << 201;
    QTest::newRow("patch level does not matter") << QStringLiteral("0.25.3-rc1") << 201;
    QTest::newRow("oldest") << QStringLiteral("0.20") << 201;
    QTest::newRow("too old") << QStringLiteral("0.19") << 505;
    QTest::newRow("no number") << QStringLiteral("abc") << 400;
    QTest::newRow("empty") << QString() << 400;
}

void HubAccountsTest::hiChecksTheVersion()
{
    QFETCH(QString, version);
    FakeLink link(*m_hub->hub);
    wire::Hi hi;
    hi.id = QStringLiteral("1");
    hi.ver = version;
    const wire::Ctrl ctrl = link.ask(hi);
    QTEST(ctrl.code, "code");
    if (ctrl.code == 201) {
        QCOMPARE(ctrl.params->ver, QStringLiteral("0.25"));
        QVERIFY(!ctrl.params->epoch.isEmpty());
        QVERIFY(ctrl.params->maxMessageSize > 0);
    }
}

void HubAccountsTest::nothingButSignInWorksAfterHi()
{
    Person nobody(*m_hub->hub, QStringLiteral("x"));
    for (const char *json :
        {R"({"sub":{"id":"1","topic":"me"}})", R"({"leave":{"id":"1","topic":"me"}})",
            R"({"pub":{"id":"1","topic":"grpAAAAAAAAAAA","content":"x"}})",
            R"({"get":{"id":"1","topic":"me","what":"desc"}})",
            R"({"set":{"id":"1","topic":"me","desc":{"public":{"fn":"x"}}}})",
            R"({"del":{"id":"1","what":"user"}})"}) {
        nobody.forget();
        QCOMPARE(nobody.ask(packet(QLatin1String(json))).code, 401);
    }
}

void HubAccountsTest::loginNamesAreLowerCasedAndUnique()
{
    Person first(*m_hub->hub, QStringLiteral("Alice"));
    QCOMPARE(first.create(QStringLiteral("Alice")).code, 200);
    QVERIFY(first.signedIn);
    Person second(*m_hub->hub, QStringLiteral("aLICE"));
    const wire::Ctrl ctrl = second.create(QStringLiteral("Other"));
    QCOMPARE(ctrl.code, 409);
    QCOMPARE(ctrl.params->what, QStringLiteral("auth"));
    Person third(*m_hub->hub, QStringLiteral("x"));
    QCOMPARE(third.ask(login(QStringLiteral("ALICE:secret"))).code, 200);
}

void HubAccountsTest::badSecretsAreRefused_data()
{
    QTest::addColumn<QString>("secret");
    QTest::addColumn<int>("code");
    QTest::newRow("no colon") << QStringLiteral("alice") << 400;
    QTest::newRow("login too short") << QStringLiteral("a:secret") << 422;
    QTest::newRow("login too long") << QString(33, u'a') + QStringLiteral(":secret") << 422;
    QTest::newRow("login with a blank") << QStringLiteral("al ice:secret") << 422;
    QTest::newRow("password too short") << QStringLiteral("alice:x") << 422;
}

void HubAccountsTest::badSecretsAreRefused()
{
    QFETCH(QString, secret);
    Person nobody(*m_hub->hub, QStringLiteral("x"));
    const wire::Ctrl ctrl = nobody.ask(account(secret));
    QTEST(ctrl.code, "code");
    QCOMPARE(ctrl.params->what, QStringLiteral("auth"));
}

void HubAccountsTest::t23UnknownUserAndWrongPasswordLookTheSame()
{
    const auto alice = m_hub->person(QStringLiteral("alice"));
    Person nobody(*m_hub->hub, QStringLiteral("x"));
    const wire::Ctrl wrong = nobody.ask(login(QStringLiteral("alice:wrong")));
    nobody.forget();
    const wire::Ctrl unknown = nobody.ask(login(QStringLiteral("nobody:wrong")));
    QCOMPARE(wrong.code, 401);
    QCOMPARE(unknown.code, wrong.code);
    QCOMPARE(unknown.text, wrong.text);
    QVERIFY(unknown.params == wrong.params);
}

void HubAccountsTest::tokenSignsInOnAnotherConnection()
{
    const auto alice = m_hub->person(QStringLiteral("alice"));
    Person again(*m_hub->hub, QString());
    QCOMPARE(again.signIn(alice->token).code, 200);
    QCOMPARE(again.id, alice->id);
    QCOMPARE(m_hub->hub->userOfToken(again.token), std::optional(alice->id));
}

void HubAccountsTest::t31ChangingThePasswordEndsOldTokens()
{
    const auto alice = m_hub->person(QStringLiteral("alice"));
    wire::Acc change = account(QStringLiteral(":better"));
    change.user.clear();
    QCOMPARE(alice->ask(change).code, 200);
    Person again(*m_hub->hub, QString());
    QCOMPARE(again.signIn(alice->token).code, 401);
    QVERIFY(!m_hub->hub->userOfToken(alice->token));
    QCOMPARE(again.ask(login(QStringLiteral("alice:secret"))).code, 401);
    again.forget();
    QCOMPARE(again.ask(login(QStringLiteral("alice:better"))).code, 200);
}

void HubAccountsTest::nobodyTakesALoginTag()
{
    const auto alice = m_hub->person(QStringLiteral("alice"));
    Person mallory(*m_hub->hub, QStringLiteral("mallory"));
    wire::Acc packet = account(QStringLiteral("mallory:secret"));
    packet.tags = {QStringLiteral("basic:alice"), QStringLiteral("painter")};
    QCOMPARE(mallory.ask(packet).code, 200);
    mallory.sub(QStringLiteral("me"));
    QCOMPARE(
        mallory.meta(QStringLiteral("me"), QStringLiteral("tags")).tags.value_or(QStringList()),
        QStringList({QStringLiteral("basic:mallory"), QStringLiteral("painter")}));
    QCOMPARE(mallory.set(QStringLiteral("me"), QStringLiteral(R"("tags":["painter"])")).code, 403);
    QCOMPARE(
        mallory
            .set(QStringLiteral("me"), QStringLiteral(R"("tags":["basic:mallory","basic:alice"])"))
            .code,
        403);
}

void HubAccountsTest::closedRegistrationRefuses()
{
    m_hub->options.registration = Registration::Closed;
    m_hub->restart();
    Person nobody(*m_hub->hub, QStringLiteral("alice"));
    QCOMPARE(nobody.create(QStringLiteral("Alice")).code, 403);
}

void HubAccountsTest::t22GuessingIsSlowedDown()
{
    LoginThrottle throttle;
    const QString key = QStringLiteral("login alice");
    LoginThrottle::Clock::time_point now(100h);
    QList<qint64> waits;
    for (int i = 0; i < 12; ++i) {
        throttle.failed(key, now);
        waits.append(throttle.wait(key, now).count() / 1000);
        now += throttle.wait(key, now);
    }
    QCOMPARE(waits, QList<qint64>({0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60}));
    QCOMPARE(throttle.wait(QStringLiteral("login bob"), now), 0ms);
    throttle.succeeded(key);
    throttle.failed(key, now);
    QCOMPARE(throttle.wait(key, now), 0ms);

    Person nobody(*m_hub->hub, QStringLiteral("x"));
    wire::Ctrl ctrl;
    for (int i = 0; i < 6; ++i) {
        nobody.forget();
        ctrl = nobody.ask(login(QStringLiteral("alice:wrong")));
    }
    QCOMPARE(ctrl.code, 429);
    QVERIFY(ctrl.params->retryAfter > 0);
}

void HubAccountsTest::t30PasswordsAreKeptAsArgon2id()
{
    Person alice(*m_hub->hub, QStringLiteral("alice"));
    QCOMPARE(alice.create(QStringLiteral("Alice")).code, 200);
    const QByteArray hash = m_hub->database->reader().login(QStringLiteral("alice"))->hash;
    static const QRegularExpression kForm(
        QStringLiteral("^\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=1\\$"));
    const QRegularExpressionMatch match = kForm.match(QString::fromLatin1(hash));
    QVERIFY2(match.hasMatch(), hash.constData());
    QVERIFY(match.captured(1).toInt() >= 19 * 1024); // KiB
    QVERIFY(match.captured(2).toInt() >= 2);
    QVERIFY(!hash.contains("secret"));
}

void HubAccountsTest::t30OldHashesAreRenewedAtSignIn()
{
    Person alice(*m_hub->hub, QStringLiteral("alice"));
    QCOMPARE(alice.create(QStringLiteral("Alice")).code, 200);
    const LoginRecord weak{alice.id, QStringLiteral("alice"), weakHash("secret")};
    write(SetLogin{weak, 1});

    Person again(*m_hub->hub, QString());
    QCOMPARE(again.ask(login(QStringLiteral("alice:wrong"))).code, 401);
    QCOMPARE(storedHash(), weak.hash);
    QCOMPARE(again.ask(login(QStringLiteral("alice:secret"))).code, 200);
    QTRY_VERIFY(storedHash() != weak.hash);
    const QByteArray renewed = storedHash();
    QVERIFY2(renewed.contains("$m=65536,t=2,"), renewed.constData());

    // The same password and the same tokens, and from now on the same hash.
    Person third(*m_hub->hub, QString());
    QCOMPARE(third.ask(login(QStringLiteral("alice:secret"))).code, 200);
    QCOMPARE(storedHash(), renewed);
    Person fourth(*m_hub->hub, QString());
    QCOMPARE(fourth.signIn(alice.token).code, 200);
}

void HubAccountsTest::t30ARenewedHashLosesAgainstANewPassword()
{
    Person alice(*m_hub->hub, QStringLiteral("alice"));
    QCOMPARE(alice.create(QStringLiteral("Alice")).code, 200);
    const LoginRecord present = *m_hub->database->reader().login(QStringLiteral("alice"));
    LoginRecord old = present;
    old.hash = "old";
    write(RenewHash{old, "renewed"});
    QCOMPARE(storedHash(), present.hash);
}

void HubAccountsTest::t31AlteredTokensAreRefused()
{
    const Tokens tokens(QByteArray(32, 'k'));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QByteArray token = tokens.issue({QStringLiteral("usrAAAAAAAAAAA"), now.addDays(1), 7});
    const Tokens::Verdict good = tokens.check(token, now);
    QVERIFY(good.claims);
    QCOMPARE(good.claims->user, QStringLiteral("usrAAAAAAAAAAA"));
    QCOMPARE(good.claims->serial, 7);
    for (qsizetype i = 0; i < token.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            QByteArray altered = token;
            altered[i] = char(altered.at(i) ^ (1 << bit));
            QVERIFY(!tokens.check(altered, now).claims);
        }
        QVERIFY(!tokens.check(token.left(i), now).claims);
    }
    QVERIFY(!Tokens(QByteArray(32, 'x')).check(token, now).claims);
}

void HubAccountsTest::t31ExpiredTokensAreRefused()
{
    const Tokens tokens(QByteArray(32, 'k'));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const QByteArray token = tokens.issue({QStringLiteral("usrAAAAAAAAAAA"), now, 1});
    QVERIFY(tokens.check(token, now.addMSecs(-1)).claims);
    QVERIFY(!tokens.check(token, now).claims);
}

void HubAccountsTest::deletedAccountIsGone()
{
    const auto alice = m_hub->person(QStringLiteral("alice"));
    const auto bob = m_hub->person(QStringLiteral("bob"));
    bob->sub(alice->id);
    QCOMPARE(
        alice->ask(packet(QStringLiteral(R"({"del":{"id":"d","what":"user","hard":true}})"))).code,
        200);
    QTRY_VERIFY(alice->closedWith != 0);
    Person again(*m_hub->hub, QString());
    QCOMPARE(again.signIn(alice->token).code, 401);
    QCOMPARE(again.ask(login(QStringLiteral("alice:secret"))).code, 401);
    const auto carol = m_hub->person(QStringLiteral("carol"));
    QCOMPARE(carol->sub(alice->id).code, 404);
    Person reborn(*m_hub->hub, QStringLiteral("alice"));
    QCOMPARE(reborn.create(QStringLiteral("Alice")).code, 200);
    QVERIFY(reborn.id != alice->id);
}

void HubAccountsTest::everyNewAccountHasTheServiceUser()
{
    const wire::UserId echo
        = m_hub->hub->ensureServiceUser(QStringLiteral("Echo"), QStringLiteral("alias:echo"));
    m_hub->hub->addToNewAccounts(echo);
    struct Silent : Link {
        void send(const QByteArray &utf8) override { frames.append(utf8); }
        void close(int, const QString &) override { }
        QString remoteAddress() const override { return {}; }
        void authenticated() override { }
        QByteArrayList frames;
    } link;
    m_hub->hub->attachAs(&link, echo);
    m_hub->hub->receive(&link, packet(QStringLiteral(R"({"sub":{"id":"1","topic":"me"}})")));
    QTRY_COMPARE(link.frames.size(), 1);

    const auto alice = std::make_unique<Person>(*m_hub->hub, QStringLiteral("alice"));
    QCOMPARE(alice->create(QStringLiteral("Alice")).code, 200);
    alice->sub(QStringLiteral("me"));
    const wire::Meta chats = alice->meta(QStringLiteral("me"), QStringLiteral("sub"));
    QVERIFY(chats.sub);
    QCOMPARE(chats.sub->size(), 1);
    QCOMPARE(chats.sub->first().topic, echo);
    QCOMPARE(chats.sub->first().online, std::optional(true));
    QTRY_VERIFY(link.frames.join().contains(alice->id.toUtf8()));
    QCOMPARE(alice->sub(echo).code, 200);
    m_hub->hub->detach(&link);

    m_hub->restart();
    QCOMPARE(
        m_hub->hub->ensureServiceUser(QStringLiteral("Echo"), QStringLiteral("alias:echo")), echo);
}

void HubAccountsTest::answersKeepTheOrderOfRequests()
{
    Person alice(*m_hub->hub, QStringLiteral("alice"));
    alice.forget();
    m_hub->hub->receive(&alice, account(QStringLiteral("alice:secret")));
    m_hub->hub->receive(&alice, packet(QStringLiteral(R"({"sub":{"id":"1","topic":"me"}})")));
    m_hub->hub->receive(&alice, packet(QStringLiteral(R"({"sub":{"id":"2","topic":"slf"}})")));
    m_hub->hub->receive(
        &alice, packet(QStringLiteral(R"({"pub":{"id":"3","topic":"slf","content":"x"}})")));
    m_hub->hub->receive(&alice, packet(QStringLiteral(R"({"leave":{"id":"4","topic":"slf"}})")));
    QTRY_VERIFY(alice.ctrl(QStringLiteral("4")));
    QStringList ids;
    QList<int> codes;
    for (const wire::Ctrl &ctrl : alice.all<wire::Ctrl>()) {
        ids.append(ctrl.id);
        codes.append(ctrl.code);
    }
    QCOMPARE(ids,
        QStringList({QStringLiteral("a"), QStringLiteral("1"), QStringLiteral("2"),
            QStringLiteral("3"), QStringLiteral("4")}));
    QCOMPARE(codes, QList<int>({200, 200, 200, 202, 200}));
}

QTEST_GUILESS_MAIN(HubAccountsTest)
#include "tst_hubaccounts.moc"
