#include "wire/drafty/drafty.h"
#include "wire/drafty/markup.h"
#include "wire/drafty/preview.h"
#include "wiretestdata.h"

#include <QTest>

#include <algorithm>

using namespace confab::wire;
using namespace Qt::Literals::StringLiterals;

// Whether we read, write, preview and understand typed text as the official library does, by what
// was recorded of it (tests/data/frames/drafty.jsonl).

class DraftyReferenceTest : public QObject
{
    Q_OBJECT

private slots:
    void whatIsReadIsWrittenAsTheSame_data();
    void whatIsReadIsWrittenAsTheSame();
    void typedTextMeansTheSame_data();
    void typedTextMeansTheSame();
    void textIsTypedInTheSameWay_data();
    void textIsTypedInTheSameWay();
    void previewsAgree_data();
    void previewsAgree();
    void everyDifferenceExists();
};

namespace {

constexpr int kPreviewLength = 25;

struct Difference {
    const char *test;
    const char *drafty; ///< as recorded
    const char *ours;
    const char *reason;
};

/// Where we differ on purpose. Anything else is a failure.
constexpr Difference kDifferences[] = {
    {"write", R"({"fmt":[{"at":0,"len":99,"tp":"ST"}],"txt":"abc"})",
        R"({"fmt":[{"at":0,"len":3,"tp":"ST"}],"txt":"abc"})",
        "a span that is too long is cut: the library's own builders count UTF-16 in places"},
    {"markdown", R"({"fmt":[{"at":0,"len":99,"tp":"ST"}],"txt":"abc"})", "*abc*", "as above"},
    {"write", R"({"fmt":[{"at":-5,"len":2,"tp":"EM"}],"txt":"abc"})", R"("abc")",
        "what has no effect is not sent on"},
    {"write", R"({"fmt":[{"at":0,"len":4,"tp":"ST"},{"at":2,"len":4,"tp":"EM"}],"txt":"abcdef"})",
        R"({"fmt":[{"at":0,"len":4,"tp":"ST"}],"txt":"abcdef"})",
        "what has no effect is not sent on"},
    {"markdown",
        R"({"fmt":[{"at":0,"len":4,"tp":"ST"},{"at":2,"len":4,"tp":"EM"}],"txt":"abcdef"})",
        "abcdef", "marks inside a word would not be read as marks again"},
    {"write", R"({"fmt":[{"at":1,"key":7,"len":1}],"txt":"abc"})", R"("abc")",
        "what has no effect is not sent on"},
    {"write",
        R"j({"ent":[{"data":{"url":"javascript:alert(1)"},"tp":"LN"}],"fmt":[{"at":0,"len":1}],"txt":"x"})j",
        R"("x")", "what nobody may open is no link"},
    {"write", R"({"fmt":"nonsense","txt":"ab"})", R"("ab")", "what has no effect is not sent on"},
    {"write", R"({"txt":5})", R"("")", "a number is no text"},
    {"markdown", R"({"txt":5})", "", "a number is no text"},
    {"write", R"({"ent":[{"data":{"mime":"image/png","val":"x"},"tp":"IM"}],"fmt":[{"len":1}]})",
        R"({"ent":[{"data":{"mime":"image/png","val":"x"},"tp":"IM"}],"fmt":[{"at":0,"key":0,"len":1}],"txt":" "})",
        "a medium has a place in the text"},
    {"markdown", R"({"ent":[{"data":{"mime":"image/png","val":"x"},"tp":"IM"}],"fmt":[{"len":1}]})",
        "\xef\xbf\xbc", "a medium has a place in the text"},
    {"write",
        R"({"ent":[{"data":{"contact":"usrCCCCCCCCCCC","email":["c@example.com"],"fn":"Carol","tel":["+1555"]},"tp":"TC"}],"fmt":[{"at":0,"key":0,"len":1}],"txt":" "})",
        R"({"ent":[{"data":{"comm":[{"proto":"tel","value":"+1555"},{"proto":"email","value":"c@example.com"},{"proto":"tinode","value":"usrCCCCCCCCCCC"}],"fn":"Carol"},"tp":"TC"}],"fmt":[{"at":0,"key":0,"len":1}],"txt":" "})",
        "the form that the library's own cards have since 0.25"},
    {"preview", R"({"fmt":[{"at":11,"len":1,"tp":"BR"}],"txt":"multi *bold across* lines"})",
        R"("multi *bold across* lines")", "what just fits is not cut"},
    {"parse", R"({"fmt":[{"at":0,"len":8,"tp":"ST"},{"at":0,"len":8,"tp":"CO"}],"txt":"not bold"})",
        R"({"fmt":[{"at":0,"len":10,"tp":"CO"}],"txt":"*not bold*"})", "code is shown as typed"},
};

QString compact(const QJsonValue &value)
{
    return QString::fromUtf8(JsonBlob(value).bytes());
}

/// The recorded one says nothing where it says null or, of a button's target, "undefined".
QJsonObject canonicalData(const QJsonObject &data)
{
    QJsonObject result;
    for (auto field = data.begin(); field != data.end(); ++field) {
        if (!field->isNull() && field.value() != "undefined"_L1)
            result.insert(field.key(), field.value());
    }
    return result;
}

/// Formats in one order, each with its entity, so that only meaning is compared.
QString canonical(const QJsonValue &content)
{
    if (content.isString())
        return compact(content);
    const QJsonObject drafty = content.toObject();
    QStringList formats;
    const QJsonArray entities = drafty.value("ent"_L1).toArray();
    const QJsonArray recorded = drafty.value("fmt"_L1).toArray();
    for (const QJsonValue &value : recorded) {
        const QJsonObject format = value.toObject();
        QString type = format.value("tp"_L1).toString();
        QJsonObject data;
        if (type.isEmpty()) {
            const QJsonObject entity = entities.at(format.value("key"_L1).toInt()).toObject();
            type = entity.value("tp"_L1).toString();
            data = canonicalData(entity.value("data"_L1).toObject());
        }
        formats += u"%1 +%2 %3 %4"_s.arg(format.value("at"_L1).toInt(), 4)
                       .arg(format.value("len"_L1).toInt())
                       .arg(type, compact(data));
    }
    formats.sort();
    const QString text = drafty.value("txt"_L1).toString();
    return formats.isEmpty() ? compact(text) : text + u'\n' + formats.join(u'\n');
}

QString canonical(const Drafty &drafty)
{
    return canonical(drafty.toContent().value());
}

const Difference *difference(QLatin1String test, const QJsonValue &drafty)
{
    const QByteArray recorded = JsonBlob(drafty).bytes();
    for (const Difference &each : kDifferences) {
        if (test == QLatin1String(each.test) && recorded == each.drafty)
            return &each;
    }
    return nullptr;
}

/// What ours should be instead of what was recorded.
QString expected(QLatin1String test, const QJsonValue &drafty, const QString &recorded)
{
    const Difference *found = difference(test, drafty);
    if (!found)
        return recorded;
    return test == "markdown"_L1 ? QString::fromUtf8(found->ours)
                                 : canonical(JsonBlob::fromBytes(found->ours).value());
}

void addRows(QLatin1String field)
{
    QTest::addColumn<QJsonObject>("line");
    int number = 0;
    for (const QJsonObject &line : testdata::jsonLines("drafty.jsonl")) {
        ++number;
        const QString name = line.value("input"_L1).toString(line.value("how"_L1).toString());
        if (line.contains(field))
            QTest::addRow("%d %s", number, qPrintable(name.left(40).simplified())) << line;
    }
}

}

