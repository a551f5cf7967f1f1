#include "archivefixture.h"
#include "store/search/hitmarker.h"
#include "storesamples.h"

#include <QRandomGenerator>
#include <QSqlDatabase>
#include <QSqlQuery>

using namespace confab;
using namespace confab::samples;

namespace {

const TopicName kTeam = u"grpTeam0000001"_qs;

/// An archive that one can ask as a person does.
class SearchFixture : public ArchiveFixture
{
public:
    SearchFixture()
    {
        topics.setSelf(kAlice, {});
        add(kBob, u"Bob"_qs);
        add(kTeam, u"Team"_qs);
    }

    SearchPage find(const QString &typed, qint64 before = 0, int limit = 50)
    {
        QSignalSpy searched(&archive(), &Archive::searched);
        archive().search(SearchPlace::Account, parseSearch(typed, topics), before, limit);
        settle();
        return searched.isEmpty() ? SearchPage() : searched.last().first().value<SearchPage>();
    }

    /// "topic:seq" of all hits, newest first, page by page.
    QStringList hits(const QString &typed, int limit = 50)
    {
        QStringList result;
        qint64 before = 0;
        const bool complete = QTest::qWaitFor([this] { return !find(u"absent"_qs).indexing; });
        if (!complete)
            result.append(u"still indexing"_qs);
        do {
            const SearchPage page = find(typed, before, limit);
            for (const SearchHit &hit : page.hits)
                result.append(hit.topic.left(3) + QString::number(hit.seq));
            before = page.next;
        } while (before != 0);
        return result;
    }

    TopicList topics;

private:
    void add(const TopicName &name, const QString &title)
    {
        TopicInfo info;
        info.name = name;
        info.card.name = title;
        topics.add(info);
    }
};

}

class TestSearch : public QObject
{
    Q_OBJECT

private slots:
    void findsWhatWasWritten_data();
    void findsWhatWasWritten();
    void newestComeFirstAcrossChats();
    void pagesContinueWhereTheLastOneEnded();
    void filtersNarrowTheSearch();
    void theCountIsOfAllPages();
    void anEditIsFoundInPlaceOfWhatItReplaces();
    void anEditBeforeItsOriginalIsFoundOnceThatComes();
    void aDeletedEditBringsTheOldWordsBack();
    void reactionsAreNoHits();
    void wordsAreTakenInWithoutBeingAskedFor();
    void whatIsDeletedIsNotFoundNorKept();
    void aMessageSavedTwiceIsFoundOnce();
    void manyMessagesOfOneSecondAreAllFound();
    void commonPartsAreFoundByComparing();
    void wordsWithAPartSeveralTimesAreFoundOnce();
    void partsOfWordsFromAnOlderFileAreFound();
    void aNewSearchTakesTheOldOnesPlace();
    void anArchiveWithoutIndexIsTakenIn();
    void theIndexAgreesWithTheTexts_data();
    void theIndexAgreesWithTheTexts();
    void noQueryBreaksTheSyntax();
};

void TestSearch::findsWhatWasWritten_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("found");
    QTest::newRow("case and accents") << u"Eine Crème für Zoë"_qs << u"creme zoe"_qs << true;
    QTest::newRow("all words are needed") << u"red green"_qs << u"red blue"_qs << false;
    QTest::newRow("begin of a word") << u"backoff"_qs << u"back"_qs << true;
    QTest::newRow("two letters that begin a word") << u"backoff"_qs << u"ba"_qs << true;
    QTest::newRow("middle of a word") << u"Dampfschifffahrt"_qs << u"schiff"_qs << true;
    QTest::newRow("end of a word") << u"Dampfschifffahrt"_qs << u"fahrt"_qs << true;
    QTest::newRow("exact word is not a part") << u"carpet"_qs << u"\"car\""_qs << false;
    QTest::newRow("phrase") << u"to be or not"_qs << u"\"or not\""_qs << true;
    QTest::newRow("phrase in another order") << u"to be or not"_qs << u"\"not or\""_qs << false;
    QTest::newRow("joined words") << u"an e-mail came"_qs << u"e-ma"_qs << true;
    QTest::newRow("two Chinese characters") << u"我爱北京天安门"_qs << u"北京"_qs << true;
    QTest::newRow("one Chinese character") << u"我爱北京"_qs << u"京"_qs << true;
    QTest::newRow("four Chinese characters") << u"我爱北京天安门"_qs << u"北京天安"_qs << true;
    QTest::newRow("characters that are apart") << u"北京和天安门"_qs << u"北京天安"_qs << false;
    QTest::newRow("Japanese") << u"お元気ですか"_qs << u"元気"_qs << true;
    QTest::newRow("Arabic without points") << u"مُحَمَّد"_qs << u"محمد"_qs << true;
    QTest::newRow("emoji") << u"done 🎉"_qs << u"🎉"_qs << true;
    QTest::newRow("nothing typed") << u"text"_qs << u""_qs << false;
}

