#include "store/seqranges.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

using namespace confab;

namespace {

constexpr int kSpace = 40; // small, so that ranges meet often

bool areTidy(const QList<SeqRange> &ranges)
{
    for (int i = 0; i < ranges.size(); ++i) {
        if (ranges.at(i).low >= ranges.at(i).hi)
            return false;
        if (i > 0 && ranges.at(i - 1).hi >= ranges.at(i).low)
            return false;
    }
    return true;
}

QSet<Seq> members(const QList<SeqRange> &ranges)
{
    QSet<Seq> result;
    for (const SeqRange &range : ranges) {
        for (Seq seq = range.low; seq < range.hi; ++seq)
            result.insert(seq);
    }
    return result;
}

SeqRange anyRange(QRandomGenerator &random)
{
    const int low = random.bounded(1, kSpace);
    return {low, low + random.bounded(-2, 9)}; // now and then empty or inverted
}

}

class TestSeqRanges : public QObject
{
    Q_OBJECT

private slots:
    void neighboursBecomeOneRange();
    void removingTheMiddleLeavesBothEnds();
    void emptyAndInvertedRangesChangeNothing();
    void holesComeHighestFirst();
    void anythingUnknownIsOneHole();
    void behavesAsASetOfNumbers_data();
    void behavesAsASetOfNumbers();
};

void TestSeqRanges::neighboursBecomeOneRange()
{
    SeqRanges ranges;
    ranges.add({1, 4});
    ranges.add({6, 9});
    ranges.add({4, 6});
    QCOMPARE(ranges.ranges(), (QList<SeqRange>{{1, 9}}));
}

void TestSeqRanges::removingTheMiddleLeavesBothEnds()
{
    SeqRanges ranges;
    ranges.add({1, 10});
    ranges.remove({4, 6});
    QCOMPARE(ranges.ranges(), (QList<SeqRange>{{1, 4}, {6, 10}}));
    QVERIFY(ranges.contains(3));
    QVERIFY(!ranges.contains(4));
    QVERIFY(!ranges.contains(5));
    QVERIFY(ranges.contains(6));
}

void TestSeqRanges::emptyAndInvertedRangesChangeNothing()
{
    SeqRanges ranges;
    ranges.add({5, 5});
    ranges.add({5, 2});
    QVERIFY(ranges.isEmpty());
    ranges.add({1, 9});
    ranges.remove({5, 5});
    ranges.remove({5, 2});
    QCOMPARE(ranges.ranges(), (QList<SeqRange>{{1, 9}}));
}

void TestSeqRanges::holesComeHighestFirst()
{
    SeqRanges ranges;
    ranges.add({3, 5});
    ranges.add({8, 9});
    QCOMPARE(ranges.holes({1, 12}), (QList<SeqRange>{{9, 12}, {5, 8}, {1, 3}}));
    QCOMPARE(ranges.holes({4, 9}), (QList<SeqRange>{{5, 8}}));
    QVERIFY(ranges.holes({3, 5}).isEmpty());
    QVERIFY(ranges.holes({7, 7}).isEmpty());
}

void TestSeqRanges::anythingUnknownIsOneHole()
{
    QCOMPARE(SeqRanges().holes({1, 100}), (QList<SeqRange>{{1, 100}}));
}

void TestSeqRanges::behavesAsASetOfNumbers_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 200; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestSeqRanges::behavesAsASetOfNumbers()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    SeqRanges ranges;
    QSet<Seq> naive;
    for (int step = 0; step < 60; ++step) {
        const SeqRange range = anyRange(random);
        const bool adding = random.bounded(3) > 0;
        if (adding) {
            ranges.add(range);
            naive.unite(members({range}));
        } else {
            ranges.remove(range);
            naive.subtract(members({range}));
        }
        QVERIFY(areTidy(ranges.ranges()));
        QCOMPARE(members(ranges.ranges()), naive);
        for (Seq seq = 0; seq < kSpace + 10; ++seq)
            QCOMPARE(ranges.contains(seq), naive.contains(seq));
        const SeqRange window = anyRange(random);
        QCOMPARE(members(ranges.holes(window)), members({window}).subtract(naive));
    }
}

QTEST_GUILESS_MAIN(TestSeqRanges)
#include "tst_seqranges.moc"
