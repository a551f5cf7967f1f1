#include "wire/drafty/blocks.h"
#include "wire/drafty/graphemes.h"
#include "wire/drafty/markup.h"
#include "wire/drafty/normalform.h"
#include "wire/drafty/plaintext.h"
#include "wire/drafty/preview.h"
#include "wire/drafty/quoting.h"
#include "wire/drafty/runs.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>
#include <QTextBoundaryFinder>

#include <rapidcheck.h>

using namespace confab::wire;
using namespace Qt::Literals::StringLiterals;

// What must hold for every document, tried on many that were thrown together from what is hard:
// clusters of several characters, marks, spans that cross or lie outside, stray placeholders.

class DraftyPropertiesTest : public QObject
{
    Q_OBJECT

private slots:
    void everyDocumentIsInNormalForm();
    void everyDocumentComesBackFromItsContent();
    void everyDocumentComesBackFromItsTypedForm();
    void anyContentIsReadAsADocument();
    void anyTypedTextIsADocument();
    void partsOfADocumentFitTogether();
    void previewsAreShort();
    void clustersBeginWhereQtFindsThem();
};

namespace {

QString pieceOfText(int index)
{
    static const QStringList kPieces{u"a"_s, u"word"_s, u" "_s, u"  "_s, u"\n"_s, u"*"_s, u"_"_s,
        u"~"_s, u"`"_s, u"```"_s, u"\n```\n"_s, u"@bob"_s, u"#tag"_s, u"."_s, u"\u0301"_s,
        u"e\u0301"_s, u"\u0600"_s, u"\u200d"_s, u"\ufffc"_s, u"\u0007"_s, u"\r\n"_s, u"\t"_s,
        u"\u27a6 "_s, u"\u00ad"_s, u"\u0939\u093f"_s, u"http://a.test/b"_s, u"www.x.y"_s,
        u"\U0001F469\u200d\U0001F467"_s, u"\U0001F1E9\U0001F1EA"_s, u"\U0001F600"_s,
        QString(QChar(0xd800)), QString(QChar(0xdc00))};
    return kPieces.at(index % kPieces.size());
}

rc::Gen<QString> anyText()
{
    return rc::gen::map(rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 32)),
        [](const std::vector<int> &pieces) {
            QString text;
            for (const int piece : pieces)
                text += pieceOfText(piece);
            return text;
        });
}

Entity entityOf(int index)
{
    static const QList<Entity> kEntities{
        Link{u"https://a.test/x"_s, {}},
        Link{u"http://a.test/b"_s, {}},
        Link{u"javascript:x"_s, {}},
        Mention{u"usrAAAAAAAAAAA"_s},
        Mention{u"bob"_s},
        Hashtag{u"tag"_s},
        Button{Button::Action::Publish, u"yes"_s, u"1"_s, {}},
        Form{u"poll"_s, true},
        Image{{u"image/png"_s, u"a.png"_s, 9, u"/v0/file/s/a"_s, u"AAAA"_s}, {64, 48}},
        Video{},
        Audio{{u"audio/aac"_s, {}, 5, {}, u"AAAA"_s}, u"UFBQ"_s, 2500},
        File{{u"a/b"_s, u"na\nme"_s, -5, u"//evil.test/x"_s, {}}},
        Call{true, false, {}, 0},
        FormReply{6, {{u"yes"_s, {}}}},
        Unknown{u"ZZ"_s, JsonBlob::fromBytes(R"({"a":1})")},
        Unknown{},
    };
    return kEntities.at(index % kEntities.size());
}

rc::Gen<Drafty> anyDrafty()
{
    return rc::gen::exec([] {
        const QString text = *anyText();
        QList<Entity> entities;
        for (const int index : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 16)))
            entities += entityOf(index);
        QList<Span> spans;
        const int size = static_cast<int>(text.size());
        const int count = *rc::gen::inRange(0, 12);
        for (int i = 0; i < count; ++i) {
            const auto kind = static_cast<SpanKind>(*rc::gen::inRange(0, 20));
            spans += Span{*rc::gen::inRange(-2, size + 3), *rc::gen::inRange(-1, size + 3), kind,
                *rc::gen::inRange(-1, 17)};
        }
        return Drafty::fromParts(text, spans, entities, entities.mid(0, 2));
    });
}

