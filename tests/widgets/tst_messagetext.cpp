#include "widgets/conversation/codecolors.h"
#include "widgets/conversation/messagetext.h"
#include "wire/drafty/quoting.h"

#include <QTest>

using namespace confab;
using wire::Drafty;
using wire::SpanKind;

/// What a message shows, made from its content.
class MessageTextTest : public QObject
{
    Q_OBJECT

private slots:
    void codeIsColouredByItsLooks_data();
    void codeIsColouredByItsLooks();
    void styledWordsKeepTheirPlacesWithoutHiddenControls();
    void codeOverLinesStandsBetweenWords();
    void addressesInCodeAreNoLinks();
    void onlySafeTargetsBecomeLinks();
    void aReplyBeginsWithWhomItAnswers();
    void aForwardedMessageNamesItsAuthor();
    void mediaAndButtonsArePartsWithoutText();
    void hiddenWordsAreLeftOut();
    void otherContentIsShownByItsWords();
    void cutMessagesLoseWhatComesAfter();
    void htmlHasStylesAndEscapesTheRest();
    void emojiAreFoundWhole_data();
    void emojiAreFoundWhole();
    void oneEmojiAloneIsLarge();
};

namespace {

using Kind = MessagePart::Kind;

QList<Kind> kinds(const MessageText &text)
{
    QList<Kind> result;
    for (const MessagePart &part : text.parts())
        result.append(part.kind);
    return result;
}

}

void MessageTextTest::styledWordsKeepTheirPlacesWithoutHiddenControls()
{
    const MessageText text(Drafty(QStringLiteral("a\u202Eb bold c")).wrapped(SpanKind::Bold, 4, 4));
    QCOMPARE(text.text(), QStringLiteral("ab bold c"));
    QCOMPARE(text.styles(), (QList<StyledText>{{3, 4, wire::TextStyle::Bold}}));
}

void MessageTextTest::codeOverLinesStandsBetweenWords()
{
    const QString source = QStringLiteral("before\nint a;\nint b;\nafter");
    const MessageText text(Drafty(source).wrapped(SpanKind::Code, 7, 13));
    QCOMPARE(kinds(text), (QList<Kind>{Kind::Words, Kind::Code, Kind::Words}));
    const MessagePart &code = text.parts().at(1);
    QCOMPARE(text.source(code.start, code.start + code.length), QStringLiteral("int a;\nint b;"));
    QCOMPARE(text.source(0, int(text.text().size())), source);
    QVERIFY(text.styles().isEmpty());
}

void MessageTextTest::addressesInCodeAreNoLinks()
{
    const Drafty plain(QStringLiteral("see https://a.example now"));
    QCOMPARE(MessageText(plain).links().size(), 1);
    QVERIFY(MessageText(plain.wrapped(SpanKind::Code, 0, 25)).links().isEmpty());
}

void MessageTextTest::onlySafeTargetsBecomeLinks()
{
    const auto linked = [](const QString &url) {
        return MessageText(Drafty::fromEntity(QStringLiteral("here"), wire::Link{url, {}})).links();
    };
    QCOMPARE(linked(QStringLiteral("https://a.example/")).size(), 1);
    QVERIFY(linked(QStringLiteral("ftp://a.example/")).isEmpty());
    QVERIFY(linked(QStringLiteral("https://bank.example@evil.example/")).isEmpty());
    // The words say one address, the link goes to another: only the real one counts.
    const MessageText text(Drafty::fromEntity(
        QStringLiteral("https://bank.example"), wire::Link{QStringLiteral("https://b.example/"), {}}));
    QCOMPARE(text.links().size(), 1);
    QCOMPARE(text.links().first().url, QUrl(QStringLiteral("https://b.example/")));
}