void DraftyReferenceTest::whatIsReadIsWrittenAsTheSame_data()
{
    addRows("drafty"_L1);
}

void DraftyReferenceTest::whatIsReadIsWrittenAsTheSame()
{
    QFETCH(QJsonObject, line);
    const QJsonValue recorded = line.value("drafty"_L1);
    const Drafty drafty = Drafty::fromContent(JsonBlob(recorded));
    QCOMPARE(canonical(drafty), expected("write"_L1, recorded, canonical(recorded)));
    QCOMPARE(Drafty::fromContent(drafty.toContent()), drafty);
}

void DraftyReferenceTest::typedTextMeansTheSame_data()
{
    addRows("input"_L1);
}

void DraftyReferenceTest::typedTextMeansTheSame()
{
    QFETCH(QJsonObject, line);
    const QJsonValue recorded = line.value("drafty"_L1);
    QCOMPARE(canonical(parseMarkup(line.value("input"_L1).toString())),
        expected("parse"_L1, recorded, canonical(recorded)));
}

void DraftyReferenceTest::textIsTypedInTheSameWay_data()
{
    addRows("markdown"_L1);
}

void DraftyReferenceTest::textIsTypedInTheSameWay()
{
    QFETCH(QJsonObject, line);
    const QJsonValue recorded = line.value("drafty"_L1);
    const Drafty drafty = Drafty::fromContent(JsonBlob(recorded));
    const MarkedText typed = formatMarkup(drafty);
    QCOMPARE(typed.text, expected("markdown"_L1, recorded, line.value("markdown"_L1).toString()));
    QCOMPARE(parseMarkup(typed), drafty);
}

void DraftyReferenceTest::previewsAgree_data()
{
    addRows("preview"_L1);
}

void DraftyReferenceTest::previewsAgree()
{
    QFETCH(QJsonObject, line);
    const Drafty drafty = Drafty::fromContent(JsonBlob(line.value("drafty"_L1)));
    QCOMPARE(canonical(preview(drafty, kPreviewLength)),
        expected("preview"_L1, line.value("drafty"_L1), canonical(line.value("preview"_L1))));
}

/// A row of the table that matches nothing any more is a lie.
void DraftyReferenceTest::everyDifferenceExists()
{
    const auto lines = testdata::jsonLines("drafty.jsonl");
    for (const Difference &each : kDifferences) {
        const bool exists = std::any_of(lines.begin(), lines.end(), [&](const QJsonObject &line) {
            return difference(QLatin1String(each.test), line.value("drafty"_L1)) == &each;
        });
        QVERIFY2(exists, each.drafty);
    }
}

QTEST_GUILESS_MAIN(DraftyReferenceTest)
#include "tst_draftyreference.moc"
