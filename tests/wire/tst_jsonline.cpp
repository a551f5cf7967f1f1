#include "wire/jsonline.h"

#include <QTest>

#include <limits>

using namespace confab::wire;

class TestJsonLine : public QObject
{
    Q_OBJECT

private slots:
    void bytesComeBackAsTheyWere_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("nested");
        QTest::newRow("nothing") << QByteArray("") << false;
        QTest::newRow("an object") << QByteArray("{\"a\":[1,true,null]}") << true;
        QTest::newRow("a text") << QByteArray("\"line\\nbreak\"") << true;
        QTest::newRow("null") << QByteArray("null") << true;
        QTest::newRow("keys in another order") << QByteArray("{\"b\":1,\"a\":2}") << false;
        QTest::newRow("blanks") << QByteArray("[ 1 ]") << false;
        QTest::newRow("a number that doubles round") << QByteArray("1.00000000000000000001") << false;
        QTest::newRow("two values") << QByteArray("1,\"w\":2") << false;
        QTest::newRow("no UTF-8") << QByteArray("\xff\x00\xfe", 3) << false;
    }
    void bytesComeBackAsTheyWere()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, nested);
        JsonLineWriter writer;
        writer.bytes(QStringLiteral("v"), bytes);
        const QByteArray line = writer.line();
        QVERIFY(!line.contains('\n'));
        QCOMPARE(!line.contains(":base64"), nested);
        const auto reader = JsonLineReader::parse(line);
        QVERIFY(reader);
        QCOMPARE(reader->keys(), QStringList(QStringLiteral("v")));
        QVERIFY(reader->has(QStringLiteral("v")));
        QCOMPARE(reader->bytes(QStringLiteral("v")), bytes);
    }

    void wholeNumbersKeepEveryDigit()
    {
        for (const qint64 number : {qint64(0), qint64(-1), std::numeric_limits<qint64>::max(),
                 std::numeric_limits<qint64>::min()}) {
            JsonLineWriter writer;
            writer.number(QStringLiteral("n"), number);
            QCOMPARE(JsonLineReader::parse(writer.line())->number(QStringLiteral("n")), number);
        }
    }

    void otherTypesAreNotTaken()
    {
        const auto reader = JsonLineReader::parse("{\"n\":1.5,\"t\":3,\"x\":\"1\",\"b:base64\":\"?\"}");
        QVERIFY(reader);
        QVERIFY(!reader->number(QStringLiteral("n")));
        QVERIFY(!reader->number(QStringLiteral("x")));
        QVERIFY(!reader->text(QStringLiteral("t")));
        QVERIFY(!reader->text(QStringLiteral("missing")));
        QVERIFY(!reader->bytes(QStringLiteral("b")));
        QVERIFY(!JsonLineReader::parse("[1]"));
        QVERIFY(!JsonLineReader::parse("{\"a\":"));
    }
};

QTEST_GUILESS_MAIN(TestJsonLine)
#include "tst_jsonline.moc"