void TestSearch::findsWhatWasWritten()
{
    QFETCH(QString, text);
    QFETCH(QString, typed);
    QFETCH(bool, found);
    SearchFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob, {message(1, u"something else"_qs), message(2, text)});
    const SearchPage page = fixture.find(typed);
    QCOMPARE(page.hits.size(), found ? 1 : 0);
    QVERIFY(!found || page.hits.first().seq == 2);
    const QString hit = found ? QString::fromUtf8(page.hits.first().text) : QString();
    QVERIFY(!found || !HitMarker(page.query).marks(hit).isEmpty());
    QVERIFY(fixture.failures().isEmpty());
}

void TestSearch::newestComeFirstAcrossChats()
{
    SearchFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kTeam, {message(5, u"tea"_qs), message(8, u"tea"_qs)});
    fixture.archive().saveMessages(kBob, {message(6, u"tea"_qs), message(9, u"tea"_qs)});
    fixture.archive().saveMessages(kTeam, {message(2, u"tea"_qs)}); // older ones come later
    QCOMPARE(fixture.hits(u"tea"_qs),
        (QStringList{u"usr9"_qs, u"grp8"_qs, u"usr6"_qs, u"grp5"_qs, u"grp2"_qs}));
}

void TestSearch::pagesContinueWhereTheLastOneEnded()
{
    SearchFixture fixture;
    QVERIFY(fixture.open());
    QList<Message> messages;
    for (Seq seq = 1; seq <= 23; ++seq)
        messages.append(message(seq, u"tea %1"_qs.arg(seq)));
    fixture.archive().saveMessages(kBob, messages);
    const QStringList all = fixture.hits(u"tea"_qs, 100);
    QCOMPARE(all.size(), 23);
    QCOMPARE(fixture.hits(u"tea"_qs, 5), all);
    QCOMPARE(fixture.hits(u"tea"_qs, 23), all);
}