void MessageTextTest::aReplyBeginsWithWhomItAnswers()
{
    const Drafty quote = wire::replyQuote(
        QStringLiteral("Ann"), QStringLiteral("usrAnn"), Drafty(QStringLiteral("first words")));
    const MessageText text(quote + Drafty(QStringLiteral("yes")));
    QCOMPARE(kinds(text), (QList<Kind>{Kind::Quote, Kind::Words}));
    QCOMPARE(text.parts().first().name, QStringLiteral("Ann"));
    QCOMPARE(text.parts().first().user, QStringLiteral("usrAnn"));
    QCOMPARE(text.parts().first().line, QStringLiteral("first words"));
    QCOMPARE(text.text(), QStringLiteral("yes"));
}

void MessageTextTest::aForwardedMessageNamesItsAuthor()
{
    const MessageText text(wire::forwarded(
        QStringLiteral("Ann"), QStringLiteral("usrAnn"), Drafty(QStringLiteral("words"))));
    QCOMPARE(kinds(text), (QList<Kind>{Kind::Forwarded, Kind::Words}));
    QCOMPARE(text.parts().first().name, QStringLiteral("Ann"));
    QCOMPARE(text.text(), QStringLiteral("words"));
}

void MessageTextTest::mediaAndButtonsArePartsWithoutText()
{
    wire::File file;
    file.source.mime = QStringLiteral("application/pdf");
    file.source.name = QStringLiteral("plan.pdf");
    file.source.ref = QStringLiteral("/v0/file/s/x");
    wire::Button button;
    button.action = wire::Button::Action::Publish;
    button.name = QStringLiteral("yes");
    const MessageText text((Drafty(QStringLiteral("look\n"))
        + Drafty::fromEntity(QStringLiteral("Yes"), button)).withAttachment(file));
    QCOMPARE(kinds(text), (QList<Kind>{Kind::Words, Kind::Buttons, Kind::Medium}));
    QCOMPARE(text.text(), QStringLiteral("look"));
    QCOMPARE(text.parts().at(1).buttons.first().title, QStringLiteral("Yes"));
    QCOMPARE(text.parts().at(1).buttons.first().action.name, QStringLiteral("yes"));
}

void MessageTextTest::hiddenWordsAreLeftOut()
{
    const MessageText text(Drafty(QStringLiteral("a secret b")).wrapped(SpanKind::Hidden, 2, 7));
    QCOMPARE(text.text(), QStringLiteral("a b"));
}

void MessageTextTest::otherContentIsShownByItsWords()
{
    const QString words = QStringLiteral("words");
    QCOMPARE(MessageText::ofMessage({}, words, false).text(), words);
    QCOMPARE(MessageText::ofMessage(wire::JsonBlob::fromBytes("[1,2]"), words, false).text(), words);
    const Drafty bold = Drafty(words).wrapped(SpanKind::Bold);
    QCOMPARE(MessageText::ofMessage(bold.toContent(), words, false).styles().size(), 1);
}

void MessageTextTest::cutMessagesLoseWhatComesAfter()
{
    const QString words = QStringLiteral("word ").repeated(2000);
    const Drafty document = Drafty(words + QStringLiteral("\n")) + Drafty(QStringLiteral("a\nb")).wrapped(SpanKind::Code)
        + Drafty(QStringLiteral("\nend"));
    const MessageText cut(document);
    QVERIFY(cut.isCut());
    QCOMPARE(kinds(cut), QList<Kind>{Kind::Words});
    QCOMPARE(cut.text().size(), qsizetype(MessageText::kCutLength));
    QCOMPARE(cut.parts().first().length, MessageText::kCutLength);
    const MessageText whole(document, true);
    QCOMPARE(whole.parts().size(), 3);
}

void MessageTextTest::htmlHasStylesAndEscapesTheRest()
{
    const MessageText text(Drafty(QStringLiteral("a <b> bold\nhttps://a.example/?x&y"))
        .wrapped(SpanKind::Bold, 6, 4));
    QCOMPARE(text.html(0, int(text.text().size())),
        QStringLiteral("a &lt;b&gt; <b>bold</b><br><a href=\"https://a.example/?x&amp;y\">"
                       "https://a.example/?x&amp;y</a>"));
    QCOMPARE(text.html(7, 9), QStringLiteral("<b>ol</b>"));
}

