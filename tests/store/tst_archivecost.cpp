#include "storesamples.h"

#include "store/archive/archiveworker.h"
#include "store/archive/messagecache.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sqlite3.h>

using namespace confab;
using namespace confab::samples;
using namespace Qt::StringLiterals;

namespace {

constexpr int kTopics = 20;

TopicName topicName(int topic)
{
    return u"grpCost%1"_qs.arg(topic, 6, 10, QLatin1Char('0'));
}

/// Every tenth says tea; each has a word of its own.
QList<Message> messages(int count)
{
    QList<Message> result;
    for (Seq seq = 1; seq <= count; ++seq)
        result.append(message(seq, u"word%1 about %2"_qs.arg(seq).arg(seq % 10 == 0 ? u"tea"_qs : u"milk"_qs)));
    return result;
}

bool takeIn(MessageCache &cache)
{
    while (!cache.isIndexed()) {
        if (!cache.indexSome([] { return false; }))
            return false;
    }
    return true;
}

bool fill(MessageCache &cache, int each)
{
    return cache.together([&] {
        for (int topic = 0; topic < kTopics; ++topic) {
            if (!cache.saveMessages(topicName(topic), messages(each)))
                return false;
        }
        return true;
    }) && takeIn(cache);
}

SqlCost operator-(const SqlCost &now, const SqlCost &before)
{
    return {now.statements - before.statements, now.transactions - before.transactions,
            now.scanned - before.scanned, now.steps - before.steps};
}

SearchPage find(MessageCache &cache, const QString &typed)
{
    SearchPage page;
    takeIn(cache);
    page.query = parseSearch(typed, TopicList());
    if (!cache.find(page, 50, [] { return false; }))
        page.total = -2;
    return page;
}

/// An archive with so many messages in each of its topics.
struct Filled {
    explicit Filled(int each)
        : cache(directory.path())
    {
        ok = cache.open() && fill(cache, each);
    }

    SqlCost costOfPage(Seq before)
    {
        ArchivePage page;
        page.topic = topicName(3);
        page.before = before;
        const SqlCost start = cache.cost();
        ok = ok && cache.loadPage(page, 50) && page.messages.size() == 50;
        return cache.cost() - start;
    }

    QTemporaryDir directory;
    MessageCache cache;
    bool ok = false;
};

}

/// What the archive asks of SQLite: counted, for clocks on busy machines tell little.
class TestArchiveCost : public QObject
{
    Q_OBJECT

private slots:
    void aPageTakesFourStatements();
    void aPageCostsTheSameInALongHistory();
    void aSearchScansNoTable_data();
    void aSearchScansNoTable();
    void theNewestHitsCostTheSameInALongHistory();
    void messagesOfOneTurnShareATransaction();
    void aChangeThatFailsTakesNoOtherWithIt();
    void aFailureLeavesNothingBehind();
    void whatChangesTwiceInATransactionIsFoundOnce();
    void chatsKeepTheOrderInWhichTheyCame();
    void anArchiveAtRestLetsGoOfMemoryOnce();
    void aBurstWithinASecondCostsTheSameToItsEnd();
};

void TestArchiveCost::anArchiveAtRestLetsGoOfMemoryOnce()
{
    const QTemporaryDir directory;
    ArchiveWorker worker(directory.path(), std::chrono::milliseconds(50));
    worker.post([](ArchiveWorker &one) { one.open(); });
    for (int topic = 0; topic < kTopics; ++topic) {
        worker.write([=](MessageCache &cache) {
            return cache.saveMessages(topicName(topic), messages(600));
        });
    }
    qint64 busy = 0;
    worker.post([&busy](ArchiveWorker &) { busy = sqlite3_memory_used(); });
    QTRY_VERIFY(busy > 0);
    QTRY_VERIFY(sqlite3_memory_used() < busy / 4);
    const QList<QTimer *> timers = worker.findChildren<QTimer *>();
    QVERIFY(!timers.isEmpty());
    for (const QTimer *timer : timers)
        QVERIFY(!timer->isActive());

    QSignalSpy loaded(&worker, &ArchiveWorker::pageLoaded);
    worker.post([](ArchiveWorker &one) { one.loadPage(topicName(3), 0, 50); });
    QTRY_COMPARE(loaded.size(), 1);
    QCOMPARE(loaded[0][0].value<ArchivePage>().messages.size(), 50);
}

