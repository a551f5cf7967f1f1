#include "wire/drafty/attachments.h"
#include "wire/drafty/blocks.h"
#include "wire/drafty/drafty.h"
#include "wire/drafty/markup.h"
#include "wire/drafty/plaintext.h"
#include "wire/drafty/poll.h"
#include "wire/drafty/preview.h"
#include "wire/drafty/quoting.h"
#include "wire/drafty/runs.h"
#include "wiretestdata.h"

#include <QTest>

using namespace confab::wire;
using namespace Qt::Literals::StringLiterals;

class DraftyTest : public QObject
{
    Q_OBJECT

private slots:
    void wordsAloneAreABareString();
    void breaksAndMediaHaveAPlaceInTheText();
    void entitiesAreTyped();
    void unsafeReferencesAreDropped_data();
    void unsafeReferencesAreDropped();
    void unknownPartsAreKept();
    void partsAreWalkedAsATree();
    void runsDoNotOverlap();
    void aMessageIsLaidOutInBlocks();
    void buttonsOfALineShareARow();
    void anAnswerBeginsWithAQuote();
    void aForwardedMessageNamesItsAuthorOnce();
    void aPressedButtonAnswersItsForm();
    void aPollIsAFormWithALineForEachAnswer();
    void aPollThatEndsSaysItsResultInWords();
    void whatHoldsMoreThanWordsIsNotEditable();
    void previewLinesSayWhatIsThere();
    void fixedPartsAreNotReadAsMarks();
    void fencesHoldCode();
    void addressesKeepTheirMarks();
    void namesOfFilesAreFound();
    void hostileDocumentsAreBounded();
};

namespace {

Drafty read(const QByteArray &json)
{
    return Drafty::fromContent(JsonBlob::fromBytes(json));
}

const QString kBob = u"usrBBBBBBBBBBB"_s;

Image picture()
{
    return {{u"image/png"_s, u"a.png"_s, 9, {}, u"AAAA"_s}, {64, 48}};
}

}

void DraftyTest::wordsAloneAreABareString()
{
    QVERIFY(Drafty(u"hello"_s).toContent().isString());
    QVERIFY(!Drafty(u"a\nb"_s).toContent().isString());
    QCOMPARE(Drafty(u"a\nb"_s).toContent().bytes(),
        QByteArray(R"({"fmt":[{"at":1,"len":1,"tp":"BR"}],"txt":"a b"})"));
}

void DraftyTest::breaksAndMediaHaveAPlaceInTheText()
{
    const Drafty drafty = read(
        R"({"txt":"  a","fmt":[{"at":0,"len":1,"key":0},{"at":1,"len":1,"tp":"BR"}],"ent":[{"tp":"IM"}]})");
    QCOMPARE(drafty.text(), u"\ufffc\na"_s);
    QCOMPARE(drafty.spans(), QList<Span>({{0, 1, SpanKind::Image, 0}}));
}

void DraftyTest::entitiesAreTyped()
{
    const Drafty drafty = Drafty::fromEntity({}, picture())
        + Drafty::fromEntity(u"x"_s, Link{u"https://a.test"_s, {}});
    QCOMPARE(drafty.as<Image>(drafty.spans().at(0))->pixels, (PixelSize{64, 48}));
    QCOMPARE(drafty.as<Image>(drafty.spans().at(0))->source.bytes(), QByteArray(3, '\0'));
    QCOMPARE(drafty.as<Link>(drafty.spans().at(1))->url, u"https://a.test"_s);
    QVERIFY(!drafty.as<Mention>(drafty.spans().at(1)));
}

void DraftyTest::unsafeReferencesAreDropped_data()
{
    QTest::addColumn<QString>("reference");
    QTest::addColumn<bool>("isSafe");
    QTest::newRow("of the server") << u"/v0/file/s/a.png"_s << true;
    QTest::newRow("relative") << u"a.png"_s << true;
    QTest::newRow("elsewhere") << u"https://a.test/a.png"_s << true;
    QTest::newRow("a host without a scheme") << u"//evil.test/a.png"_s << false;
    QTest::newRow("the same to a browser") << u"/\\evil.test/a.png"_s << false;
    QTest::newRow("a file") << u"file:///etc/passwd"_s << false;
    QTest::newRow("a script") << u"javascript:alert(1)"_s << false;
    QTest::newRow("a hidden script") << u"java\tscript:alert(1)"_s << false;
    QTest::newRow("data") << u"data:text/html,x"_s << false;
}