void MessageTextTest::emojiAreFoundWhole_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("start");
    QTest::addColumn<int>("length");
    QTest::newRow("face") << QStringLiteral("hi 🎉") << 3 << 2;
    QTest::newRow("neighbours") << QStringLiteral("a🎉👍b") << 1 << 4;
    QTest::newRow("flag") << QStringLiteral("🇩🇪") << 0 << 4;
    QTest::newRow("family") << QStringLiteral("👩‍👩‍👧") << 0 << 8;
    QTest::newRow("key cap") << QStringLiteral("1⃣ x") << 0 << 2;
    QTest::newRow("skin") << QStringLiteral("👍🏽!") << 0 << 4;
    QTest::newRow("heart by style") << QStringLiteral("❤️") << 0 << 2;
    QTest::newRow("heart as text") << QStringLiteral("❤ © 1") << 0 << 0;
    QTest::newRow("arabic") << QStringLiteral("ممتاز") << 0 << 0;
}

void MessageTextTest::emojiAreFoundWhole()
{
    QFETCH(QString, text);
    QFETCH(int, start);
    QFETCH(int, length);
    const QList<TextSpan> spans = emojiSpans(text);
    QCOMPARE(spans, length ? (QList<TextSpan>{{start, length}}) : QList<TextSpan>());
}

void MessageTextTest::oneEmojiAloneIsLarge()
{
    QVERIFY(MessageText(QStringLiteral("🎉")).isSingleEmoji());
    QVERIFY(MessageText(QStringLiteral("🏳️‍🌈")).isSingleEmoji());
    QVERIFY(!MessageText(QStringLiteral("🎉🎉")).isSingleEmoji());
    QVERIFY(!MessageText(QStringLiteral("🎉!")).isSingleEmoji());
    QVERIFY(!MessageText(QString()).isSingleEmoji());
}

void MessageTextTest::codeIsColouredByItsLooks_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QStringList>("keywords");
    QTest::addColumn<QStringList>("literals");
    QTest::addColumn<QStringList>("comments");
    using List = QStringList;
    QTest::newRow("c++") << QStringLiteral("void f() { x = 0; // was missing\n return \"a \\\"b\"; }")
                         << List{QStringLiteral("void"), QStringLiteral("return")}
                         << List{QStringLiteral("0"), QStringLiteral("\"a \\\"b\"")}
                         << List{QStringLiteral("// was missing")};
    QTest::newRow("python") << QStringLiteral("def go(): # why\n    return 'x' + y2")
                            << List{QStringLiteral("def"), QStringLiteral("return")}
                            << List{QStringLiteral("'x'")} << List{QStringLiteral("# why")};
    QTest::newRow("words are not code") << QStringLiteral("don't delay, it's 5pm: #topic a--b")
                                        << List() << List{QStringLiteral("5pm")} << List();
    QTest::newRow("open ends") << QStringLiteral("a \"open\n/* never closed")
                               << List() << List() << List{QStringLiteral("/* never closed")};
}

void MessageTextTest::codeIsColouredByItsLooks()
{
    QFETCH(QString, code);
    const QList<CodeToken> tokens = codeTokens(code);
    const auto of = [&](CodeToken::Kind kind) {
        QStringList found;
        for (const CodeToken &token : tokens) {
            if (token.kind == kind)
                found.append(code.mid(token.start, token.length));
        }
        return found;
    };
    QTEST(of(CodeToken::Kind::Keyword), "keywords");
    QTEST(of(CodeToken::Kind::Literal), "literals");
    QTEST(of(CodeToken::Kind::Comment), "comments");
}

QTEST_GUILESS_MAIN(MessageTextTest)
#include "tst_messagetext.moc"