/// Content as a stranger could send it.
rc::Gen<QJsonValue> anyContent()
{
    return rc::gen::exec([] {
        static const QStringList kTypes{u"ST"_s, u"EM"_s, u"BR"_s, u"QQ"_s, u"HD"_s, u"IM"_s,
            u"EX"_s, u"LN"_s, u"ZZ"_s, u"CO"_s, u"MN"_s, u"VC"_s};
        const auto type = [] { return kTypes.at(*rc::gen::inRange(0, 12)); };
        QJsonArray entities;
        for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
            const QJsonObject data{{"url"_L1, "http://a.test"_L1}, {"val"_L1, "x"_L1}};
            entities.append(QJsonObject{{"tp"_L1, type()}, {"data"_L1, data}});
        }
        QJsonArray formats;
        for (int i = *rc::gen::inRange(0, 12); i > 0; --i) {
            QJsonObject format{
                {"at"_L1, *rc::gen::inRange(-2, 40)}, {"len"_L1, *rc::gen::inRange(-1, 20)}};
            if (*rc::gen::inRange(0, 2) == 0)
                format.insert("tp"_L1, type());
            else
                format.insert("key"_L1, *rc::gen::inRange(-1, 5));
            formats.append(format);
        }
        return QJsonValue(
            QJsonObject{{"txt"_L1, *anyText()}, {"fmt"_L1, formats}, {"ent"_L1, entities}});
    });
}

void requireNormalForm(const Drafty &drafty)
{
    const QString &text = drafty.text();
    QList<Span> open;
    QSet<qsizetype> media;
    for (const Span &span : drafty.spans()) {
        while (!open.isEmpty() && open.last().end() <= span.begin)
            open.removeLast();
        RC_ASSERT((span.begin >= 0 && span.length > 0 && span.end() <= text.size()));
        RC_ASSERT((open.isEmpty() || open.last().contains(span)));
        RC_ASSERT(open.size() < Drafty::kMaxDepth);
        RC_ASSERT(hasEntity(span.kind) == (span.entity >= 0));
        RC_ASSERT(span.entity < drafty.entities().size());
        if (isMedium(span.kind)) {
            RC_ASSERT(text.at(span.begin) == Drafty::kMedium);
            media.insert(span.begin);
        }
        open += span;
    }
    RC_ASSERT(text.count(Drafty::kMedium) == media.size());
    RC_ASSERT(text.isValidUtf16());
    RC_ASSERT(!text.contains(u'\r'));
    RC_ASSERT(
        Drafty::fromParts(text, drafty.spans(), drafty.entities(), drafty.attachments()) == drafty);
}

void requireComesBack(const Drafty &drafty)
{
    requireNormalForm(drafty);
    RC_ASSERT(Drafty::fromContent(drafty.toContent()) == drafty);
    RC_ASSERT(parseMarkup(formatMarkup(drafty)) == drafty);
}

}

namespace rc {

void showValue(const Drafty &drafty, std::ostream &stream)
{
    stream << drafty.toContent().bytes().constData();
}

}

void DraftyPropertiesTest::everyDocumentIsInNormalForm()
{
    QVERIFY(rc::check([] { requireNormalForm(*anyDrafty()); }));
}

void DraftyPropertiesTest::everyDocumentComesBackFromItsContent()
{
    QVERIFY(rc::check([] {
        const Drafty drafty = *anyDrafty();
        RC_LOG() << drafty.toContent().bytes().constData() << "\n";
        RC_LOG() << Drafty::fromContent(drafty.toContent()).toContent().bytes().constData();
        RC_ASSERT(Drafty::fromContent(drafty.toContent()) == drafty);
    }));
}

void DraftyPropertiesTest::everyDocumentComesBackFromItsTypedForm()
{
    QVERIFY(rc::check([] {
        const Drafty drafty = *anyDrafty();
        const MarkedText typed = formatMarkup(drafty);
        RC_LOG() << drafty.toContent().bytes().constData() << "\n";
        RC_LOG() << typed.text.toUtf8().constData() << "\n";
        RC_LOG() << parseMarkup(typed).toContent().bytes().constData();
        RC_ASSERT(parseMarkup(typed) == drafty);
    }));
}

