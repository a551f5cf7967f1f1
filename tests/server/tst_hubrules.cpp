#include "hubfixture.h"
#include "server/hub/loginthrottle.h"

#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

using namespace confab;
using namespace confab::server;

namespace {

QString L(const char *text)
{
    return QString::fromUtf8(text);
}

/// What the program logs while one of these lives.
class LogCapture
{
public:
    LogCapture()
    {
        lines().clear();
        m_former = qInstallMessageHandler([](QtMsgType, const QMessageLogContext &,
                                              const QString &text) { lines().append(text); });
    }
    ~LogCapture() { qInstallMessageHandler(m_former); }
    static QStringList &lines()
    {
        static QStringList kept;
        return kept;
    }

private:
    QtMessageHandler m_former;
};

wire::Login login(const QString &id, const QByteArray &secret)
{
    wire::Login packet;
    packet.id = id;
    packet.scheme = L("basic");
    packet.secret = secret;
    return packet;
}

}

// Rules that cross the topics of the other hub tests: editing, the age of messages, being seen, the
// end of an account, and what guessing or hostile clients get (reliability.md T22 to T33, T36).
class HubRulesTest : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_hub = std::make_unique<HubFixture>(); }
    void cleanup() { m_hub.reset(); }

    void onlyOwnMessagesAreEdited();
    void oldMessagesAreDeletedForAllByTheOwnerOnly();
    void reportsAreStoredAndReadByNobody();
    void anotherProgramIsToldOfOnce();
    void hidingLooksLikeLeaving();
    void profileReachesTheMembersOfOpenGroups();
    void privateAndPublicAreAnsweredOnce();
    void deletedAccountTakesAllThatIsItsOwn();
    void t22GuessesSentAtOnceMeetTheThrottle();
    void t22OwnAccountBuysNoGuesses();
    void typingErrorsOfOthersAreForgivenToThem();
    void t31MutatedTokensAreRefused();
    void malformedRequestIsAnsweredWithItsId();
    void hostileRangesAreAnswered_data();
    void hostileRangesAreAnswered();
    void pageOfRangesHasNoMessageTwice();
    void longTransactionsOfDeletionsComeWhole();
    void t36LogsHoldNothingThatClientsWrote();
    void t29TextIsNeverSql_data();
    void t29TextIsNeverSql();
    void t33NamesThatNobodyMayUseAreRefused_data();
    void t33NamesThatNobodyMayUseAreRefused();

private:
    std::unique_ptr<HubFixture> m_hub;
};

void HubRulesTest::onlyOwnMessagesAreEdited()
{
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    alice->sub(bob->id);
    bob->sub(alice->id);
    QCOMPARE(alice->pub(bob->id, L("one")).params->seq, 1);
    const auto edit = [](const QString &topic, int seq) {
        return packet(L(R"({"pub":{"id":"e%2","topic":"%1","content":"x",)"
                        R"("head":{"replace":":%2"}}})")
                          .arg(topic)
                          .arg(seq));
    };
    QCOMPARE(bob->ask(edit(alice->id, 1)).code, 403);
    QCOMPARE(alice->ask(edit(bob->id, 7)).code, 403);
    QCOMPARE(alice->ask(edit(bob->id, 1)).params->seq, 2);
    alice->del(bob->id, L(R"("what":"msg","hard":true,"delseq":[{"low":1}])"));
    alice->forget();
    QCOMPARE(alice->ask(edit(bob->id, 1)).code, 403);
}

