#include "wire/accessmode.h"

#include <QTest>

using namespace confab::wire;
using namespace Qt::Literals::StringLiterals;

class AccessModeTest : public QObject
{
    Q_OBJECT

private slots:
    void everyModeSurvivesItsText();
    void everyDeltaLeadsFromOneModeToTheOther();
    void lettersAreInTheProtocolsOrder();
    void noRightsAreWrittenAsN();
    void lettersMayComeInAnyOrderAndCase();
    void whatIsNoModeIsRefused_data();
    void whatIsNoModeIsRefused();
    void deltasAreApplied_data();
    void deltasAreApplied();
    void aDeltaTellsOnlyTheDifference();
    void effectiveRightsAreWantedAndGiven();
};

namespace {

constexpr int kAllModes = 256;

AccessMode mode(int bits)
{
    return AccessMode(bits);
}

}

void AccessModeTest::everyModeSurvivesItsText()
{
    for (int bits = 0; bits < kAllModes; ++bits)
        QCOMPARE(parseAccess(formatAccess(mode(bits))), mode(bits));
}

void AccessModeTest::everyDeltaLeadsFromOneModeToTheOther()
{
    for (int from = 0; from < kAllModes; ++from) {
        for (int to = 0; to < kAllModes; ++to) {
            if (applyAccessDelta(mode(from), accessDelta(mode(from), mode(to))) != mode(to))
                QFAIL(qPrintable(formatAccess(mode(from)) + u" to "_s + formatAccess(mode(to))));
        }
    }
}

void AccessModeTest::lettersAreInTheProtocolsOrder()
{
    QCOMPARE(formatAccess(mode(255)), u"JRWPASDO"_s);
    QCOMPARE(formatAccess(Access::Owner | Access::Join | Access::Write), u"JWO"_s);
}

void AccessModeTest::noRightsAreWrittenAsN()
{
    QCOMPARE(formatAccess({}), u"N"_s);
    QCOMPARE(parseAccess(u"N"), AccessMode());
}

void AccessModeTest::lettersMayComeInAnyOrderAndCase()
{
    QCOMPARE(parseAccess(u"ojW"), Access::Owner | Access::Join | Access::Write);
    QCOMPARE(parseAccess(u"n"), AccessMode());
}

void AccessModeTest::whatIsNoModeIsRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("an unknown letter") << u"JRX"_s;
    QTest::newRow("N beside others") << u"JN"_s;
    QTest::newRow("N twice") << u"NN"_s;
    QTest::newRow("a sign") << u"+J"_s;
    QTest::newRow("a blank") << u"J R"_s;
    QTest::newRow("a letter that folds to none of ours") << u"\u017f"_s;
}

void AccessModeTest::whatIsNoModeIsRefused()
{
    QFETCH(QString, text);
    QCOMPARE(parseAccess(text), std::nullopt);
}

void AccessModeTest::deltasAreApplied_data()
{
    QTest::addColumn<QString>("delta");
    QTest::addColumn<std::optional<AccessMode>>("result"); // from JRP
    const AccessMode base = Access::Join | Access::Read | Access::Presence;
    using Result = std::optional<AccessMode>;
    QTest::newRow("no change") << QString() << Result(base);
    QTest::newRow("one more") << u"+W"_s << Result(base | Access::Write);
    QTest::newRow("one less") << u"-P"_s << Result(Access::Join | Access::Read);
    QTest::newRow("more and less")
        << u"+WA-JP"_s << Result(Access::Read | Access::Write | Access::Approve);
    QTest::newRow("in turns") << u"-P+P"_s << Result(base);
    QTest::newRow("a full mode") << u"RW"_s << Result(Access::Read | Access::Write);
    QTest::newRow("nothing at all") << u"N"_s << Result(AccessMode());
    QTest::newRow("a lone sign") << u"+"_s << Result();
    QTest::newRow("a trailing sign") << u"+W-"_s << Result();
    QTest::newRow("two signs") << u"+-W"_s << Result();
    QTest::newRow("letters before a sign") << u"J+W"_s << Result();
    QTest::newRow("an unknown letter") << u"+X"_s << Result();
    QTest::newRow("N in a delta") << u"+N"_s << Result();
}

void AccessModeTest::deltasAreApplied()
{
    QFETCH(QString, delta);
    QFETCH(std::optional<AccessMode>, result);
    QCOMPARE(applyAccessDelta(Access::Join | Access::Read | Access::Presence, delta), result);
}

void AccessModeTest::aDeltaTellsOnlyTheDifference()
{
    QCOMPARE(accessDelta(Access::Join | Access::Read, Access::Join | Access::Write), u"+W-R"_s);
    QCOMPARE(accessDelta(Access::Join, Access::Join), QString());
}

void AccessModeTest::effectiveRightsAreWantedAndGiven()
{
    const Acs acs{Access::Join | Access::Read | Access::Owner,
                  Access::Join | Access::Read | Access::Write};
    QCOMPARE(acs.mode(), Access::Join | Access::Read);
    QVERIFY(acs.has(Access::Read));
    QVERIFY(!acs.has(Access::Write));
    QVERIFY(!acs.has(Access::Owner));
}

QTEST_GUILESS_MAIN(AccessModeTest)
#include "tst_accessmode.moc"
