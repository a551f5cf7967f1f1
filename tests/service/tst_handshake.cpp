#include "fakeserver.h"

using namespace confab;

Q_DECLARE_METATYPE(confab::Intent)

/// From an open link to the list of chats, and every way in which it is refused.
class HandshakeTest : public QObject
{
    Q_OBJECT

private slots:
    void aTokenLeadsToTheChats();
    void aPasswordLeadsToTheChatsAndYieldsAToken();
    void aNewAccountCarriesItsName();
    void aNewAccountCarriesItsInvite();
    void refusalsAreToldApart_data();
    void refusalsAreToldApart();
    void aRejectedTokenStopsAndAsks();
    void anOldProtocolStops();
    void aRefusedKeyStops();
    void whoDoesNotSpeakTinodeIsToldSo_data();
    void whoDoesNotSpeakTinodeIsToldSo();
    void aBusyServerIsTriedAgainWhenItSays();
    void withoutIdentityNothingIsOpened();
    void anotherPersonIsNotLetIntoThisAccount();
    void theKeyIsInTheAddressAndNoSecretIsLogged();
};

void HandshakeTest::aTokenLeadsToTheChats()
{
    FakeServer server;
    QSignalSpy phases(&server.service(), &ChatService::phaseChanged);
    QSignalSpy synced(&server.service(), &ChatService::synced);
    server.service().start(QByteArrayLiteral("kept"));
    QTRY_VERIFY(server.session());
    QVERIFY(std::holds_alternative<Opening>(server.service().phase()));
    server.session()->injectOpened();
    const auto hi = server.next<wire::Hi>();
    QCOMPARE(hi.ver, QStringLiteral("0.25"));
    QVERIFY(hi.ua.startsWith(QStringLiteral("Confab/")));
    QVERIFY(std::holds_alternative<Greeting>(server.service().phase()));
    server.reply(hi.id, 201);
    const auto login = server.next<wire::Login>();
    QCOMPARE(login.scheme, QStringLiteral("token"));
    QCOMPARE(login.secret, QByteArrayLiteral("kept"));
    QVERIFY(std::holds_alternative<Authenticating>(server.service().phase()));
    wire::CtrlParams params;
    params.user = FakeServer::kSelf;
    server.reply(login.id, 200, {}, params);
    server.list({FakeServer::chat(FakeServer::kPeer)});
    QTRY_COMPARE(synced.size(), 1);
    QVERIFY(server.service().isOnline());
    QCOMPARE(server.topic(FakeServer::kPeer)->title(), QStringLiteral("Name of usrPeerPeer001"));
    QCOMPARE(server.topics().self(), FakeServer::kSelf);
    QCOMPARE(phases.size(), 4);
}

void HandshakeTest::aPasswordLeadsToTheChatsAndYieldsAToken()
{
    FakeServer server;
    QSignalSpy signedIn(&server.service(), &ChatService::signedIn);
    server.service().signIn(QStringLiteral("anna"), QStringLiteral("se:cret"));
    QTRY_VERIFY(server.session());
    server.session()->injectOpened();
    server.greet();
    const auto login = server.next<wire::Login>();
    QCOMPARE(login.scheme, QStringLiteral("basic"));
    QCOMPARE(login.secret, QByteArrayLiteral("anna:se:cret"));
    wire::CtrlParams params;
    params.user = FakeServer::kSelf;
    params.token = QByteArrayLiteral("fresh");
    server.reply(login.id, 200, {}, params);
    QTRY_COMPARE(signedIn.size(), 1);
    const auto session = signedIn[0][0].value<SignedIn>();
    QCOMPARE(session.token, QByteArrayLiteral("fresh"));
    QCOMPARE(session.login, QStringLiteral("anna"));
    server.list({});
    QTRY_VERIFY(server.service().isOnline());

    // From here on the token speaks for the person.
    server.session()->injectLost();
    QTRY_COMPARE(server.attempts(), 2);
    server.session()->injectOpened();
    server.greet();
    QCOMPARE(server.next<wire::Login>().secret, QByteArrayLiteral("fresh"));
}

void HandshakeTest::aNewAccountCarriesItsInvite()
{
    FakeServer server;
    server.service().createAccount(QStringLiteral("anna"), QStringLiteral("geheim"),
        QStringLiteral("Anna"), QStringLiteral("7kqm-2xnw-4trv"));
    QTRY_VERIFY(server.session());
    server.session()->injectOpened();
    server.greet();
    const auto acc = server.next<wire::Acc>();
    QCOMPARE(acc.cred.value(0).meth, QStringLiteral("invite"));
    QCOMPARE(acc.cred.value(0).val, QStringLiteral("7kqm-2xnw-4trv"));
    QSignalSpy refused(&server.service(), &ChatService::signInFailed);
    wire::CtrlParams params;
    params.what = QStringLiteral("invite");
    server.reply(acc.id, 403, {}, params);
    QTRY_COMPARE(refused.size(), 1);
    QCOMPARE(refused.at(0).at(0).value<ServiceError>().kind, ErrorKind::InviteNeeded);
}