void HubRulesTest::oldMessagesAreDeletedForAllByTheOwnerOnly()
{
    m_hub->options.messageDeleteAge = std::chrono::seconds(600);
    m_hub->restart();
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    const QString group = HubFixture::group(*alice);
    alice->set(group, L(R"("sub":{"user":"%1","mode":"JRWPD"})").arg(bob->id));
    bob->sub(group);
    for (int i = 0; i < 4; ++i)
        alice->pub(group, L("text"));
    {
        QSqlDatabase raw
            = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("age"));
        raw.setDatabaseName(m_hub->dir.filePath(L("data/confab.db")));
        QVERIFY(raw.open());
        QVERIFY(QSqlQuery(raw).exec(L("UPDATE messages SET ts = ts - 700000 WHERE seq < 3")));
    }
    QSqlDatabase::removeDatabase(QStringLiteral("age"));
    const QString all = L(R"("what":"msg","hard":true,"delseq":[{"low":1,"hi":4}])");
    const QString old = L(R"("what":"msg","hard":true,"delseq":[{"low":1,"hi":3}])");
    QCOMPARE(bob->del(group, old).code, 403);
    QCOMPARE(bob->del(group, all).code, 200);
    QCOMPARE(alice->page(group, L(R"("limit":9)")), QList<int>({4, 2, 1}));
    for (const wire::Pres &pres : alice->all<wire::Pres>()) {
        if (pres.what == wire::PresKind::Deleted)
            QCOMPARE(pres.delseq, QList<wire::SeqRange>({{3, 4}})); // only what is gone
    }
    QCOMPARE(alice->del(group, old).code, 200);
    QCOMPARE(alice->page(group, L(R"("limit":9)")), QList<int>({4}));
}

void HubRulesTest::reportsAreStoredAndReadByNobody()
{
    const auto alice = m_hub->person(L("alice"));
    QCOMPARE(alice->pub(L("sys"), L("a report")).params->seq, 1);
    QCOMPARE(alice->pub(L("sys"), L("another")).params->seq, 2);
    QCOMPARE(alice->sub(L("sys")).code, 403);
    QCOMPARE(m_hub->hub->history(alice->id, L("sys"), 0, 10).error(), 404);
    const std::optional<StoredTopic> reports = m_hub->database->reader().topic(L("sys"));
    QCOMPARE(m_hub->database->reader().messages(reports->topic.id, {}, {}, 10).size(), 2);
}

void HubRulesTest::anotherProgramIsToldOfOnce()
{
    m_hub->options.userAgentDelay = std::chrono::milliseconds(20);
    m_hub->restart();
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    alice->sub(bob->id);
    bob->sub(alice->id);
    alice->forget();
    Person tablet(*m_hub->hub, {});
    m_hub->hub->receive(&tablet, packet(L(R"({"hi":{"id":"h","ver":"0.25"}})")));
    tablet.signIn(bob->token);
    tablet.sub(L("me")); // speaks as "test" like the first device: no news
    FakeLink phone(*m_hub->hub);
    phone.ask(packet(L(R"({"hi":{"id":"h","ver":"0.25","ua":"Phone/1"}})")));
    wire::Login token;
    token.id = L("l");
    token.scheme = L("token");
    token.secret = bob->token;
    phone.ask(token);
    phone.ask(packet(L(R"({"sub":{"id":"s","topic":"me"}})")));
    QTRY_VERIFY(alice->hasPres(wire::PresKind::UserAgent, L("me"), bob->id));
    QCOMPARE(alice->all<wire::Pres>().size(), size_t(1));
    QCOMPARE(alice->all<wire::Pres>().front().ua, L("Phone/1"));
}

void HubRulesTest::hidingLooksLikeLeaving()
{
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    alice->sub(bob->id);
    bob->sub(alice->id);
    alice->forget();
    QCOMPARE(bob->set(L("me"), L(R"("sub":{"mode":"JS"})")).code, 200);
    QVERIFY(alice->hasPres(wire::PresKind::Off, L("me"), bob->id));
    QCOMPARE(bob->set(L("me"), L(R"("sub":{"mode":"JPS"})")).code, 200);
    QVERIFY(alice->hasPres(wire::PresKind::On, L("me"), bob->id));
}

void HubRulesTest::profileReachesTheMembersOfOpenGroups()
{
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    const QString group = HubFixture::group(*alice);
    bob->sub(group);
    alice->forget();
    bob->set(L("me"), L(R"("desc":{"public":{"fn":"Robert"}})"));
    QVERIFY(alice->hasPres(wire::PresKind::Updated, group, bob->id));
}

void HubRulesTest::privateAndPublicAreAnsweredOnce()
{
    const auto alice = m_hub->person(L("alice"));
    const QString group = HubFixture::group(*alice);
    alice->forget();
    QCOMPARE(alice->set(group, L(R"("desc":{"public":{"fn":"N"},"private":{"comment":"c"}})")).code,
        200);
    const wire::Meta meta = alice->meta(group, L("desc"));
    QCOMPARE(alice->all<wire::Ctrl>().size(), size_t(1));
    QCOMPARE(meta.desc->pub.bytes(), QByteArray(R"({"fn":"N"})"));
    QCOMPARE(meta.desc->priv.bytes(), QByteArray(R"({"comment":"c"})"));
}