void TestArchiveCost::aPageTakesFourStatements()
{
    Filled filled(200);
    filled.costOfPage(0); // learns the names of senders
    const SqlCost cost = filled.costOfPage(150);
    QVERIFY(filled.ok);
    QCOMPARE(cost.statements, 4); // messages, edits, reactions, what is known
    QCOMPARE(cost.transactions, 0);
    QCOMPARE(cost.scanned, 0);
}

void TestArchiveCost::aPageCostsTheSameInALongHistory()
{
    Filled brief(100);
    Filled longer(2000);
    brief.costOfPage(0);
    longer.costOfPage(0);
    QCOMPARE(longer.costOfPage(0).steps, brief.costOfPage(0).steps);
    QCOMPARE(longer.costOfPage(90).steps, brief.costOfPage(90).steps);
    QVERIFY(brief.ok && longer.ok);
}

void TestArchiveCost::aSearchScansNoTable_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("hits");
    QTest::newRow("a word of few messages") << u"word77"_qs << 20;
    QTest::newRow("a word of many") << u"tea"_qs << 50;
    QTest::newRow("two words") << u"about tea"_qs << 50;
    QTest::newRow("a phrase") << u"\"word77 about\""_qs << 20;
    QTest::newRow("a part") << u"ilk"_qs << 50;
    QTest::newRow("nothing") << u"absent"_qs << 0;
    QTest::newRow("a day") << u"after:2023-01-01"_qs << 50;
}

void TestArchiveCost::aSearchScansNoTable()
{
    QFETCH(const QString, typed);
    QFETCH(const int, hits);
    Filled filled(100);
    QVERIFY(filled.ok);
    const SqlCost start = filled.cache.cost();
    QCOMPARE(int(find(filled.cache, typed).hits.size()), hits);
    const SqlCost cost = filled.cache.cost() - start;
    QCOMPARE(cost.scanned, 0);
    QCOMPARE(cost.transactions, 1); // the file is locked once
    // For each word, where it begins and where it is a part; then the hits, their chats and people.
    QVERIFY2(cost.statements <= 5 + kTopics + 1, qPrintable(QString::number(cost.statements)));
}

void TestArchiveCost::theNewestHitsCostTheSameInALongHistory()
{
    Filled brief(1000);
    Filled longer(3000);
    QVERIFY(brief.ok && longer.ok);
    const auto costOf = [](MessageCache &cache) {
        const SqlCost start = cache.cost();
        return find(cache, u"\"tea\""_qs).hits.size() == 50 ? (cache.cost() - start).steps : -1;
    };
    const qint64 cost = costOf(brief.cache);
    QVERIFY(cost > 0);
    QCOMPARE(costOf(longer.cache), cost);
}

void TestArchiveCost::messagesOfOneTurnShareATransaction()
{
    const QTemporaryDir directory;
    ArchiveWorker worker(directory.path());
    QSignalSpy opened(&worker, &ArchiveWorker::opened);
    worker.open();
    QCOMPARE(opened.count(), 1);
    const SqlCost start = worker.cacheCost();
    for (Seq seq = 1; seq <= 100; ++seq) {
        for (int topic = 0; topic < kTopics; ++topic) {
            worker.write([=](MessageCache &cache) {
                return cache.saveMessages(topicName(topic), {message(seq)});
            });
        }
    }
    QSignalSpy reached(&worker, &ArchiveWorker::reached);
    worker.post([](ArchiveWorker &one) { emit one.reached(1); });
    QTRY_COMPARE(reached.count(), 1);
    QVERIFY((worker.cacheCost() - start).transactions
        <= 2); // the words may have followed in one of their own

    QSignalSpy loaded(&worker, &ArchiveWorker::pageLoaded);
    worker.loadPage(topicName(kTopics - 1), 0, 200);
    const ArchivePage page = loaded.first().first().value<ArchivePage>();
    QCOMPARE(int(page.messages.size()), 100);
    QCOMPARE(page.known.ranges(), (QList<SeqRange>{{1, 101}}));
}

void TestArchiveCost::aChangeThatFailsTakesNoOtherWithIt()
{
    const QTemporaryDir directory;
    ArchiveWorker worker(directory.path());
    worker.open();
    QSignalSpy failed(&worker, &ArchiveWorker::failed);
    const auto save = [](Seq seq) {
        return [seq](MessageCache &cache) { return cache.saveMessages(topicName(1), {message(seq)}); };
    };
    worker.write(save(1));
    worker.write([](MessageCache &) { return false; });
    worker.write(save(2));
    QTRY_COMPARE(failed.count(), 1);
    QSignalSpy loaded(&worker, &ArchiveWorker::pageLoaded);
    worker.loadPage(topicName(1), 0, 50);
    QCOMPARE(int(loaded.first().first().value<ArchivePage>().messages.size()), 2);
}

