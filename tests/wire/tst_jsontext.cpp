#include "wire/jsontext.h"

#include <QTest>

using namespace confab::wire;
using namespace Qt::Literals::StringLiterals;

class JsonTextTest : public QObject
{
    Q_OBJECT

private slots:
    void depthIsLimited_data();
    void depthIsLimited();
    void loneSurrogatesBecomeTheReplacementCharacter_data();
    void loneSurrogatesBecomeTheReplacementCharacter();
    void keysAreCleanedLikeValues();
};

void JsonTextTest::depthIsLimited_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("isAccepted");
    const auto nested
        = [](qsizetype depth) { return QByteArray(depth, '[') + QByteArray(depth, ']'); };
    QTest::newRow("as deep as allowed") << nested(kMaxDepth) << true;
    QTest::newRow("one deeper") << nested(kMaxDepth + 1) << false;
    QTest::newRow("a million deep") << nested(1000000) << false;
    QTest::newRow("never closed") << QByteArray(1000000, '[') << false;
    QTest::newRow("wide, not deep")
        << QByteArray("[" + QByteArray("[],").repeated(1000) + "0]") << true;
    QTest::newRow("brackets in a string")
        << QByteArray("[\"" + QByteArray(100, '[') + "\"]") << true;
    QTest::newRow("a quote escaped in a string")
        << QByteArray("[\"\\\"" + QByteArray(100, '{') + "\"]") << true;
    QTest::newRow("a backslash before the quote")
        << QByteArray("[\"\\\\\"," + nested(kMaxDepth) + "]") << false;
}

void JsonTextTest::depthIsLimited()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, isAccepted);
    const auto array = parseArray(text);
    QCOMPARE(array.ok(), isAccepted);
    if (!array)
        QCOMPARE(array.error().kind, WireError::Kind::TooDeep);
}

void JsonTextTest::loneSurrogatesBecomeTheReplacementCharacter_data()
{
    QTest::addColumn<QByteArray>("escaped");
    QTest::addColumn<QString>("text");
    QTest::newRow("a pair") << QByteArray(R"(\ud83d\ude00)") << QString::fromUtf8("😀");
    QTest::newRow("a pair in capitals") << QByteArray(R"(\uD83D\uDE00)") << QString::fromUtf8("😀");
    QTest::newRow("high alone") << QByteArray(R"(a\ud83db)") << u"a\ufffdb"_s;
    QTest::newRow("low alone") << QByteArray(R"(a\ude00b)") << u"a\ufffdb"_s;
    QTest::newRow("the wrong way round") << QByteArray(R"(\ude00\ud83d)") << u"\ufffd\ufffd"_s;
    QTest::newRow("high, then a pair")
        << QByteArray(R"(\ud83d\ud83d\ude00)") << QString::fromUtf8("\ufffd😀");
    QTest::newRow("high before another escape") << QByteArray(R"(\ud83d\n)") << u"\ufffd\n"_s;
    QTest::newRow("an escaped backslash") << QByteArray(R"(\\ud83d)") << uR"(\ud83d)"_s;
    QTest::newRow("a backslash, then high") << QByteArray(R"(\\\ud83d)") << u"\\\ufffd"_s;
    QTest::newRow("high at the end") << QByteArray(R"(x\ud83d)") << u"x\ufffd"_s;
    QTest::newRow("no surrogate") << QByteArray(R"(\ud7ff)") << u"\ud7ff"_s;
}

void JsonTextTest::loneSurrogatesBecomeTheReplacementCharacter()
{
    QFETCH(QByteArray, escaped);
    QFETCH(QString, text);
    const auto array = parseArray("[\"" + escaped + "\"]");
    QVERIFY(array.ok());
    QCOMPARE(array->first().toString(), text);
}

void JsonTextTest::keysAreCleanedLikeValues()
{
    const auto object = parseObject(R"({"\ud800":1})");
    QVERIFY(object.ok());
    QCOMPARE(object->keys(), QStringList{u"\ufffd"_s});
}

QTEST_GUILESS_MAIN(JsonTextTest)
#include "tst_jsontext.moc"