void HandshakeTest::aNewAccountCarriesItsName()
{
    FakeServer server;
    server.service().createAccount(
        QStringLiteral("anna"), QStringLiteral("secret"), QStringLiteral("Anna"));
    QTRY_VERIFY(server.session());
    server.session()->injectOpened();
    server.greet();
    const auto acc = server.next<wire::Acc>();
    QCOMPARE(acc.user, QStringLiteral("new"));
    QVERIFY(acc.login);
    QCOMPARE(acc.secret, QByteArrayLiteral("anna:secret"));
    QCOMPARE(wire::Card::fromPublic(acc.desc->pub).name, QStringLiteral("Anna"));
}

void HandshakeTest::refusalsAreToldApart_data()
{
    QTest::addColumn<bool>("isNew");
    QTest::addColumn<QString>("login");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("text");
    QTest::addColumn<ErrorKind>("kind");

    const QString anna = QStringLiteral("anna");
    const QString taken = QStringLiteral("duplicate credential");
    QTest::newRow("wrong password") << false << anna << 401 << QString() << ErrorKind::WrongPassword;
    QTest::newRow("unknown login") << false << anna << 404 << QString() << ErrorKind::WrongPassword;
    QTest::newRow("credentials to be validated")
        << false << anna << 300 << QString() << ErrorKind::CredentialsNeeded;
    QTest::newRow("too many attempts")
        << false << anna << 429 << QString() << ErrorKind::TooManyAttempts;
    QTest::newRow("suspended") << false << anna << 403 << QString() << ErrorKind::NotAllowed;
    QTest::newRow("busy") << false << anna << 503 << QString() << ErrorKind::ServerBusy;
    QTest::newRow("login taken") << true << anna << 409 << taken << ErrorKind::LoginTaken;
    QTest::newRow("login not allowed")
        << true << QStringLiteral("a b") << 422 << QString() << ErrorKind::LoginNotAllowed;
    QTest::newRow("password not allowed")
        << true << anna << 422 << QString() << ErrorKind::PasswordNotAllowed;
    QTest::newRow("registration closed")
        << true << anna << 403 << QString() << ErrorKind::RegistrationClosed;
}

void HandshakeTest::refusalsAreToldApart()
{
    QFETCH(bool, isNew);
    QFETCH(QString, login);
    QFETCH(int, code);
    QFETCH(QString, text);
    QFETCH(ErrorKind, kind);
    FakeServer server;
    QSignalSpy failed(&server.service(), &ChatService::signInFailed);
    if (isNew)
        server.service().createAccount(login, QStringLiteral("secret"), QStringLiteral("Anna"));
    else
        server.service().signIn(login, QStringLiteral("secret"));
    QTRY_VERIFY(server.session());
    server.session()->injectOpened();
    server.greet();
    const QString id = isNew ? server.next<wire::Acc>().id : server.next<wire::Login>().id;
    server.reply(id, code, {}, {}, text);
    QTRY_COMPARE(failed.size(), 1);
    const auto error = failed[0][0].value<ServiceError>();
    QCOMPARE(error.kind, kind);
    QVERIFY(!error.sentence.isEmpty() && !error.nextStep.isEmpty());
    QVERIFY(std::get<Stopped>(server.service().phase()).needsSignIn);
    QCOMPARE(server.attempts(), 1);
}

void HandshakeTest::aRejectedTokenStopsAndAsks()
{
    for (const int code : {400, 401, 403, 404}) {
        FakeServer server;
        QSignalSpy rejected(&server.service(), &ChatService::tokenRejected);
        server.service().start(QByteArrayLiteral("old"));
        QTRY_VERIFY(server.session());
        server.session()->injectOpened();
        server.greet();
        server.reply(server.next<wire::Login>().id, code);
        QTRY_COMPARE(rejected.size(), 1);
        const auto stopped = std::get<Stopped>(server.service().phase());
        QVERIFY(stopped.needsSignIn);
        QCOMPARE(stopped.why.kind, ErrorKind::SessionExpired);
        server.service().reconnectNow(); // has nobody to be
        QVERIFY(std::holds_alternative<Stopped>(server.service().phase()));
    }
}

void HandshakeTest::anOldProtocolStops()
{
    FakeServer server;
    server.service().start(QByteArrayLiteral("kept"));
    QTRY_VERIFY(server.session());
    server.session()->injectOpened();
    server.reply(server.next<wire::Hi>().id, 505);
    QTRY_VERIFY(std::holds_alternative<Stopped>(server.service().phase()));
    const auto stopped = std::get<Stopped>(server.service().phase());
    QCOMPARE(stopped.why.kind, ErrorKind::ProtocolTooOld);
    QVERIFY(!stopped.needsSignIn);
}