void TestSearch::filtersNarrowTheSearch()
{
    SearchFixture fixture;
    QVERIFY(fixture.open());
    Message picture = message(3, u"tea"_qs, kBob);
    picture.content = wire::JsonBlob::fromBytes(R"({"txt":" tea","ent":[{"tp":"IM","data":{}}]})");
    fixture.archive().saveMessages(kBob,
        {message(1, u"tea"_qs, kAlice), message(2, u"tea at https://example.org"_qs, kBob),
            picture});
    Message late = message(200'000, u"tea"_qs, kBob); // more than two days later
    fixture.archive().saveMessages(kTeam, {late});
    QCOMPARE(fixture.hits(u"tea from:me"_qs), QStringList{u"usr1"_qs});
    QCOMPARE(fixture.hits(u"tea in:team"_qs), QStringList{u"grp200000"_qs});
    QCOMPARE(fixture.hits(u"in:bob from:bob"_qs), (QStringList{u"usr3"_qs, u"usr2"_qs}));
    QCOMPARE(fixture.hits(u"has:image"_qs), QStringList{u"usr3"_qs});
    QCOMPARE(fixture.hits(u"has:link tea"_qs), QStringList{u"usr2"_qs});
    const QString day = timeOf(200'000).toLocalTime().date().toString(Qt::ISODate);
    QCOMPARE(fixture.hits(u"before:"_qs + day), (QStringList{u"usr3"_qs, u"usr2"_qs, u"usr1"_qs}));
    const QString dayBefore
        = timeOf(200'000).toLocalTime().date().addDays(-1).toString(Qt::ISODate);
    QCOMPARE(fixture.hits(u"tea after:"_qs + dayBefore), QStringList{u"grp200000"_qs});
    QCOMPARE(fixture.hits(u"tea in:nowhere"_qs), QStringList());
}

void TestSearch::theCountIsOfAllPages()
{
    SearchFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(
        kBob, {message(1, u"tea"_qs), message(2, u"tea"_qs), message(3, u"tea"_qs)});
    QSignalSpy counted(&fixture.archive(), &Archive::counted);
    QCOMPARE(fixture.find(u"tea"_qs, 0, 2).total, -1); // the hits don't wait for the count
    QVERIFY(fixture.settle());
    QCOMPARE(counted.size(), 1);
    QCOMPARE(counted.first().at(2).toInt(), 3);
    QCOMPARE(fixture.find(u"tea"_qs, 0, 10).total, 3);
    QCOMPARE(fixture.find(u"coffee"_qs).total, 0);
    QVERIFY(fixture.settle());
    QCOMPARE(counted.size(), 1);
}

void TestSearch::anEditIsFoundInPlaceOfWhatItReplaces()
{
    SearchFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob, {message(1, u"tea"_qs)});
    fixture.archive().saveMessages(
        kBob, {edit(2, 1, u"coffee"_qs), edit(3, 1, u"forged"_qs, kBob)});
    fixture.archive().saveMessages(kBob, {edit(5, 1, u"cocoa"_qs), edit(4, 1, u"water"_qs)});
    QCOMPARE(fixture.hits(u"cocoa"_qs), QStringList{u"usr1"_qs});
    QCOMPARE(fixture.find(u"cocoa"_qs).hits.first().text, QByteArray("cocoa"));
    for (const QString &old : {u"tea"_qs, u"coffee"_qs, u"water"_qs, u"forged"_qs})
        QCOMPARE(fixture.hits(old), QStringList());
}

void TestSearch::anEditBeforeItsOriginalIsFoundOnceThatComes()
{
    SearchFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob, {edit(5, 1, u"cocoa"_qs)});
    QCOMPARE(fixture.hits(u"cocoa"_qs), QStringList());
    fixture.archive().saveMessages(kBob, {message(1, u"tea"_qs), message(2, u"other"_qs)});
    QCOMPARE(fixture.hits(u"cocoa"_qs), QStringList{u"usr1"_qs});
    QCOMPARE(fixture.hits(u"tea"_qs), QStringList());
}

void TestSearch::reactionsAreNoHits()
{
    SearchFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob, {message(1, u"well 🎉"_qs), reaction(2, 1, u"🎉"_qs)});
    QCOMPARE(fixture.hits(u"🎉"_qs), QStringList{u"usr1"_qs});
}

void TestSearch::wordsAreTakenInWithoutBeingAskedFor()
{
    SearchFixture fixture;
    QVERIFY(fixture.open());
    QList<Message> many;
    for (Seq seq = 1; seq <= 4000; ++seq)
        many.append(message(seq, u"tea %1"_qs.arg(seq)));
    fixture.archive().saveMessages(kBob, many);
    // At once: the first thousand, which takes a few milliseconds, and word that there are more.
    const SearchPage first = fixture.find(u"tea"_qs);
    QCOMPARE(first.hits.size(), 50);
    QTRY_VERIFY(!fixture.find(u"absent"_qs).indexing);
    QCOMPARE(fixture.find(u"tea"_qs).hits.first().seq, 4000);
    // The next start goes on where this one was stopped.
    many.clear();
    for (Seq seq = 4001; seq <= 5000; ++seq)
        many.append(message(seq, u"soup"_qs));
    fixture.archive().saveMessages(kBob, many);
    fixture.endThread();
    fixture.thread().start();
    QVERIFY(fixture.open());
    QTRY_VERIFY(!fixture.find(u"absent"_qs).indexing);
    QCOMPARE(fixture.hits(u"soup"_qs, 500).size(), 1000);
}

void TestSearch::aDeletedEditBringsTheOldWordsBack()
{
    SearchFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob, {message(1, u"tea"_qs), edit(2, 1, u"cocoa"_qs)});
    fixture.archive().removeMessages(kBob, {{2, 3}});
    QCOMPARE(fixture.hits(u"tea"_qs), QStringList{u"usr1"_qs});
    QCOMPARE(fixture.hits(u"cocoa"_qs), QStringList());
}

