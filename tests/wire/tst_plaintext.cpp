#include "wire/drafty/plaintext.h"

#include "wiretestdata.h"

#include <QTest>

using namespace confab::wire;
using namespace Qt::Literals::StringLiterals;

class PlainTextTest : public QObject
{
    Q_OBJECT

private slots:
    void wordsAreReadFromAnyContent_data();
    void wordsAreReadFromAnyContent();
    void recordedTextsKeepTheirWords();
    void typedLinesComeBack();
    void offsetsCountWhatPeopleSee_data();
    void offsetsCountWhatPeopleSee();
    void aCallWithoutContentIsACall();
    void aPlainMessageIsKeptOnce();
    void hostileContentIsSurvived_data();
    void hostileContentIsSurvived();
    void endlessTextIsCut();
    void aMillionFormatsAreNotAllRead();
};

namespace {

QString textOf(const QByteArray &json)
{
    return plainText(Head(), JsonBlob::fromBytes(json));
}

QString withoutBlanks(QString text)
{
    return text.remove(u' ').remove(u'\n');
}

}

void PlainTextTest::wordsAreReadFromAnyContent_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const char *content, const QString &text) {
        QTest::newRow(name) << QByteArray(content) << text;
    };
    row("a string", R"("hello")", u"hello"_s);
    row("blanks stay", R"("  ")", u"  "_s);
    row("controls go", R"("a\u0000\u0007b\tc\r\nd")", u"ab\tc\nd"_s);
    row("nothing", "", QString());
    row("null", "null", QString());
    row("a number", "5", u"5"_s);
    row("a truth", "true", u"true"_s);
    row("a list", "[1,2]", QString());
    row("an empty object", "{}", QString());
    row("txt alone", R"({"txt":"plain"})", u"plain"_s);
    row("styles", R"({"txt":"one bold two","fmt":[{"at":4,"len":4,"tp":"ST"}]})",
        u"one bold two"_s);
    row("line break", R"({"txt":"one two","fmt":[{"at":3,"len":1,"tp":"BR"}]})", u"one\ntwo"_s);
    row("two line breaks",
        R"({"txt":"a  b","fmt":[{"at":1,"len":1,"tp":"BR"},{"at":2,"len":1,"tp":"BR"}]})",
        u"a\n\nb"_s);
    row("a break over words loses none", R"({"txt":"abc","fmt":[{"at":1,"len":2,"tp":"BR"}]})",
        u"a\nbc"_s);
    row("hidden words", R"({"txt":"seen unseen","fmt":[{"at":4,"len":7,"tp":"HD"}]})", u"seen"_s);
    row("a reply is without what it answers",
        R"({"txt":"Alice saidmy answer","fmt":[{"at":0,"len":5,"key":0},)"
        R"({"at":5,"len":1,"tp":"BR"},{"at":0,"len":10,"tp":"QQ"}],"ent":[{"tp":"MN","data":{"val":"usrA"}}]})",
        u"my answer"_s);
    row("a quote alone",
        R"({"txt":"Alice said","fmt":[{"at":5,"len":1,"tp":"BR"},{"at":0,"len":10,"tp":"QQ"}]})",
        u"Alice\nsaid"_s);
    row("a picture",
        R"({"txt":" ","fmt":[{"at":0,"len":1,"key":0}],"ent":[{"tp":"IM","data":{"name":"a.png"}}]})",
        u"Picture"_s);
    row("a picture with words",
        R"({"txt":"  a caption","fmt":[{"at":0,"len":1,"key":0},{"at":1,"len":1,"tp":"BR"}],)"
        R"("ent":[{"tp":"IM"}]})",
        u"a caption"_s);
    row("a lone entity needs no format", R"({"txt":" ","ent":[{"tp":"VD","data":{}}]})",
        u"Video"_s);
    row("a voice message", R"({"fmt":[{"len":1}],"ent":[{"tp":"AU","data":{}}]})",
        u"Voice message"_s);
    row("a file", R"({"ent":[{"tp":"EX","data":{"name":"d.pdf"}}],"fmt":[{"at":-1}]})", u"d.pdf"_s);
    row("a file with words",
        R"({"txt":"here","ent":[{"tp":"EX","data":{"name":"d.pdf"}}],"fmt":[{"at":-1,"key":0}]})",
        u"here"_s);
    row("a file of no name", R"({"ent":[{"tp":"EX","data":{}}],"fmt":[{"at":-1}]})", u"File"_s);
    row("a file of an ill name",
        R"({"ent":[{"tp":"EX","data":{"name":"a\u202egnp\n.exe"}}],"fmt":[{"at":-1}]})",
        u"agnp .exe"_s);
    row("two files",
        R"({"ent":[{"tp":"EX","data":{"name":"a"}},{"tp":"EX","data":{"name":"b"}}],)"
        R"("fmt":[{"at":-1},{"at":-1,"key":1}]})",
        u"a, b"_s);
    row("the answer of a form",
        R"({"txt":"yes","ent":[{"tp":"EX","data":{"mime":"text/x-drafty-fr","val":{}}}],)"
        R"("fmt":[{"at":-1}]})",
        u"yes"_s);
    row("a contact", R"({"txt":" ","fmt":[{"len":1}],"ent":[{"tp":"TC","data":{"fn":"Carol"}}]})",
        u"Carol"_s);
    row("a call", R"({"txt":" ","fmt":[{"at":0,"len":1,"tp":"VC"}]})", u"Call"_s);
    row("a button",
        R"({"txt":"choose Yes","fmt":[{"at":7,"len":3,"key":0}],"ent":[{"tp":"BN","data":{}}]})",
        u"choose Yes"_s);
    row("an unknown style", R"({"txt":"abc","fmt":[{"at":0,"len":3,"tp":"ZZ"}]})", u"abc"_s);
}

