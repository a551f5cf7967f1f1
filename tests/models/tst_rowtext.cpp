#include "models/rowtext.h"

#include <QLocale>
#include <QTest>

using namespace confab;

class TestRowText : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void theAuthorIsTheSenderOrTheChannel();
    void aMessageIsOneSentence_data();
    void aMessageIsOneSentence();
    void everyStateButNoneHasAWord();
    void aLineHasNoBreaksAndAnEnd();
    void aCutNeverSplitsACharacter();
    void sizesHaveADecimalWhereItTellsSomething();
    void foldingIgnoresCaseAndDiacritics();
};

void TestRowText::theAuthorIsTheSenderOrTheChannel()
{
    TopicList topics;
    TopicInfo news;
    news.name = u"chnNews"_qs;
    news.card.name = u"News"_qs;
    topics.add(news);
    wire::Card bob;
    bob.name = u"Bob"_qs;
    topics.noteUser(u"usrBob"_qs, bob);

    const rowtext::Author sender = rowtext::authorOf(topics, u"chnNews"_qs, u"usrBob"_qs);
    QCOMPARE(sender.id, u"usrBob"_qs);
    QCOMPARE(sender.name, u"Bob"_qs);
    const rowtext::Author stranger = rowtext::authorOf(topics, u"chnNews"_qs, u"usrEve"_qs);
    QCOMPARE(stranger.id, u"usrEve"_qs);
    QCOMPARE(stranger.name, u"usrEve"_qs);
    const rowtext::Author channel = rowtext::authorOf(topics, u"chnNews"_qs, {});
    QCOMPARE(channel.id, u"chnNews"_qs);
    QCOMPARE(channel.name, u"News"_qs);
    const rowtext::Author unknown = rowtext::authorOf(topics, u"chnGone"_qs, {});
    QCOMPARE(unknown.id, u"chnGone"_qs);
    QCOMPARE(unknown.name, u"chnGone"_qs);
}

void TestRowText::aMessageIsOneSentence_data()
{
    const QDateTime time(QDate(2024, 5, 1), QTime(14, 5), Qt::UTC);
    QTest::addColumn<rowtext::Spoken>("message");
    QTest::addColumn<QString>("sentence");
    QTest::newRow("received") << rowtext::Spoken{u"Alice"_qs, time, u"hello"_qs, Delivery::None, {}, false}
                              << u"Alice, 14:05: hello"_qs;
    QTest::newRow("own and read") << rowtext::Spoken{u"You"_qs, time, u"hello"_qs, Delivery::Read, {}, false}
                                  << u"You, 14:05: hello, read"_qs;
    QTest::newRow("edited") << rowtext::Spoken{u"You"_qs, time, u"hello"_qs, Delivery::Sent, {}, true}
                            << u"You, 14:05: hello, edited, sent"_qs;
    QTest::newRow("failed") << rowtext::Spoken{u"You"_qs, time, u"hello"_qs, Delivery::Failed,
                                               u"Too long."_qs, false}
                            << u"You, 14:05: hello, not sent: Too long."_qs;
    QTest::newRow("words that look like places for others")
        << rowtext::Spoken{u"%3"_qs, time, u"%1 %2"_qs, Delivery::Read, {}, false}
        << u"%3, 14:05: %1 %2, read"_qs;
}

void TestRowText::aMessageIsOneSentence()
{
    QFETCH(rowtext::Spoken, message);
    QTEST(rowtext::sentence(message), "sentence");
}

void TestRowText::everyStateButNoneHasAWord()
{
    QVERIFY(rowtext::stateWord(Delivery::None).isEmpty());
    for (const Delivery state : {Delivery::Queued, Delivery::Sending, Delivery::Failed, Delivery::Sent,
                                 Delivery::Received, Delivery::Read})
        QVERIFY(!rowtext::stateWord(state).isEmpty());
}

void TestRowText::aLineHasNoBreaksAndAnEnd()
{
    QCOMPARE(rowtext::oneLine(u" one\n\ttwo  three "_qs), u"one two three"_qs);
    QCOMPARE(rowtext::oneLine(QString(100'000, u'x')).size(), 200);
}

void TestRowText::aCutNeverSplitsACharacter()
{
    const QString line = rowtext::oneLine(u"x"_qs + u"🎈"_qs.repeated(150));
    QVERIFY(line.isValidUtf16());
    QCOMPARE(line.size(), 199);
}

void TestRowText::sizesHaveADecimalWhereItTellsSomething()
{
    QLocale::setDefault(QLocale::C);
    QCOMPARE(rowtext::sizeText(0), u"0 bytes"_qs);
    QCOMPARE(rowtext::sizeText(1023), u"1023 bytes"_qs);
    QCOMPARE(rowtext::sizeText(2150), u"2.1 kB"_qs);
    QCOMPARE(rowtext::sizeText(300'000), u"293 kB"_qs);
    QCOMPARE(rowtext::sizeText(8 * 1024 * 1024), u"8 MB"_qs);
}

void TestRowText::foldingIgnoresCaseAndDiacritics()
{
    QCOMPARE(rowtext::folded(u"CRÈME"_qs), u"creme"_qs);
    QCOMPARE(rowtext::folded(u"Straße"_qs), rowtext::folded(u"STRASSE"_qs));
}

QTEST_GUILESS_MAIN(TestRowText)
#include "tst_rowtext.moc"