void HandshakeTest::aRefusedKeyStops()
{
    FakeServer server;
    server.service().start(QByteArrayLiteral("kept"));
    QTRY_VERIFY(server.session());
    server.session()->injectClosed({.cause = CloseCause::HandshakeRejected, .httpStatus = 403});
    QTRY_VERIFY(std::holds_alternative<Stopped>(server.service().phase()));
    QCOMPARE(std::get<Stopped>(server.service().phase()).why.kind, ErrorKind::WrongApiKey);
}

void HandshakeTest::whoDoesNotSpeakTinodeIsToldSo_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("an echo") << QByteArrayLiteral("{\"hi\":{\"id\":\"1\",\"ver\":\"0.25\"}}");
    QTest::newRow("a text") << QByteArrayLiteral("welcome");
    QTest::newRow("silence") << QByteArray();
}

void HandshakeTest::whoDoesNotSpeakTinodeIsToldSo()
{
    QFETCH(QByteArray, answer);
    FakeServer server;
    QSignalSpy failed(&server.service(), &ChatService::signInFailed);
    server.service().signIn(QStringLiteral("anna"), QStringLiteral("secret"));
    QTRY_VERIFY(server.session());
    server.session()->injectOpened();
    if (!answer.isEmpty())
        server.session()->injectText(answer);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].value<ServiceError>().kind, ErrorKind::NotTinode);
}

void HandshakeTest::aBusyServerIsTriedAgainWhenItSays()
{
    FakeServer server;
    server.service().start(QByteArrayLiteral("kept"));
    QTRY_VERIFY(server.session());
    server.session()->injectOpened();
    wire::CtrlParams params;
    params.retryAfter = 60'000;
    server.reply(server.next<wire::Hi>().id, 503, {}, params);
    QTRY_VERIFY(std::holds_alternative<Waiting>(server.service().phase()));
    const auto waiting = std::get<Waiting>(server.service().phase());
    QCOMPARE(waiting.why.kind, ErrorKind::ServerBusy);
    QVERIFY(waiting.retry.remainingTime() > 30'000);
    server.service().reconnectNow();
    QTRY_COMPARE(server.attempts(), 2);
}

void HandshakeTest::withoutIdentityNothingIsOpened()
{
    FakeServer server;
    QSignalSpy restored(&server.service(), &ChatService::restored);
    server.service().start();
    QTRY_COMPARE(restored.size(), 1);
    QTRY_VERIFY(std::holds_alternative<Stopped>(server.service().phase()));
    QVERIFY(std::get<Stopped>(server.service().phase()).needsSignIn);
    QCOMPARE(server.attempts(), 0);
}

void HandshakeTest::anotherPersonIsNotLetIntoThisAccount()
{
    FakeServer server;
    server.start();
    server.service().signOut();
    QVERIFY(std::get<Stopped>(server.service().phase()).needsSignIn);
    QSignalSpy failed(&server.service(), &ChatService::signInFailed);
    server.service().signIn(QStringLiteral("ben"), QStringLiteral("secret"));
    QTRY_COMPARE(server.attempts(), 2);
    server.session()->injectOpened();
    server.greet();
    wire::CtrlParams params;
    params.user = FakeServer::kPeer;
    server.reply(server.next<wire::Login>().id, 200, {}, params);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(server.topics().self(), FakeServer::kSelf);
}

namespace {

QStringList logged;

void keepLog(QtMsgType, const QMessageLogContext &, const QString &text)
{
    logged.append(text);
}

}

void HandshakeTest::theKeyIsInTheAddressAndNoSecretIsLogged()
{
    logged.clear();
    const auto before = qInstallMessageHandler(keepLog);
    AccountConfig config = FakeServer::tinode();
    config.apiKey = QStringLiteral("very-own-key");
    {
        FakeServer server(config);
        server.service().signIn(QStringLiteral("anna"), QStringLiteral("pass-word"));
        QTRY_VERIFY(server.session());
        QVERIFY(server.session()->url().query().contains(QStringLiteral("apikey=very-own-key")));
        server.session()->injectOpened();
        server.greet();
        server.logIn();
        server.session()->injectLost();
        QTRY_VERIFY(!server.service().isOnline());
    }
    qInstallMessageHandler(before);
    const QString all = logged.join(QLatin1Char('\n'));
    for (const char *secret : {"very-own-key", "pass-word", "fresh", "anna"})
        QVERIFY2(!all.contains(QLatin1String(secret)), secret);
}

QTEST_GUILESS_MAIN(HandshakeTest)
#include "tst_handshake.moc"