void DraftyPropertiesTest::anyContentIsReadAsADocument()
{
    QVERIFY(rc::check([] {
        const QJsonValue content = *anyContent();
        RC_LOG() << JsonBlob(content).bytes().constData();
        requireComesBack(Drafty::fromContent(JsonBlob(content)));
    }));
}

void DraftyPropertiesTest::anyTypedTextIsADocument()
{
    QVERIFY(rc::check([] {
        const QString typed = *anyText();
        RC_LOG() << JsonBlob::fromString(typed).bytes().constData();
        requireComesBack(parseMarkup(typed));
    }));
}

void DraftyPropertiesTest::partsOfADocumentFitTogether()
{
    QVERIFY(rc::check([] {
        const Drafty drafty = *anyDrafty();
        RC_LOG() << drafty.toContent().bytes().constData();
        const Drafty shown = drafty.visible();
        requireNormalForm(shown);
        RC_ASSERT(!shown.has(SpanKind::Hidden));
        requireNormalForm(withoutQuotes(shown));
        RC_ASSERT(!withoutQuotes(shown).has(SpanKind::Quote));
        requireComesBack(replyQuote(u"Bob"_s, u"usrBBBBBBBBBBB"_s, drafty) + drafty);
        requireComesBack(forwarded(u"Bob"_s, u"usrBBBBBBBBBBB"_s, drafty));
        qsizetype done = 0;
        for (const Block &block : blocks(shown)) {
            RC_ASSERT(block.begin >= done);
            done = block.begin + block.length;
        }
        RC_ASSERT(done <= shown.text().size());
        done = 0;
        for (const TextRun &run : textRuns(shown)) {
            RC_ASSERT((run.begin >= done && run.length > 0 && run.styles != TextStyles()));
            done = run.begin + run.length;
        }
        RC_ASSERT(done <= shown.text().size());
        RC_ASSERT(plainText(drafty).size() <= kMaxText);
    }));
}

void DraftyPropertiesTest::previewsAreShort()
{
    QVERIFY(rc::check([] {
        const Drafty drafty = *anyDrafty();
        const int length = *rc::gen::inRange(1, 12);
        const Drafty shortForm = preview(drafty, length);
        requireNormalForm(shortForm);
        const QString sent = wireText(shortForm.text());
        RC_ASSERT(Graphemes(sent).count() <= length);
        RC_ASSERT(!sent.contains(u'\n'));
        const PreviewLine line = previewLine(drafty, length);
        RC_ASSERT(Graphemes(line.text).count() <= length);
        RC_ASSERT(!line.text.contains(u'\n'));
    }));
}

void DraftyPropertiesTest::clustersBeginWhereQtFindsThem()
{
    const QStringList pieces{u"a"_s, u" "_s, u"\U0001F600"_s, u"\U0001F44D"_s, u"\U0001F3FD"_s, u"\u200D"_s,
        u"\uFE0F"_s, u"\u2764"_s, u"\U0001F1E9"_s, u"\u0301"_s, u"\u1100"_s, u"\u1161"_s, u"\r"_s, u"\n"_s,
        u"\u0600"_s, u"\U0001F468"_s, u"\u0416"_s, u"\u4F60"_s, u"\uAC00"_s, u"\u11A8"_s, u"\u3042"_s,
        u"\u3099"_s, u"\u2014"_s, QString(QChar(0xD83D)), QString(QChar(0xDE00))};
    QVERIFY(rc::check([&] {
        QString text;
        for (const int piece : *rc::gen::container<std::vector<int>>(
                 rc::gen::inRange(0, int(pieces.size()))))
            text += pieces.at(piece);
        const Graphemes ours(text);
        QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text);
        qsizetype count = 0;
        for (qsizetype at = 0; at >= 0 && at < text.size(); at = finder.toNextBoundary())
            RC_ASSERT(ours.position(count++) == at);
        RC_ASSERT(ours.count() == count);
    }));
}

int main(int argc, char **argv)
{
    // The same documents every time; RC_PARAMS tries others, or more.
    if (!qEnvironmentVariableIsSet("RC_PARAMS"))
        qputenv("RC_PARAMS", "seed=2026 max_success=300");
    QCoreApplication app(argc, argv);
    DraftyPropertiesTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_draftyproperties.moc"