void PlainTextTest::wordsAreReadFromAnyContent()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, text);
    QCOMPARE(textOf(content), text);
}

void PlainTextTest::recordedTextsKeepTheirWords()
{
    int compared = 0;
    for (const QJsonObject &line : testdata::jsonLines("drafty.jsonl")) {
        const QString text = plainText(Head(), JsonBlob(line.value("drafty"_L1)));
        const QString reference = line.value("text"_L1).toString();
        const QString how = line.value("how"_L1).toString();
        // Quotes are left out here, and where there are no words, others stand for them.
        if (how == "quote"_L1 || how.contains("reply body"_L1) || how.startsWith("nested quote"_L1)
            || reference.trimmed().isEmpty())
            continue;
        QCOMPARE(withoutBlanks(text), withoutBlanks(reference));
        ++compared;
    }
    QVERIFY(compared > 45);
}

void PlainTextTest::typedLinesComeBack()
{
    int compared = 0;
    for (const QJsonObject &line : testdata::jsonLines("drafty.jsonl")) {
        const QString input = line.value("input"_L1).toString();
        const QString drafty = line.value("text"_L1).toString();
        if (!line.contains("input"_L1) || QString(input).replace(u'\n', u' ') != drafty)
            continue; // typed with styles
        QCOMPARE(plainText(Head(), JsonBlob(line.value("drafty"_L1))), input);
        ++compared;
    }
    QVERIFY(compared > 10);
}

void PlainTextTest::offsetsCountWhatPeopleSee_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<int>("length");
    QTest::newRow("letters") << u"abc"_s << 3;
    QTest::newRow("emoji") << QString::fromUtf8("😀😀") << 2;
    QTest::newRow("a family") << QString::fromUtf8("👨‍👩‍👧‍👦") << 1;
    QTest::newRow("flags") << QString::fromUtf8("🇩🇪🇫🇷") << 2;
    QTest::newRow("combined letters") << u"e\u0301e\u0301"_s << 2;
    QTest::newRow("accents ready-made") << u"\u00e9\u00fc"_s << 2;
    QTest::newRow("beyond the first plane") << QString::fromUtf8("𝔘𝔫𝔦") << 3;
    QTest::newRow("skin tone") << QString::fromUtf8("👍🏽") << 1;
    QTest::newRow("a flag behind Hindi") << QString::fromUtf8("हि🇩🇪") << 2;
    QTest::newRow("a family behind Hindi") << QString::fromUtf8("हि 👨‍👩‍👧‍👦") << 3;
    QTest::newRow("a skin tone behind Thai") << QString::fromUtf8("ดี👍🏽") << 2;
}

void PlainTextTest::offsetsCountWhatPeopleSee()
{
    QFETCH(QString, before);
    QFETCH(int, length);
    const QJsonObject lineBreak{{"at"_L1, length}, {"len"_L1, 1}, {"tp"_L1, "BR"_L1}};
    const QJsonObject drafty{{"txt"_L1, before + u" after"_s}, {"fmt"_L1, QJsonArray{lineBreak}}};
    QCOMPARE(plainText(Head(), JsonBlob(drafty)), before + u"\nafter"_s);
}