void HubRulesTest::deletedAccountTakesAllThatIsItsOwn()
{
    const auto alice = m_hub->person(L("alice"));
    const auto bob = m_hub->person(L("bob"));
    const QString own = HubFixture::group(*alice);
    const QString other = HubFixture::group(*bob);
    bob->sub(own);
    alice->sub(other);
    alice->sub(bob->id);
    bob->sub(alice->id);
    alice->pub(bob->id, L("stays"));
    alice->sub(L("slf"));
    alice->pub(L("slf"), L("goes"));
    bob->forget();
    QCOMPARE(alice->ask(packet(L(R"({"del":{"id":"1","what":"user","hard":true}})"))).code, 200);
    QCOMPARE(alice->closedWith, 1000);
    QVERIFY(bob->hasPres(wire::PresKind::Gone, L("me"), own));
    QVERIFY(bob->hasPres(wire::PresKind::Off, L("me"), alice->id));
    QVERIFY(bob->hasPres(wire::PresKind::Access, other, alice->id));
    QCOMPARE(bob->meta(other, L("sub")).sub->size(), 1);
    QCOMPARE(bob->page(alice->id, L(R"("limit":9)")), QList<int>({1}));
    const Reader &reader = m_hub->database->reader();
    QVERIFY(!reader.topic(own));
    QVERIFY(!reader.topic(selfKey(alice->id)));
    QVERIFY(!reader.login(L("alice")));
    QVERIFY(reader.tagsOf(alice->id).isEmpty());
    QVERIFY(reader.chatsOf(alice->id, {}, 10).isEmpty());
    QVERIFY(!m_hub->hub->userOfToken(alice->token));
}

void HubRulesTest::t22GuessesSentAtOnceMeetTheThrottle()
{
    const auto victim = m_hub->person(L("alice"));
    std::vector<std::unique_ptr<FakeLink>> links;
    for (int i = 0; i < 40; ++i) {
        links.push_back(std::make_unique<FakeLink>(*m_hub->hub));
        links.back()->address = L("198.51.100.7");
        links.back()->ask(packet(L(R"({"hi":{"id":"h","ver":"0.25"}})")));
    }
    for (const auto &link : links)
        m_hub->hub->receive(link.get(), login(L("l"), "alice:guess"));
    int refused = 0;
    int looked = 0;
    for (const auto &link : links) {
        QVERIFY(waitUntil([&] { return link->ctrl(L("l")).has_value(); }));
        const wire::Ctrl ctrl = *link->ctrl(L("l"));
        (ctrl.code == 429 ? refused : looked) += 1;
        QVERIFY(ctrl.code == 401 || ctrl.params->retryAfter > 0);
    }
    QVERIFY2(looked <= 12, qPrintable(QString::number(looked))); // and not all forty
    QVERIFY(refused >= 28);
}

void HubRulesTest::t22OwnAccountBuysNoGuesses()
{
    const auto victim = m_hub->person(L("alice"));
    const auto thief = m_hub->person(L("mallory"));
    bool stopped = false;
    for (int round = 0; round < 8 && !stopped; ++round) {
        FakeLink own(*m_hub->hub);
        own.ask(packet(L(R"({"hi":{"id":"h","ver":"0.25"}})")));
        stopped = own.ask(login(L("l"), "mallory:secret")).code == 429;
        FakeLink guess(*m_hub->hub);
        guess.ask(packet(L(R"({"hi":{"id":"h","ver":"0.25"}})")));
        guess.ask(login(L("l"), "alice:guess" + QByteArray::number(round)));
    }
    QVERIFY(stopped);
}

void HubRulesTest::typingErrorsOfOthersAreForgivenToThem()
{
    using std::chrono::seconds;
    LoginThrottle throttle;
    const LoginThrottle::Clock::time_point now;
    for (int i = 0; i < 5; ++i)
        throttle.failed(L("address"), now + seconds(1));
    QCOMPARE(throttle.failures(L("address")), 5);
    QVERIFY(throttle.wait(L("address"), now + seconds(1)) > std::chrono::milliseconds::zero());
    throttle.forgive(L("address"), 3);
    QCOMPARE(throttle.failures(L("address")), 2);
    throttle.forgive(L("address"), 9);
    QCOMPARE(throttle.failures(L("address")), 0);
}

