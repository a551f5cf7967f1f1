#include "wire/head.h"

#include <QTest>

using namespace confab::wire;
using namespace Qt::Literals::StringLiterals;

class HeadTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsNoObjectIsAnEmptyHead_data();
    void whatIsNoObjectIsAnEmptyHead();
    void keysAreReadByName();
    void keysAreWrittenAsTheOfficialClientsDo();
    void otherKeysAreKept();
    void clearingTheLastKeyLeavesNoHead();
    void messageNumbersAreReadInEitherForm_data();
    void messageNumbersAreReadInEitherForm();
    void aReactionIsOneEmoji_data();
    void aReactionIsOneEmoji();
    void editsReactionsAndAnswersBelongToAnotherMessage();
};

void HeadTest::whatIsNoObjectIsAnEmptyHead_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char *json : {"", "null", "5", "\"text\"", "[1]", "{}"})
        QTest::newRow(json) << QByteArray(json);
}

void HeadTest::whatIsNoObjectIsAnEmptyHead()
{
    QFETCH(QByteArray, json);
    const Head head(JsonBlob::fromBytes(json));
    QVERIFY(head.isEmpty());
    QVERIFY(head.blob().isAbsent());
    QCOMPARE(head, Head());
}

void HeadTest::keysAreReadByName()
{
    const Head head(JsonBlob::fromBytes(
        R"({"mime":"text/x-drafty","x-confab-cid":"c1","replace":":12","reply":"7","forwarded":"grpA:3","webrtc":"missed"})"));
    QCOMPARE(head.mime(), u"text/x-drafty"_s);
    QCOMPARE(head.cid(), u"c1"_s);
    QCOMPARE(head.replaces(), 12);
    QCOMPARE(head.replyTo(), 7);
    QCOMPARE(head.forwarded(), u"grpA:3"_s);
    QCOMPARE(head.webrtc(), u"missed"_s);
}

void HeadTest::keysAreWrittenAsTheOfficialClientsDo()
{
    Head head;
    head.setMime(u"text/x-drafty"_s);
    head.setCid(u"c1"_s);
    head.setReplaces(12);
    head.setReplyTo(7);
    QCOMPARE(
        head.blob().bytes(),
        QByteArray(R"({"mime":"text/x-drafty","replace":":12","reply":"7","x-confab-cid":"c1"})"));
}

void HeadTest::otherKeysAreKept()
{
    Head head(JsonBlob::fromBytes(R"({"priority":5,"x-other":{"a":[1]}})"));
    head.setCid(u"c1"_s);
    head.setCid(QString());
    QCOMPARE(head.blob().bytes(), QByteArray(R"({"priority":5,"x-other":{"a":[1]}})"));
}

void HeadTest::clearingTheLastKeyLeavesNoHead()
{
    Head head;
    head.setReplyTo(3);
    head.setReplyTo(0);
    QVERIFY(head.isEmpty());
    QVERIFY(head.blob().isAbsent());
}

void HeadTest::messageNumbersAreReadInEitherForm_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<Seq>("seq");
    QTest::newRow("number") << QByteArray("\"123\"") << 123;
    QTest::newRow("with a topic") << QByteArray("\"grpA:123\"") << 123;
    QTest::newRow("with a colon") << QByteArray("\":123\"") << 123;
    QTest::newRow("the largest") << QByteArray("\"268435454\"") << kMaxSeq;
    QTest::newRow("a local one") << QByteArray("\"268435455\"") << 0;
    QTest::newRow("zero") << QByteArray("\"0\"") << 0;
    QTest::newRow("negative") << QByteArray("\":-5\"") << 0;
    QTest::newRow("out of this world") << QByteArray("\"99999999999999999999\"") << 0;
    QTest::newRow("words") << QByteArray("\"grpA:x\"") << 0;
    QTest::newRow("empty") << QByteArray("\"\"") << 0;
    QTest::newRow("no string") << QByteArray("123") << 0;
}

void HeadTest::messageNumbersAreReadInEitherForm()
{
    QFETCH(QByteArray, reply);
    QFETCH(Seq, seq);
    const Head head(JsonBlob::fromBytes("{\"reply\":" + reply + ",\"replace\":" + reply + "}"));
    QCOMPARE(head.replyTo(), seq);
    QCOMPARE(head.replaces(), seq);
}

void HeadTest::aReactionIsOneEmoji_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<bool>("isReaction");
    QTest::newRow("emoji") << QByteArray("\"\u2764\uFE0F\"") << true;
    QTest::newRow("family") << QByteArray("\"\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\"") << true;
    QTest::newRow("taken back") << QByteArray("\"\"") << true;
    QTest::newRow("two") << QByteArray("\"\xF0\x9F\x91\x8D\xF0\x9F\x91\x8D\"") << false;
    QTest::newRow("a letter") << QByteArray("\"a\"") << false;
    QTest::newRow("a word") << QByteArray("\"no\"") << false;
    QTest::newRow("a blank") << QByteArray("\" \"") << false;
    QTest::newRow("a number") << QByteArray("5") << false;
    QTest::newRow("marks without end")
        << '"' + QByteArray("\xF0\x9F\x91\x8D") + QByteArray("\xCC\x81").repeated(200) + '"' << false;
}

void HeadTest::aReactionIsOneEmoji()
{
    QFETCH(QByteArray, value);
    QFETCH(bool, isReaction);
    const Head head(JsonBlob::fromBytes("{\"x-confab-reaction\":" + value + "}"));
    QCOMPARE(head.reaction().has_value(), isReaction);
}

void HeadTest::editsReactionsAndAnswersBelongToAnotherMessage()
{
    Head reply;
    reply.setReplyTo(7);
    QCOMPARE(reply.foldsOnto(), 0);
    Head reaction = reply;
    reaction.setReaction(u"\u2764"_s);
    QCOMPARE(reaction.foldsOnto(), 7);
    Head takenBack = reply;
    takenBack.setReaction(QString());
    QCOMPARE(takenBack.foldsOnto(), 0); // only as an edit
    Head answer = reply;
    answer.setPoll(PollRole::Answer);
    QCOMPARE(answer.foldsOnto(), 7);
    Head poll = reply;
    poll.setPoll(PollRole::Single);
    QCOMPARE(poll.foldsOnto(), 0);
    QCOMPARE(poll.poll(), PollRole::Single);
    reaction.setReplaces(9);
    QCOMPARE(reaction.foldsOnto(), 9);
}

QTEST_GUILESS_MAIN(HeadTest)
#include "tst_head.moc"