void TestSearch::whatIsDeletedIsNotFoundNorKept()
{
    SearchFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(
        kBob, {message(1, u"secret word"_qs), message(2, u"other word"_qs)});
    fixture.archive().saveMessages(kTeam, {message(1, u"tea"_qs)});
    fixture.archive().removeMessages(kBob, {{1, 2}});
    fixture.archive().removeTopic(kTeam);
    QCOMPARE(fixture.hits(u"secret"_qs), QStringList());
    QCOMPARE(fixture.hits(u"tea"_qs), QStringList());
    QCOMPARE(fixture.hits(u"word"_qs), QStringList{u"usr2"_qs});
    fixture.endThread();
    QStringList words;
    {
        QSqlDatabase file = QSqlDatabase::addDatabase(u"QSQLITE"_qs, u"look"_qs);
        file.setDatabaseName(fixture.folder() + u"/archive.db"_qs);
        QVERIFY(file.open());
        QSqlQuery query(u"SELECT word FROM words ORDER BY word"_qs, file);
        while (query.next())
            words.append(query.value(0).toString());
    }
    QSqlDatabase::removeDatabase(u"look"_qs);
    QCOMPARE(words, (QStringList{u"other"_qs, u"word"_qs}));
}

void TestSearch::aMessageSavedTwiceIsFoundOnce()
{
    SearchFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob, {message(1, u"tea"_qs)});
    fixture.archive().saveMessages(kBob, {message(1, u"other"_qs), message(2, u"more tea"_qs)});
    QCOMPARE(fixture.hits(u"tea"_qs), (QStringList{u"usr2"_qs, u"usr1"_qs}));
    QCOMPARE(fixture.hits(u"other"_qs), QStringList());
}

void TestSearch::manyMessagesOfOneSecondAreAllFound()
{
    SearchFixture fixture;
    QVERIFY(fixture.open());
    const auto flood = [](Seq low, Seq hi, const QDateTime &ts) {
        QList<Message> messages;
        for (Seq seq = low; seq < hi; ++seq) {
            messages.append(message(seq, u"flood"_qs));
            messages.last().ts = ts;
        }
        return messages;
    };
    fixture.archive().saveMessages(kBob, flood(1000, 1700, timeOf(100)));
    fixture.archive().saveMessages(kBob, {message(2000, u"flood"_qs)});
    fixture.archive().saveMessages(kBob, flood(300, 1000, timeOf(100)));
    fixture.archive().removeMessages(kBob, {{500, 600}});
    QCOMPARE(fixture.hits(u"flood"_qs).size(), 1301);
    QCOMPARE(fixture.hits(u"flood"_qs).first(), u"usr2000"_qs);
}

void TestSearch::commonPartsAreFoundByComparing()
{
    SearchFixture fixture;
    QVERIFY(fixture.open());
    QList<Message> messages;
    for (Seq seq = 1; seq <= 1200; ++seq)
        messages.append(message(seq, seq % 2 ? u"word%1thing"_qs.arg(seq) : u"other"_qs));
    fixture.archive().saveMessages(kBob, messages);
    const QStringList found = fixture.hits(u"thing"_qs);
    QCOMPARE(found.size(), 600);
    QCOMPARE(found.first(), u"usr1199"_qs);
    QCOMPARE(fixture.hits(u"thing from:alice"_qs, 7), QStringList()); // nobody is called that
    QCOMPARE(fixture.hits(u"thing from:me"_qs, 70), found);
    QCOMPARE(fixture.hits(u"wo"_qs).size(), 600);
}

/// Of 100 words all are asked for; of 170 there are too many rows, and texts are compared. Those with
/// the part once come behind both rows of the others.
void TestSearch::wordsWithAPartSeveralTimesAreFoundOnce()
{
    for (const int count : {100, 170}) {
        SearchFixture fixture;
        QVERIFY(fixture.open());
        QList<Message> messages;
        for (Seq seq = 1; seq <= count; ++seq)
            messages.append(
                message(seq, (seq % 5 == 0 ? u"canary%1 split"_qs : u"banana%1 split"_qs).arg(seq)));
        fixture.archive().saveMessages(kBob, messages);
        QCOMPARE(fixture.hits(u"ana"_qs, 40).size(), count);
        QCOMPARE(fixture.hits(u"ana split"_qs).size(), count);
        QCOMPARE(fixture.hits(u"\"ana\""_qs), QStringList());
    }
}

