#include "storesamples.h"

#include "store/search/hitmarker.h"

#include <QRandomGenerator>
#include <QTest>

using namespace confab;
using namespace confab::samples;

namespace {

const TopicName kTeam = u"grpTeam0000001"_qs;
const QDate kToday(2026, 3, 14);

/// Alice is the account; Bob a chat of two; a group in which somebody is only a member.
void fill(TopicList &topics)
{
    wire::Card card;
    card.name = u"Alice Möller"_qs;
    topics.setSelf(kAlice, card);
    TopicInfo bob;
    bob.name = kBob;
    bob.card.name = u"Bob Stone"_qs;
    topics.add(bob);
    TopicInfo team;
    team.name = kTeam;
    team.card.name = u"Orchard 2.0"_qs;
    Member cara;
    cara.user = u"usrCara0000003"_qs;
    cara.card.name = u"Cara Bobrova"_qs;
    topics.add(team)->setMember(cara);
}

SearchQuery parsed(const QString &typed)
{
    TopicList topics;
    fill(topics);
    return parseSearch(typed, topics, kToday);
}

QDateTime day(int year, int month, int dayOfMonth)
{
    return QDate(year, month, dayOfMonth).startOfDay().toUTC();
}

QStringList marked(const QString &typed, const QString &text)
{
    QStringList result;
    HitMarker marker(parsed(typed));
    const QList<TextRange> marks = marker.marks(text);
    for (const TextRange &mark : marks)
        result.append(text.mid(mark.begin, mark.end - mark.begin));
    return result;
}

}

class TestSearchQuery : public QObject
{
    Q_OBJECT

private slots:
    void wordsAndPhrases();
    void namesBecomePeopleAndChats();
    void daysBecomeTimes();
    void whatIsNoFilterIsWords();
    void aFilterBeingTypedIsNoWord();
    void anythingTypedIsUnderstood();
    void marksStandWhereTheHitsAre_data();
    void marksStandWhereTheHitsAre();
    void snippetsShowTheFirstHit();
};

void TestSearchQuery::wordsAndPhrases()
{
    const SearchQuery query = parsed(u"Red \"blue green\" e-mail"_qs);
    QCOMPARE(query.terms, (QList<SearchTerm>{{{u"red"_qs}, false},
                                             {{u"blue"_qs, u"green"_qs}, true},
                                             {{u"e"_qs, u"mail"_qs}, false}}));
    QVERIFY(parsed(u"  "_qs).isEmpty());
    QVERIFY(parsed(u"\"\" ..."_qs).isEmpty());
    QCOMPARE(parsed(u"\"never closed"_qs).terms, (QList<SearchTerm>{{{u"never"_qs, u"closed"_qs}, true}}));
}

void TestSearchQuery::namesBecomePeopleAndChats()
{
    QCOMPARE(*parsed(u"from:me"_qs).senders, QList<UserId>{kAlice});
    QCOMPARE(*parsed(u"from:moller"_qs).senders, QList<UserId>{kAlice});
    QCOMPARE(parsed(u"from:bob"_qs).senders->size(), 2);
    QCOMPARE(*parsed(u"from:\"Bob Stone\""_qs).senders, QList<UserId>{kBob});
    QCOMPARE(*parsed(u"from:"_qs + kBob).senders, QList<UserId>{kBob});
    QCOMPARE(*parsed(u"in:orchard"_qs).topics, QList<TopicName>{kTeam});
    QVERIFY(parsed(u"in:nowhere"_qs).topics->isEmpty());
}

void TestSearchQuery::daysBecomeTimes()
{
    QCOMPARE(parsed(u"before:2026"_qs).before, day(2026, 1, 1));
    QCOMPARE(parsed(u"after:2025"_qs).after, day(2026, 1, 1));
    QCOMPARE(parsed(u"before:2026-03"_qs).before, day(2026, 3, 1));
    QCOMPARE(parsed(u"after:2026-02"_qs).after, day(2026, 3, 1));
    QCOMPARE(parsed(u"before:today"_qs).before, day(2026, 3, 14));
    QCOMPARE(parsed(u"after:yesterday"_qs).after, day(2026, 3, 14));
}

