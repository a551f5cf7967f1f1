#include "hubfixture.h"
#include "server/hub/actionlimits.h"
#include "server/metrics.h"

#include <QTest>

using namespace confab;
using namespace confab::server;
using namespace std::chrono_literals;

namespace {

constexpr auto kAccount = ActionLimits::Action::Account;
constexpr auto kSub = ActionLimits::Action::Sub;

QString L(const char *text)
{
    return QString::fromUtf8(text);
}

ServerOptions strict()
{
    ServerOptions options;
    options.actionRates = {{.perSecond = 0.001, .burst = 2}, {.perSecond = 0.001, .burst = 3},
        {.perSecond = 0.001, .burst = 2}, {}};
    return options;
}

}

// What costs more than a frame, or tells about others, can be done so often only (reliability.md
// T23, T24).
class HubActionLimitsTest : public QObject
{
    Q_OBJECT

private slots:
    void t24AccountsOfOneAddressAreLimited();
    void t24SubsOfOneUserAreLimitedOverAllConnections();
    void t23SearchesOfOneUserAreLimited();
    void clientsOnThisMachineAreFree();
    void addressesOfOneHomeCountTogether_data();
    void addressesOfOneHomeCountTogether();
    void waitingHelps();
};

void HubActionLimitsTest::t24AccountsOfOneAddressAreLimited()
{
    HubFixture fixture;
    fixture.options = strict();
    fixture.restart();
    Person first(*fixture.hub, L("first"));
    QCOMPARE(first.create(L("First")).code, 200);
    Person second(*fixture.hub, L("second"));
    QCOMPARE(second.create(L("Second")).code, 200);
    Person third(*fixture.hub, L("third"));
    const wire::Ctrl refused = third.create(L("Third"));
    QCOMPARE(refused.code, 429);
    QVERIFY(refused.params && refused.params->retryAfter > 0);
    QCOMPARE(fixture.hub->metrics().refusals[size_t(Refusal::Rate)], quint64(1));

    Person elsewhere(*fixture.hub, L("elsewhere"));
    elsewhere.address = L("198.51.100.9");
    QCOMPARE(elsewhere.create(L("Elsewhere")).code, 200);
}

void HubActionLimitsTest::t24SubsOfOneUserAreLimitedOverAllConnections()
{
    HubFixture fixture;
    fixture.options = strict();
    fixture.restart();
    const auto alice = fixture.person(L("alice")); // one sub, to me
    const auto phone = fixture.secondDevice(*alice); // another one
    const auto bob = fixture.person(L("bob"));
    QCOMPARE(alice->sub(bob->id).code, 200);
    QCOMPARE(phone->sub(bob->id).code, 429);
    QCOMPARE(bob->sub(alice->id).code, 200);
    QCOMPARE(alice->pub(bob->id, L("still here")).code, 202);
}

void HubActionLimitsTest::t23SearchesOfOneUserAreLimited()
{
    HubFixture fixture;
    fixture.options = strict();
    fixture.restart();
    const auto alice = fixture.person(L("alice"));
    const auto bob = fixture.person(L("bob"));
    QCOMPARE(alice->sub(L("fnd")).code, 200);
    QCOMPARE(alice->set(L("fnd"), L(R"("desc":{"public":"basic:bob"})")).code, 200);
    QCOMPARE(alice->meta(L("fnd"), L("sub")).sub->size(), 1);
    QCOMPARE(alice->meta(L("fnd"), L("sub")).sub->size(), 1);
    alice->forget();
    alice->meta(L("fnd"), L("sub"));
    QVERIFY(alice->all<wire::Meta>().empty());
    QCOMPARE(alice->all<wire::Ctrl>().back().code, 429);
}

void HubActionLimitsTest::clientsOnThisMachineAreFree()
{
    ActionLimits limits(strict());
    const auto now = ActionLimits::Time::clock::now();
    for (int i = 0; i < 100; ++i) {
        QCOMPARE(limits.take(kAccount, L("127.0.0.1"), {}, now), 0ms);
        QCOMPARE(limits.take(kSub, L("::1"), L("usrA"), now), 0ms);
        QCOMPARE(limits.take(kSub, L("echo"), L("usrEcho"), now), 0ms);
    }
}

void HubActionLimitsTest::addressesOfOneHomeCountTogether_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("together");
    QTest::newRow("the same") << L("192.0.2.1") << L("192.0.2.1") << true;
    QTest::newRow("neighbours") << L("192.0.2.1") << L("192.0.2.2") << false;
    QTest::newRow("mapped") << L("192.0.2.1") << L("::ffff:192.0.2.1") << true;
    QTest::newRow("mapped neighbours") << L("::ffff:192.0.2.1") << L("::ffff:192.0.2.2") << false;
    QTest::newRow("one home") << L("2001:db8:0:1::1") << L("2001:db8:0:1:f::2") << true;
    QTest::newRow("two homes") << L("2001:db8:0:1::1") << L("2001:db8:0:2::1") << false;
}

void HubActionLimitsTest::addressesOfOneHomeCountTogether()
{
    QFETCH(QString, one);
    QFETCH(QString, other);
    QFETCH(bool, together);
    ActionLimits limits(strict());
    const auto now = ActionLimits::Time::clock::now();
    QCOMPARE(limits.take(kAccount, one, {}, now), 0ms);
    QCOMPARE(limits.take(kAccount, one, {}, now), 0ms);
    QVERIFY(limits.take(kAccount, one, {}, now) > 0ms);
    QCOMPARE(limits.take(kAccount, other, {}, now) > 0ms, together);
}

void HubActionLimitsTest::waitingHelps()
{
    ActionLimits limits(strict());
    auto now = ActionLimits::Time::clock::now();
    for (int i = 0; i < 3; ++i)
        QCOMPARE(limits.take(kSub, L("192.0.2.1"), L("usrA"), now), 0ms);
    const auto wait = limits.take(kSub, L("192.0.2.1"), L("usrA"), now);
    QVERIFY(wait > 0ms);
    QCOMPARE(limits.take(kSub, L("192.0.2.1"), L("usrB"), now), 0ms);
    now += wait;
    QCOMPARE(limits.take(kSub, L("192.0.2.1"), L("usrA"), now), 0ms);
}

QTEST_GUILESS_MAIN(HubActionLimitsTest)
#include "tst_hubactionlimits.moc"