void TestSearch::aNewSearchTakesTheOldOnesPlace()
{
    SearchFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob, {message(1, u"tea"_qs), message(2, u"teapot"_qs)});
    QSignalSpy searched(&fixture.archive(), &Archive::searched);
    {
        const BusyThread busy(fixture.thread());
        for (const QString &typed : {u"t"_qs, u"te"_qs, u"teap"_qs})
            fixture.archive().search(SearchPlace::Account, parseSearch(typed, fixture.topics));
        fixture.archive().search(SearchPlace::Chat, parseSearch(u"tea"_qs, fixture.topics));
        fixture.archive().search(SearchPlace::Chat, parseSearch(u"pot"_qs, fixture.topics));
        fixture.archive().cancelSearch(SearchPlace::Chat);
    }
    QVERIFY(fixture.settle());
    QCOMPARE(searched.size(), 1);
    QCOMPARE(searched.first().first().value<SearchPage>().hits.size(), 1);
}

void TestSearch::anArchiveWithoutIndexIsTakenIn()
{
    SearchFixture fixture;
    QVERIFY(fixture.open());
    QList<Message> messages;
    for (Seq seq = 1; seq <= 700; ++seq)
        messages.append(message(seq, u"tea %1"_qs.arg(seq)));
    fixture.archive().saveMessages(kBob, messages + QList<Message>{edit(701, 3, u"cocoa"_qs)});
    QVERIFY(fixture.settle());
    fixture.endThread();
    {
        QSqlDatabase file = QSqlDatabase::addDatabase(u"QSQLITE"_qs, u"strip"_qs);
        file.setDatabaseName(fixture.folder() + u"/archive.db"_qs);
        QVERIFY(file.open());
        for (const QString &statement :
            {u"ALTER TABLE topics DROP COLUMN pins"_qs, u"DROP INDEX parts"_qs,
                u"ALTER TABLE messages DROP COLUMN part_of"_qs, u"DROP TABLE to_index"_qs,
                u"DROP TABLE search"_qs, u"DROP TABLE search_rows"_qs, u"DROP TABLE word_parts"_qs,
                u"DROP TABLE words"_qs, u"PRAGMA user_version=1"_qs}) {
            QSqlQuery query(file);
            QVERIFY2(query.exec(statement), qPrintable(statement));
        }
    }
    QSqlDatabase::removeDatabase(u"strip"_qs);
    fixture.thread().start();
    QVERIFY(fixture.open());
    QTRY_VERIFY(!fixture.find(u"tea"_qs).indexing);
    QCOMPARE(fixture.hits(u"tea"_qs, 200).size(), 699);
    QCOMPARE(fixture.hits(u"cocoa"_qs), QStringList{u"usr3"_qs});
}

/// Their list was another table once.
void TestSearch::partsOfWordsFromAnOlderFileAreFound()
{
    SearchFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob,
        {message(1, u"Dampfschifffahrt"_qs),
            message(2, u"\U00020000\u0436\u0443\u043a\u0438 tea"_qs)});
    QVERIFY(fixture.settle());
    QTRY_VERIFY(!fixture.find(u"tea"_qs).indexing);
    fixture.endThread();
    {
        QSqlDatabase file = QSqlDatabase::addDatabase(u"QSQLITE"_qs, u"older"_qs);
        file.setDatabaseName(fixture.folder() + u"/archive.db"_qs);
        QVERIFY(file.open());
        for (const QString &statement : {u"DROP TABLE word_parts"_qs,
                 u"CREATE VIRTUAL TABLE word_parts USING fts5(word, content='words', "
                 "content_rowid='id', detail=none, tokenize='trigram')"_qs,
                 u"PRAGMA user_version=5"_qs}) {
            QSqlQuery query(file);
            QVERIFY2(query.exec(statement), qPrintable(statement));
        }
    }
    QSqlDatabase::removeDatabase(u"older"_qs);
    fixture.thread().start();
    QVERIFY(fixture.open());
    for (const QString &part : {u"mpf"_qs, u"fahrt"_qs, u"dampfschifff"_qs, u"ampfschifffahr"_qs})
        QVERIFY2(fixture.hits(part).size() == 1, qPrintable(part));
    QCOMPARE(fixture.hits(u"\u0443\u043a\u0438"_qs).size(), 1);
    QVERIFY(fixture.hits(u"ampfschifffart"_qs).isEmpty());
}

void TestSearch::theIndexAgreesWithTheTexts_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 5; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