void PlainTextTest::aCallWithoutContentIsACall()
{
    const Head head(JsonBlob::fromBytes(R"({"webrtc":"started"})"));
    QCOMPARE(plainText(head, JsonBlob()), u"Call"_s);
}

void PlainTextTest::aPlainMessageIsKeptOnce()
{
    const JsonBlob content = JsonBlob::fromBytes(R"("hello")");
    QVERIFY(plainText(Head(), content).isSharedWith(content.string()));
}

void PlainTextTest::hostileContentIsSurvived_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, const char *content, const QString &text) {
        QTest::newRow(name) << QByteArray(content) << text;
    };
    row("number for txt", R"({"txt":5})", QString());
    row("words for fmt", R"({"txt":"ab","fmt":"nonsense"})", u"ab"_s);
    row("numbers for formats", R"({"txt":"ab","fmt":[1,null,"x",[]]})", u"ab"_s);
    row("words for entities", R"({"txt":"ab","fmt":[{"at":0,"len":1}],"ent":["x"]})", u"ab"_s);
    row("before the text", R"({"txt":"ab","fmt":[{"at":-5,"len":2,"tp":"HD"}]})", u"ab"_s);
    row("behind the text", R"({"txt":"ab","fmt":[{"at":99,"len":2,"tp":"BR"}]})", u"ab"_s);
    row("longer than the text", R"({"txt":"ab","fmt":[{"at":1,"len":99,"tp":"HD"}]})", u"a"_s);
    row("negative length", R"({"txt":"ab","fmt":[{"at":1,"len":-1,"tp":"HD"}]})", u"ab"_s);
    row("as large as can be",
        R"({"txt":"ab","fmt":[{"at":2147483647,"len":2147483647,"tp":"BR"},)"
        R"({"at":1,"len":2147483647,"tp":"HD"}]})",
        u"a"_s);
    row("larger still", R"({"txt":"ab","fmt":[{"at":1e300,"len":1e300,"tp":"HD"}]})", u"ab"_s);
    row("fractions", R"({"txt":"ab","fmt":[{"at":0.5,"len":1.5,"tp":"HD"}]})", u"ab"_s);
    row("no such entity",
        R"({"txt":"ab","fmt":[{"at":0,"len":1,"key":7},{"at":0,"len":1,"key":-7}]})", u"ab"_s);
    row("overlapping",
        R"({"txt":"abcdef","fmt":[{"at":0,"len":3,"tp":"HD"},{"at":2,"len":2,"tp":"HD"}]})",
        u"def"_s);
    row("media over words", R"({"txt":"words","fmt":[{"at":0,"len":5}],"ent":[{"tp":"IM"}]})",
        u"words"_s);
    row("wrong types in an entity",
        R"({"txt":"","fmt":[{"at":-1}],"ent":[{"tp":"EX","data":{"name":5,"mime":[]}}]})",
        u"File"_s);
    row("a tree for an entity", R"({"ent":[{"tp":{"tp":"IM"},"data":"x"}]})", QString());
    row("all hidden", R"({"txt":"ab","fmt":[{"at":0,"len":2,"tp":"HD"}]})", QString());
}

void PlainTextTest::hostileContentIsSurvived()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, text);
    QCOMPARE(textOf(content), text);
}

void PlainTextTest::endlessTextIsCut()
{
    const QString endless = u"x"_s + QString::fromUtf8("😀").repeated(kMaxText);
    const QString text = plainText(Head(), JsonBlob::fromString(endless));
    QVERIFY(text.size() <= kMaxText);
    QVERIFY(text.isValidUtf16());
    const QJsonObject drafty{{"txt"_L1, endless},
                             {"fmt"_L1, QJsonArray{QJsonObject{{"tp"_L1, "BR"_L1}}}}};
    const QString draftyText = plainText(Head(), JsonBlob(drafty));
    QVERIFY(draftyText.size() <= kMaxText);
    QVERIFY(draftyText.isValidUtf16());
}

void PlainTextTest::aMillionFormatsAreNotAllRead()
{
    const QByteArray hide(R"({"at":0,"len":100000,"tp":"ST"},)");
    const QByteArray content = R"({"txt":")" + QByteArray(100000, 'a') + R"(","fmt":[)"
        + hide.repeated(1000) + R"({"at":0,"len":100000,"tp":"HD"}]})";
    QCOMPARE(textOf(content).size(), 100000); // what comes after the thousandth has no effect
}

QTEST_GUILESS_MAIN(PlainTextTest)
#include "tst_plaintext.moc"
