#include "wire/plainmessage.h"

#include <QTest>

using namespace confab::wire;
using namespace Qt::Literals::StringLiterals;

class PlainMessageTest : public QObject
{
    Q_OBJECT

private slots:
    void aMessageSurvivesARoundTrip();
    void textIsAlwaysWritten();
    void otherProgramsMayMeanSomethingElseByTheOtherFields();
    void whatHasNoTextIsAnError_data();
    void whatHasNoTextIsAnError();
};

void PlainMessageTest::aMessageSurvivesARoundTrip()
{
    const PlainMessage message{u"m1"_s, u"Ann"_s, u"Hello\n\u202e world"_s,
                               QDateTime(QDate(2026, 11, 23), QTime(9, 33, 38, 206), Qt::UTC)};
    const QByteArray bytes = encode(message);
    QVERIFY(bytes.contains(R"("ts":"2026-11-23T09:33:38.206Z")"));
    const auto again = decodePlainMessage(bytes);
    QVERIFY(again.ok());
    QCOMPARE(*again, message);
}

void PlainMessageTest::textIsAlwaysWritten()
{
    QCOMPARE(encode(PlainMessage()), QByteArray(R"({"text":""})"));
    QVERIFY(decodePlainMessage(encode(PlainMessage())).ok());
}

void PlainMessageTest::otherProgramsMayMeanSomethingElseByTheOtherFields()
{
    const auto message = decodePlainMessage(
        R"({"id":5,"from":{"name":"x"},"ts":1763890418,"text":"hi","more":[]})");
    QVERIFY(message.ok());
    QCOMPARE(*message, (PlainMessage{{}, {}, u"hi"_s, {}}));
}

void PlainMessageTest::whatHasNoTextIsAnError_data()
{
    using Kind = WireError::Kind;
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Kind>("kind");
    QTest::newRow("nothing") << QByteArray() << Kind::NotJson;
    QTest::newRow("words") << QByteArray("hello") << Kind::NotJson;
    QTest::newRow("a bare string") << QByteArray("\"hello\"") << Kind::NotJson;
    QTest::newRow("an array") << QByteArray("[]") << Kind::NotObject;
    QTest::newRow("another object") << QByteArray(R"({"message":"hi"})") << Kind::MissingField;
    QTest::newRow("null text") << QByteArray(R"({"text":null})") << Kind::MissingField;
    QTest::newRow("a number for text") << QByteArray(R"({"text":5})") << Kind::WrongType;
    QTest::newRow("too deep") << QByteArray(10000, '[') << Kind::TooDeep;
    QTest::newRow("noise") << QByteArray("\x00\xff\x01", 3) << Kind::NotJson;
}

void PlainMessageTest::whatHasNoTextIsAnError()
{
    QFETCH(QByteArray, bytes);
    QFETCH(WireError::Kind, kind);
    const auto message = decodePlainMessage(bytes);
    QVERIFY(!message.ok());
    QCOMPARE(message.error().kind, kind);
}

QTEST_GUILESS_MAIN(PlainMessageTest)
#include "tst_plainmessage.moc"