void TestArchiveCost::aFailureLeavesNothingBehind()
{
    const QTemporaryDir directory;
    MessageCache cache(directory.path());
    QVERIFY(cache.open());
    QVERIFY(!cache.together([&] {
        cache.saveMessages(topicName(1), {message(1, u"tea"_qs)});
        cache.saveKnown(topicName(1), {5, 9});
        return false;
    }));
    // The number of the chat was given back, too: it is made anew.
    QVERIFY(cache.saveMessages(topicName(2), {message(1, u"milk"_qs)}));
    QVERIFY(cache.saveMessages(topicName(1), {message(2, u"milk"_qs)}));
    ArchivePage page;
    page.topic = topicName(1);
    QVERIFY(cache.loadPage(page, 50));
    QCOMPARE(page.messages, QList<Message>{message(2, u"milk"_qs)});
    QCOMPARE(page.known.ranges(), (QList<SeqRange>{{2, 3}}));
    QVERIFY(find(cache, u"tea"_qs).hits.isEmpty());
    QCOMPARE(find(cache, u"milk"_qs).total, 2);
}

void TestArchiveCost::whatChangesTwiceInATransactionIsFoundOnce()
{
    const QTemporaryDir directory;
    MessageCache cache(directory.path());
    QVERIFY(cache.open());
    const TopicName topic = topicName(1);
    QVERIFY(cache.together([&] {
        return cache.saveMessages(topic, {message(1, u"coffee"_qs), message(2, u"water"_qs)})
            && cache.saveMessages(topic, {edit(3, 1, u"juice"_qs)})
            && cache.saveMessages(topic, {edit(4, 1, u"milk"_qs)})
            && cache.removeMessages(topic, {{2, 3}});
    }));
    QCOMPARE(find(cache, u"milk"_qs).total, 1);
    QCOMPARE(find(cache, u"coffee"_qs).total, 0);
    QCOMPARE(find(cache, u"juice"_qs).total, 0);
    QCOMPARE(find(cache, u"water"_qs).total, 0);
    QVERIFY(cache.together([&] {
        return cache.saveMessages(topic, {edit(5, 1, u"soup"_qs)})
            && cache.removeMessages(topic, {{5, 6}});
    }));
    QCOMPARE(find(cache, u"milk"_qs).total, 1);
    QCOMPARE(find(cache, u"soup"_qs).total, 0);
}

void TestArchiveCost::aBurstWithinASecondCostsTheSameToItsEnd()
{
    const QTemporaryDir directory;
    MessageCache cache(directory.path());
    QVERIFY(cache.open());
    const QDateTime second(QDate(2026, 3, 20), QTime(10, 0), Qt::UTC);
    Seq seq = 0;
    const auto costOfMore = [&](int count) {
        QList<Message> more;
        for (int i = 0; i < count; ++i) {
            more.append(message(++seq, u"the same words"_qs));
            more.last().ts = second;
        }
        const SqlCost start = cache.cost();
        return cache.saveMessages(topicName(1), more) && takeIn(cache) ? (cache.cost() - start).steps : -1;
    };
    QVERIFY(costOfMore(300) > 0); // more than a second has rows for
    const qint64 early = costOfMore(100);
    QVERIFY(costOfMore(3000) > 0);
    const qint64 late = costOfMore(100);
    QVERIFY2(late < 2 * early, qPrintable(u"%1 steps, then %2"_qs.arg(early).arg(late)));
    QCOMPARE(int(find(cache, u"same"_qs).hits.size()), 50);
}

void TestArchiveCost::chatsKeepTheOrderInWhichTheyCame()
{
    const QTemporaryDir directory;
    MessageCache cache(directory.path());
    QVERIFY(cache.open());
    QVERIFY(cache.together([&] {
        for (int topic = kTopics; topic > 0; --topic) {
            TopicInfo info;
            info.name = topicName(topic);
            if (!cache.saveTopic(info))
                return false;
        }
        return true;
    }));
    ArchiveSnapshot snapshot;
    QVERIFY(cache.load(snapshot));
    QCOMPARE(int(snapshot.topics.size()), kTopics);
    for (int topic = kTopics; topic > 0; --topic)
        QCOMPARE(snapshot.topics.at(kTopics - topic).name, topicName(topic));
}

QTEST_GUILESS_MAIN(TestArchiveCost)
#include "tst_archivecost.moc"
