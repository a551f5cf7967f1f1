#include "wire/jsonblob.h"

#include <QJsonObject>
#include <QTest>

using namespace confab::wire;
using namespace Qt::Literals::StringLiterals;

class JsonBlobTest : public QObject
{
    Q_OBJECT

private slots:
    void anyJsonValueSurvivesItsBytes_data();
    void anyJsonValueSurvivesItsBytes();
    void whatIsNotOneValueIsAbsent_data();
    void whatIsNotOneValueIsAbsent();
    void anAbsentBlobHasNoBytes();
    void stringsAreReadAndMade();
    void aStringOutlivesItsObjectAlone();
    void patchesAreMerged_data();
    void patchesAreMerged();
    void mergingLeavesTheOperandsAlone();
};

void JsonBlobTest::anyJsonValueSurvivesItsBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const char *json : {"null", "true", "0", "-1.5", "\"\"", "\"text\"", "[]", "[1,[2]]", "{}",
                             R"({"a":{"b":[null]}})"})
        QTest::newRow(json) << QByteArray(json);
}

void JsonBlobTest::anyJsonValueSurvivesItsBytes()
{
    QFETCH(QByteArray, bytes);
    const JsonBlob blob = JsonBlob::fromBytes(bytes);
    QVERIFY(!blob.isAbsent());
    QCOMPARE(blob.bytes(), bytes);
    QVERIFY(JsonBlob::fromBytes(blob.bytes()) == blob);
}

void JsonBlobTest::whatIsNotOneValueIsAbsent_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (const char *bytes : {"", " ", "nonsense", "1,2", "1],[2", "{", "\"", "\xff"})
        QTest::newRow(bytes) << QByteArray(bytes);
}

void JsonBlobTest::whatIsNotOneValueIsAbsent()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(JsonBlob::fromBytes(bytes).isAbsent());
}

void JsonBlobTest::anAbsentBlobHasNoBytes()
{
    QVERIFY(JsonBlob().isAbsent());
    QCOMPARE(JsonBlob().bytes(), QByteArray());
    QVERIFY(!(JsonBlob() == JsonBlob::fromBytes("null")));
}

void JsonBlobTest::stringsAreReadAndMade()
{
    QVERIFY(JsonBlob::fromString(u"a"_s).isString());
    QCOMPARE(JsonBlob::fromString(u"a"_s).string(), u"a"_s);
    QCOMPARE(JsonBlob::fromBytes("5").string(), QString());
}

void JsonBlobTest::aStringOutlivesItsObjectAlone()
{
    const JsonBlob object = JsonBlob::fromBytes(R"({"content":"a","much":"else"})");
    const JsonBlob content(object.value().toObject().value("content"_L1));
    // One that is still in its object is made anew whenever it is asked for.
    QVERIFY(content.string().isSharedWith(content.string()));
    QVERIFY(content == JsonBlob::fromString(u"a"_s));
}

void JsonBlobTest::patchesAreMerged_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("patch");
    QTest::addColumn<QByteArray>("result");
    const QByteArray base(R"({"fn":"A","note":"n","photo":{"data":"d","type":"png"}})");
    QTest::newRow("absent changes nothing") << base << QByteArray() << base;
    QTest::newRow("null changes nothing") << base << QByteArray("null") << base;
    QTest::newRow("an empty object changes nothing") << base << QByteArray("{}") << base;
    QTest::newRow("a key is replaced") << QByteArray(R"({"a":1,"b":2})") << QByteArray(R"({"a":3})")
                                       << QByteArray(R"({"a":3,"b":2})");
    QTest::newRow("a key is added")
        << QByteArray(R"({"a":1})") << QByteArray(R"({"b":2})") << QByteArray(R"({"a":1,"b":2})");
    QTest::newRow("deep inside")
        << base << QByteArray(R"({"photo":{"type":"gif"}})")
        << QByteArray(R"({"fn":"A","note":"n","photo":{"data":"d","type":"gif"}})");
    QTest::newRow("a key is erased") << base << QByteArray(R"({"note":"␡","photo":{"data":"␡"}})")
                                     << QByteArray(R"({"fn":"A","photo":{"type":"png"}})");
    QTest::newRow("a null key stays")
        << QByteArray(R"({"a":1})") << QByteArray(R"({"a":null})") << QByteArray(R"({"a":1})");
    QTest::newRow("all is erased") << base << QByteArray("\"␡\"") << QByteArray();
    QTest::newRow("arrays are replaced whole")
        << QByteArray(R"({"a":[1,2,3]})") << QByteArray(R"({"a":[4]})")
        << QByteArray(R"({"a":[4]})");
    QTest::newRow("an object takes the place of a scalar")
        << QByteArray(R"({"a":1})") << QByteArray(R"({"a":{"b":2}})")
        << QByteArray(R"({"a":{"b":2}})");
    QTest::newRow("a scalar takes the place of an object")
        << base << QByteArray("5") << QByteArray("5");
    QTest::newRow("onto nothing") << QByteArray()
                                  << QByteArray(R"({"a":"␡","b":null,"c":{"d":"␡","e":1}})")
                                  << QByteArray(R"({"c":{"e":1}})");
}

void JsonBlobTest::patchesAreMerged()
{
    QFETCH(QByteArray, base);
    QFETCH(QByteArray, patch);
    QFETCH(QByteArray, result);
    QCOMPARE(JsonBlob::merged(JsonBlob::fromBytes(base), JsonBlob::fromBytes(patch)).bytes(),
             result);
}

void JsonBlobTest::mergingLeavesTheOperandsAlone()
{
    const JsonBlob base = JsonBlob::fromBytes(R"({"a":1})");
    const JsonBlob patch = JsonBlob::fromBytes(R"({"a":2})");
    JsonBlob::merged(base, patch);
    QCOMPARE(base.bytes(), QByteArray(R"({"a":1})"));
    QCOMPARE(patch.bytes(), QByteArray(R"({"a":2})"));
}

QTEST_GUILESS_MAIN(JsonBlobTest)
#include "tst_jsonblob.moc"