void DraftyTest::unsafeReferencesAreDropped()
{
    QFETCH(QString, reference);
    QFETCH(bool, isSafe);
    Image image = picture();
    image.source.ref = reference;
    const Drafty drafty = Drafty::fromEntity({}, image);
    QCOMPARE(drafty.as<Image>(drafty.spans().first())->source.ref, isSafe ? reference : QString());
}

void DraftyTest::unknownPartsAreKept()
{
    const QByteArray json
        = R"({"ent":[{"data":{"a":[1]},"tp":"ZZ"}],"fmt":[{"at":0,"key":0,"len":2}],"txt":"ab"})";
    QCOMPARE(read(json).toContent().bytes(), json);
    QCOMPARE(plainText(read(json)), u"ab"_s);
}

void DraftyTest::partsAreWalkedAsATree()
{
    QStringList steps;
    const Drafty drafty = parseMarkup(u"*a _b_* ~c~"_s);
    drafty.walk([&](const Span &span) { steps += drafty.text().mid(span.begin, span.length); },
        [&](const Span &span) { steps += u"/%1"_s.arg(span.begin); });
    QCOMPARE(steps, QStringList({u"a b"_s, u"b"_s, u"/2"_s, u"/0"_s, u"c"_s, u"/4"_s}));
}

void DraftyTest::runsDoNotOverlap()
{
    const QList<TextRun> expected{{0, 2, TextStyle::Bold, -1},
        {2, 1, TextStyle::Bold | TextStyle::Italic, -1}, {4, 13, TextStyle::Link, 0}};
    QCOMPARE(textRuns(parseMarkup(u"*a _b_* http://a.test"_s)), expected);
    QCOMPARE(textRuns(parseMarkup(u"*a _b_* http://a.test"_s), 2, 3),
        QList<TextRun>(
            {{0, 1, TextStyle::Bold | TextStyle::Italic, -1}, {2, 1, TextStyle::Link, 0}}));
}

void DraftyTest::aMessageIsLaidOutInBlocks()
{
    const Drafty drafty = replyQuote(u"Bob"_s, kBob, Drafty(u"said"_s))
        + Drafty::fromEntity({}, picture()) + Drafty(u"\ncaption"_s);
    QList<Block::Kind> kinds;
    for (const Block &block : blocks(drafty.withAttachment(File{{}})))
        kinds += block.kind;
    QCOMPARE(kinds,
        QList<Block::Kind>(
            {Block::Kind::Quote, Block::Kind::Medium, Block::Kind::Text, Block::Kind::Medium}));
}

void DraftyTest::buttonsOfALineShareARow()
{
    const auto button = [](const QString &title) {
        return Drafty::fromEntity(title, Button{Button::Action::Publish, title, {}, {}});
    };
    const Drafty form = (Drafty(u"Agree?\n"_s) + button(u"Yes"_s) + Drafty(u" "_s) + button(u"No"_s)
        + Drafty(u"\n"_s) + button(u"Later"_s))
                            .wrapped(Form{});
    const QList<Block> found = blocks(form);
    QCOMPARE(found.size(), 3);
    QCOMPARE(found.at(1).buttons.size(), 2);
    QCOMPARE(found.at(2).buttons.size(), 1);
}

void DraftyTest::anAnswerBeginsWithAQuote()
{
    const Drafty original = replyQuote(u"Al"_s, kBob, Drafty(u"older"_s))
        + parseMarkup(u"what I *said*\nwas rather longer than that"_s);
    const Drafty quote = replyQuote(u"Bob"_s, kBob, original);
    QCOMPARE(quote.text(), u"Bob\nwhat I said was rather longer\u2026"_s);
    QCOMPARE(quote.spans().first(), (Span{0, quote.text().size(), SpanKind::Quote, -1}));
    QCOMPARE(quote.as<Mention>(quote.spans().at(1))->user, kBob);
    QVERIFY(quote.has(SpanKind::Bold));
}