/// Messages, edits and deletions in any order leave the index with what a look at each text finds.
void TestSearch::theIndexAgreesWithTheTexts()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    const QStringList pool{u"tea"_qs, u"teapot"_qs, u"Crème"_qs, u"北京"_qs, u"天安门"_qs, u"🎉"_qs,
        u"dampfschiff"_qs, u"schiff"_qs, u"bananana"_qs};
    const auto text = [&] {
        QString words;
        for (int i = random.bounded(1, 4); i > 0; --i)
            words += pool.at(random.bounded(int(pool.size()))) + u' ';
        return words;
    };
    SearchFixture fixture;
    QVERIFY(fixture.open());
    Timeline mirror;
    for (int step = 0; step < 45; ++step) {
        const Seq seq = random.bounded(1, 40);
        const int what = random.bounded(10);
        if (what < 2) {
            const SeqRange range{seq, seq + random.bounded(1, 4)};
            fixture.archive().removeMessages(kBob, {range});
            mirror.removeDeleted({range});
        } else if (!mirror.known().contains(
                       seq)) { // the archive may hear of a number twice, but alike
            const Message one = what < 5 && seq > 1 ? edit(seq, random.bounded(1, seq), text())
                                                    : message(seq, text());
            fixture.archive().saveMessages(kBob, {one});
            mirror.insert({one});
        }
    }
    QStringList asked{u"tea"_qs, u"\"tea\""_qs, u"creme"_qs, u"京"_qs, u"安门"_qs, u"🎉"_qs,
        u"schiff tea"_qs, u"chif"_qs, u"ana"_qs};
    for (int i = 0; i < 12; ++i) { // one or two parts of what is there, some of them as whole words
        QStringList parts;
        for (int count = random.bounded(1, 3); count > 0; --count) {
            const QList<uint> letters = pool.at(random.bounded(int(pool.size()))).toUcs4();
            const int size = int(letters.size());
            const int least = std::min(3, size); // shorter ones are only found where words begin
            const int begin = random.bounded(size - least + 1);
            const QList<uint> part = letters.mid(begin, random.bounded(least, size - begin + 1));
            parts.append(QString::fromStdU32String({part.begin(), part.end()}));
        }
        const QString mark = random.bounded(4) == 0 ? u"\""_qs : QString();
        asked.append(mark + parts.join(u' ') + mark);
    }
    for (const QString &typed : std::as_const(asked)) {
        HitMarker marker(parseSearch(typed, fixture.topics));
        QSet<QString> expected;
        for (int row = 0; row < mirror.messageCount(); ++row) {
            const QList<SearchTerm> terms = marker.query().terms;
            if (std::all_of(terms.begin(), terms.end(), [&](const SearchTerm &term) {
                    return marker.contains(mirror.message(row).text, term);
                }))
                expected.insert(u"usr"_qs + QString::number(mirror.message(row).seq));
        }
        const QStringList found = fixture.hits(typed, 3);
        QCOMPARE(QSet<QString>(found.begin(), found.end()), expected);
        QCOMPARE(found.size(), expected.size());
    }
    QVERIFY(fixture.failures().isEmpty());
}

void TestSearch::noQueryBreaksTheSyntax()
{
    SearchFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob, {message(1, u"tea NEAR coffee"_qs)});
    QRandomGenerator random(9);
    const QStringList pool{u"\""_qs, u"'"_qs, u"*"_qs, u"^"_qs, u"("_qs, u")"_qs, u":"_qs,
        u"AND"_qs, u"OR"_qs, u"NOT"_qs, u"NEAR"_qs, u"NEAR(a b)"_qs, u"-"_qs, u"words"_qs,
        u"{words}"_qs, u";"_qs, u"--"_qs, u"é"_qs, u"北"_qs, u" "_qs, u"🎉"_qs, u"\\"_qs, u"%"_qs,
        u"\ue000t1"_qs, u"from:"_qs};
    for (int round = 0; round < 200; ++round) {
        QString typed;
        for (int i = random.bounded(1, 9); i > 0; --i)
            typed += pool.at(random.bounded(int(pool.size())));
        fixture.archive().search(SearchPlace::Account, parseSearch(typed, fixture.topics));
        QVERIFY(fixture.settle());
        QVERIFY2(fixture.failures().isEmpty(), qPrintable(typed));
    }
    QCOMPARE(fixture.hits(u"near"_qs), QStringList{u"usr1"_qs});
}

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"