void HubRulesTest::t31MutatedTokensAreRefused()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const Tokens tokens(QByteArray(32, 'k'));
    const QByteArray good = tokens.issue({L("usrAAAAAAAAAAB"), now.addDays(1), 1});
    QVERIFY(tokens.check(good, now).claims);
    QRandomGenerator random(20'250'102);
    const int count = qEnvironmentVariableIsSet("CONFAB_SOAK") ? 1'000'000 : 20'000;
    for (int i = 0; i < count; ++i) {
        QByteArray bad = good;
        for (int changes = random.bounded(1, 4); changes > 0; --changes)
            bad[random.bounded(bad.size())] = char(random.bounded(256));
        if (bad != good)
            QVERIFY2(!tokens.check(bad, now).claims, bad.toHex().constData());
    }
    for (qsizetype size = 0; size < good.size(); ++size)
        QVERIFY(!tokens.check(good.left(size), now).claims);
}

void HubRulesTest::malformedRequestIsAnsweredWithItsId()
{
    FakeLink link(*m_hub->hub);
    const auto broken = wire::decodeClientMessage(R"({"hi":{"id":"7","ver":{}}})");
    QVERIFY(!broken.ok());
    m_hub->hub->receiveMalformed(&link, broken.error().id);
    QCOMPARE(link.all<wire::Ctrl>().front().id, L("7"));
    QCOMPARE(link.all<wire::Ctrl>().front().code, 400);
}

void HubRulesTest::hostileRangesAreAnswered_data()
{
    QTest::addColumn<QString>("request");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const QString &request, int code) {
        QTest::newRow(name) << request << code;
    };
    const QString many = QStringList(2000, L(R"({"low":1})")).join(u',');
    row("far beyond the end", L(R"("what":"data","data":{"since":268435454})"), 204);
    row("before the beginning", L(R"("what":"data","data":{"before":1})"), 204);
    row("upside down", L(R"("what":"data","data":{"since":9,"before":3})"), 204);
    row("too many ranges", L(R"("what":"data","data":{"ranges":[%1]})").arg(many), 400);
    row("all there can be",
        L(R"("what":"data","data":{"ranges":[{"low":1,"hi":268435454}],"limit":2147483647})"), 208);
}

void HubRulesTest::hostileRangesAreAnswered()
{
    QFETCH(QString, request);
    const auto alice = m_hub->person(L("alice"));
    alice->sub(L("slf"));
    alice->pub(L("slf"), L("text"));
    const auto message = wire::decodeClientMessage(
        L(R"({"get":{"id":"g","topic":"slf",%1}})").arg(request).toUtf8());
    QVERIFY(message.ok());
    QTEST(alice->ask(*message).code, "code");
}

void HubRulesTest::pageOfRangesHasNoMessageTwice()
{
    const auto alice = m_hub->person(L("alice"));
    alice->sub(L("slf"));
    for (int i = 0; i < 6; ++i)
        alice->pub(L("slf"), L("text"));
    QCOMPARE(alice->page(L("slf"),
                 L(R"("ranges":[{"low":2,"hi":5},{"low":4,"hi":6},{"low":2}],"limit":9)")),
        QList<int>({5, 4, 3, 2}));
}

void HubRulesTest::longTransactionsOfDeletionsComeWhole()
{
    const auto alice = m_hub->person(L("alice"));
    alice->sub(L("slf"));
    for (int i = 0; i < 8; ++i)
        alice->pub(L("slf"), L("text"));
    alice->del(L("slf"), L(R"("what":"msg","delseq":[{"low":1},{"low":3},{"low":5}])"));
    alice->del(L("slf"), L(R"("what":"msg","delseq":[{"low":7}])"));
    const wire::Meta first = alice->askMeta(
        packet(L(R"({"get":{"id":"d","topic":"slf","what":"del","del":{"limit":2}}})")));
    QCOMPARE(first.del->clear, 1);
    QCOMPARE(first.del->ranges.size(), 3);
    const wire::Meta second = alice->askMeta(
        packet(L(R"({"get":{"id":"e","topic":"slf","what":"del","del":{"since":2}}})")));
    QCOMPARE(second.del->clear, 2);
    QCOMPARE(second.del->ranges, QList<wire::SeqRange>({{7, 8}}));
}