void DraftyTest::aForwardedMessageNamesItsAuthorOnce()
{
    const Drafty once = forwarded(u"Bob"_s, kBob, parseMarkup(u"pass *it* on to @all"_s));
    QCOMPARE(once.text(), u"\u27a6 Bob\npass it on to @all"_s);
    QCOMPARE(forwarded(u"Eve"_s, kBob, once).text(), u"\u27a6 Eve\npass it on to @all"_s);
}

void DraftyTest::aPollIsAFormWithALineForEachAnswer()
{
    const Drafty form = pollForm(u" Lunch? "_s, {u"Noon"_s, u"One  o'clock"_s});
    QCOMPARE(form.text(), u"Lunch?\nNoon\nOne o'clock"_s);
    QVERIFY(form.has(SpanKind::Form));
    const Drafty read = Drafty::fromContent(form.toContent());
    QCOMPARE(read, form);
    QCOMPARE(pollQuestion(read).text(), u"Lunch?"_s);
    QCOMPARE(
        pollChoices(read), QList<PollChoice>({{u"1"_s, u"Noon"_s}, {u"2"_s, u"One o'clock"_s}}));
    QCOMPARE(blocks(read).size(), 3); // the question and two rows of one button
    Button again;
    again.action = Button::Action::Publish;
    again.name = u"1"_s;
    QCOMPARE(pollChoices(form + Drafty::fromEntity(u"Noon, twice"_s, again)).size(), 2);
    QCOMPARE(pollChoices(Drafty(u"no form"_s)).size(), 0);
}

void DraftyTest::aPollThatEndsSaysItsResultInWords()
{
    const Drafty form = pollForm(u"Lunch?"_s, {u"Noon"_s, u"One"_s});
    const Drafty result = pollResult(form, {3, 0}, u"Over."_s);
    QCOMPARE(result.text(), u"Lunch?\nNoon: 3\nOne: 0\nOver."_s);
    QVERIFY(!result.has(SpanKind::Form));
}

void DraftyTest::whatHoldsMoreThanWordsIsNotEditable()
{
    const Drafty words = Drafty(u"words"_s).wrapped(SpanKind::Bold);
    QVERIFY(isEditable(words.toContent()));
    QVERIFY(isEditable(JsonBlob::fromString(u"words"_s)));
    QVERIFY(!isEditable(replyQuote(u"Ann"_s, u"usrA"_s, words).toContent()));
    QVERIFY(!isEditable(
        words.withAttachment(File{{u"text/plain"_s, u"a.txt"_s, 3, {}, u"YWJj"_s}}).toContent()));
    QVERIFY(!isEditable(pollForm(u"?"_s, {u"a"_s, u"b"_s}).toContent()));
    QVERIFY(!isEditable(JsonBlob()));
}

void DraftyTest::aPressedButtonAnswersItsForm()
{
    const Drafty answer
        = buttonReply(u"Yes"_s, Button{Button::Action::Publish, u"yes"_s, {}, {}}, 6);
    QCOMPARE(answer.toContent().bytes(),
        QByteArray(R"({"ent":[{"data":{"mime":"text/x-drafty-fr","val":)"
                   R"({"resp":{"yes":1},"seq":6}},"tp":"EX"}],)"
                   R"("fmt":[{"at":-1,"key":0,"len":0}],"txt":"Yes"})"));
    QCOMPARE(plainText(answer), u"Yes"_s);
}