void TestSearchQuery::whatIsNoFilterIsWords()
{
    QCOMPARE(parsed(u"http://example.org"_qs).terms,
             (QList<SearchTerm>{{{u"http"_qs, u"example"_qs, u"org"_qs}, false}}));
    QCOMPARE(parsed(u"has:teeth"_qs).terms, (QList<SearchTerm>{{{u"has"_qs, u"teeth"_qs}, false}}));
    QCOMPARE(parsed(u"before:noon"_qs).terms, (QList<SearchTerm>{{{u"before"_qs, u"noon"_qs}, false}}));
    QCOMPARE(parsed(u"has:image"_qs).has, wire::EntityKinds(wire::EntityKind::Image));
}

void TestSearchQuery::aFilterBeingTypedIsNoWord()
{
    QCOMPARE(parsed(u"tea from:"_qs), parsed(u"tea"_qs));
}

void TestSearchQuery::anythingTypedIsUnderstood()
{
    QRandomGenerator random(5);
    const QString pool = u"\"\":: afromin:has-*()^{}+~你爱é🎉'\\;%_\u0000\ue000"_qs;
    for (int round = 0; round < 2000; ++round) {
        QString typed;
        for (int i = random.bounded(20); i > 0; --i)
            typed += pool.at(random.bounded(int(pool.size())));
        const SearchQuery query = parsed(typed);
        for (const SearchTerm &term : query.terms) {
            QVERIFY(!term.words.isEmpty());
            for (const QString &word : term.words)
                QVERIFY2(!word.isEmpty() && !word.contains(u'"') && !word.contains(QChar(0xe000)),
                         qPrintable(typed));
        }
    }
}

void TestSearchQuery::marksStandWhereTheHitsAre_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("marks");
    QTest::newRow("a word") << u"backoff"_qs << u"The Backoff, it never resets"_qs
                            << QStringList{u"Backoff"_qs};
    QTest::newRow("a part") << u"fahrt"_qs << u"Dampfschifffahrten"_qs << QStringList{u"fahrt"_qs};
    QTest::newRow("a part where folding lengthens") << u"strass"_qs << u"Hauptstraße 1"_qs
                                                    << QStringList{u"Hauptstraße"_qs};
    QTest::newRow("an exact word only") << u"\"car\""_qs << u"carpet car"_qs << QStringList{u"car"_qs};
    QTest::newRow("a phrase") << u"\"to be\""_qs << u"Be to, to be"_qs << QStringList{u"to be"_qs};
    QTest::newRow("Chinese") << u"爱你"_qs << u"我爱你们"_qs << QStringList{u"爱你"_qs};
    QTest::newRow("three characters") << u"我爱你"_qs << u"说我爱你们"_qs << QStringList{u"我爱你"_qs};
    QTest::newRow("overlapping terms") << u"abc bcd"_qs << u"abcd"_qs << QStringList{u"abcd"_qs};
    QTest::newRow("no hit") << u"tea"_qs << u"coffee"_qs << QStringList();
}

void TestSearchQuery::marksStandWhereTheHitsAre()
{
    QFETCH(QString, typed);
    QFETCH(QString, text);
    QFETCH(QStringList, marks);
    QCOMPARE(marked(typed, text), marks);
}

void TestSearchQuery::snippetsShowTheFirstHit()
{
    HitMarker marker(parsed(u"needle"_qs));
    const Snippet middle = marker.snippet(QString(u"hay "_qs).repeated(100) + u"Needle\n"_qs
                                          + QString(u"hay "_qs).repeated(100));
    QVERIFY(middle.text.startsWith(u'…') && middle.text.endsWith(u'…'));
    QVERIFY(!middle.text.contains(u'\n'));
    QVERIFY(middle.text.size() <= HitMarker::kSnippet + 2);
    QCOMPARE(middle.marks.size(), 1);
    const TextRange mark = middle.marks.first();
    QCOMPARE(middle.text.mid(mark.begin, mark.end - mark.begin), u"Needle"_qs);
    QVERIFY(mark.begin <= HitMarker::kLead + 1);
    QCOMPARE(marker.snippet(u"short"_qs), (Snippet{u"short"_qs, {}}));
}

QTEST_GUILESS_MAIN(TestSearchQuery)
#include "tst_searchquery.moc"