void HubRulesTest::t29TextIsNeverSql_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("always true") << QStringLiteral("x' OR '1'='1");
    QTest::newRow("another statement") << QStringLiteral("x'; DELETE FROM users; --");
    QTest::newRow("double quotes") << QStringLiteral("x\\\" OR 1=1 --");
    QTest::newRow("wildcards") << QStringLiteral("%");
    QTest::newRow("one letter") << QStringLiteral("_____");
    QTest::newRow("globs") << QStringLiteral("*?[a-z]");
}

void HubRulesTest::t29TextIsNeverSql()
{
    QFETCH(QString, text);
    const auto alice = m_hub->person(QStringLiteral("alice"));
    const auto bobby = m_hub->person(QStringLiteral("bobby"));
    alice->sub(QStringLiteral("fnd"));
    alice->set(QStringLiteral("fnd"), QStringLiteral(R"("desc":{"public":"%1"})").arg(text));
    QVERIFY(!alice->meta(QStringLiteral("fnd"), QStringLiteral("sub")).sub);
    // Kept and found as what it is.
    alice->sub(QStringLiteral("slf"));
    const wire::Ctrl stored = alice->pub(QStringLiteral("slf"), text, text);
    QCOMPARE(stored.code, 202);
    QCOMPARE(alice->pub(QStringLiteral("slf"), text, text).params->seq, stored.params->seq);
    QVERIFY(alice->sub(text).code >= 400);
    QCOMPARE(alice->sub(bobby->id).code, 200);
}

void HubRulesTest::t33NamesThatNobodyMayUseAreRefused_data()
{
    QTest::addColumn<QString>("topic");
    for (const char *name : {"", "usr", "usrAAAAAAAAAAA/", "usrAAAAAAAAAA.", "usrAAAAAAAAAAAAAAAAAAAAAA",
             "grp../../key", "grp%2e%2e", "grpA\tB", "slfAAAAAAAAAAA", "me2", "ME", "xyzAAAAAAAAAAA",
             "p2pAAAAAAAAAAAAAAAAAAAAAA", "chn", "\xe2\x80\xaegrpAAAAAAAAAAA"})
        QTest::newRow(name) << QString::fromUtf8(name);
    QTest::newRow("with NUL") << QStringLiteral("grpA") + QChar(0) + QStringLiteral("B");
    QTest::newRow("very long") << QStringLiteral("grp") + QString(5000, u'A');
}

void HubRulesTest::t33NamesThatNobodyMayUseAreRefused()
{
    QFETCH(QString, topic);
    const auto alice = m_hub->person(QStringLiteral("alice"));
    // As if the decoder had let them through, whatever letters they hold.
    wire::Sub asked;
    asked.id = QStringLiteral("sub");
    asked.topic = topic;
    const wire::Ctrl sub = alice->ask(asked);
    QVERIFY2(sub.code >= 400 && sub.code < 500, qPrintable(QString::number(sub.code)));
    wire::Pub written;
    written.id = QStringLiteral("pub");
    written.topic = topic;
    written.content = wire::JsonBlob::fromString(QStringLiteral("x"));
    const wire::Ctrl pub = alice->ask(written);
    QVERIFY2(pub.code >= 400 && pub.code < 500, qPrintable(QString::number(pub.code)));
}

void HubRulesTest::t36LogsHoldNothingThatClientsWrote()
{
    const auto alice = m_hub->person(L("alice"));
    const LogCapture capture;
    FakeLink link(*m_hub->hub);
    link.ask(packet(L(R"({"hi":{"id":"h","ver":"0.25","ua":"evil\nforged line"}})")));
    link.ask(login(L("l"), "evil\nforged:line forged"));
    alice->sub(L("grp\\nforged"));
    alice->pub(alice->id, L("forged"));
    alice->sub(L("slf"));
    alice->pub(L("slf"), L("forged"), L("forged"));
    alice->set(L("me"), L(R"("desc":{"public":{"fn":"forged"}})"));
    for (const QString &line : std::as_const(LogCapture::lines()))
        QVERIFY2(!line.contains(L("forged")) && !line.contains(u'\n'), qPrintable(line));
}

QTEST_GUILESS_MAIN(HubRulesTest)
#include "tst_hubrules.moc"