void DraftyTest::previewLinesSayWhatIsThere()
{
    const PreviewLine shown = previewLine(Drafty::fromEntity({}, picture()));
    QCOMPARE(shown.text, u"Picture"_s);
    QCOMPARE(shown.medium, SpanKind::Image);
    const PreviewLine captioned
        = previewLine(Drafty::fromEntity({}, picture()) + Drafty(u"\nthe\nsea"_s));
    QCOMPARE(captioned.text, u"the sea"_s);
    const PreviewLine answer
        = previewLine(replyQuote(u"Bob"_s, kBob, Drafty(u"x"_s)) + Drafty(u"yes"_s));
    QCOMPARE(answer.text, u"yes"_s);
    QVERIFY(answer.isReply);
    const PreviewLine passed = previewLine(forwarded(u"Bob"_s, kBob, Drafty(u"news"_s)));
    QCOMPARE(passed.text, u"news"_s);
    QVERIFY(passed.isForwarded);
    QCOMPARE(previewLine(Drafty(u"abcdef"_s), 3).text, u"ab\u2026"_s);
}

void DraftyTest::fixedPartsAreNotReadAsMarks()
{
    const Drafty mention = Drafty::fromEntity(u"@Al _B_"_s, Mention{kBob});
    const MarkedText typed{u"*hi @Al _B_*"_s, {{4, mention}}, {}};
    const Drafty drafty = parseMarkup(typed);
    QCOMPARE(drafty.text(), u"hi @Al _B_"_s);
    QCOMPARE(drafty.as<Mention>(drafty.spans().at(1))->user, kBob);
    QCOMPARE(formatMarkup(drafty), typed);
    MarkedText changed = typed;
    changed.text.replace(u"Al"_s, u"Bo"_s); // no longer what was completed
    QCOMPARE(parseMarkup(changed), parseMarkup(changed.text));
}

void DraftyTest::fencesHoldCode()
{
    const Drafty drafty = parseMarkup(u"see\n```cpp\nint *a;\nint *b;\n```\ndone"_s);
    QCOMPARE(drafty.text(), u"see\nint *a;\nint *b;\ndone"_s);
    QCOMPARE(drafty.spans(), QList<Span>({{4, 15, SpanKind::Code, -1}}));
    QCOMPARE(blocks(drafty).at(1).kind, Block::Kind::CodeBlock);
    QCOMPARE(parseMarkup(u"```\nopen"_s).text(), u"```\nopen"_s);
}

void DraftyTest::addressesKeepTheirMarks()
{
    const Drafty drafty = parseMarkup(u"https://a.test/_b_/(c), *https://a.test/x_y*"_s);
    QCOMPARE(drafty.text(), u"https://a.test/_b_/(c), https://a.test/x_y"_s);
    QCOMPARE(drafty.as<Link>(drafty.spans().at(0))->url, u"https://a.test/_b_/(c)"_s);
    QCOMPARE(drafty.spans().at(1).kind, SpanKind::Bold);
}

void DraftyTest::namesOfFilesAreFound()
{
    const Drafty drafty = Drafty(u"here"_s).withAttachment(File{{{}, u"plan.pdf"_s, 0, {}, {}}});
    QCOMPARE(searchText(drafty), u"here\nplan.pdf"_s);
    const Drafty link = Drafty::fromEntity(u"this"_s, Link{u"https://a.test"_s, {}});
    QCOMPARE(searchText(link), u"this\nhttps://a.test"_s);
}

void DraftyTest::hostileDocumentsAreBounded()
{
    const auto many = [](const QByteArray &format) {
        return R"({"txt":")" + QByteArray(20000, 'a') + R"(","fmt":[)"
            + (format + ',').repeated(20000) + R"({}],"ent":[]})";
    };
    QCOMPARE(read(many(R"({"at":0,"len":9,"tp":"ST"})")).spans().size(), Drafty::kMaxDepth);
    QCOMPARE(read(many(R"({"at":1,"len":0,"tp":"BR"})")).text().size(), 20001);
    QCOMPARE(read(many(R"({"at":1,"len":0,"tp":"IM"})")).spans().size(), Drafty::kMaxSpans);
    const QString endless = u"_*a "_s.repeated(kMaxText);
    QVERIFY(parseMarkup(endless).text().size() <= kMaxText);
}

QTEST_GUILESS_MAIN(DraftyTest)
#include "tst_drafty.moc"
