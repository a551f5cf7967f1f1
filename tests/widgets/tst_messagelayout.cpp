#include "conversationfixture.h"
#include "stallgate.h"
#include "widgets/conversation/messagelayout.h"
#include "widgets/conversation/messagerows.h"
#include "widgets/tick.h"

#include <QFontMetricsF>
#include <QTest>

using namespace confab;

/// Geometry of rows, by containment: what must lie inside what, and what must not overlap.
class MessageLayoutTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void everythingStaysInsideItsBubble_data();
    void everythingStaysInsideItsBubble();
    void timeFollowsShortTextOnTheSameLine();
    void timeTakesItsOwnLineWhereTextFillsTheLast();
    void rightToLeftTextHasItsTimeOnTheLeft();
    void ownBubblesEndAtTheColumnOthersStartBesideTheAvatar();
    void talksOfTwoHaveNoNamesAndNoAvatars();
    void longWordsBreakInsideTheBubble();
    void hugeMessagesAreCutUntilExpanded();
    void failedMessagesShowReasonAndActionsBelow();
    void linksAreFoundWhereTheyAreDrawn();
    void aLinksPreviewStandsBelowTheWords();
    void groupsEndAfterFiveMinutesAndAtAnotherSender();
    void aDayAndTheFirstUnreadMessageStartAnew();
    void joinedEmojiLoseTheirStyleSelectors();
    void directionOverridesAreNotShownButCopied();
    void onlySafeLinksAreLinks_data();
    void onlySafeLinksAreLinks();

private:
    MessageLayout layOut(const QString &text, int width = 800);

    std::unique_ptr<Theme> m_theme;
    MessageItem m_item;
};

void MessageLayoutTest::initTestCase()
{
    m_theme = std::make_unique<Theme>();
    m_item.key.seq = 1;
    m_item.from = QStringLiteral("usrAnn");
    m_item.sender = QStringLiteral("Ann");
    m_item.time = QStringLiteral("09:41");
    m_item.manySenders = true;
}

MessageLayout MessageLayoutTest::layOut(const QString &text, int width)
{
    MessageItem item = m_item;
    item.text = text;
    return MessageLayout(item, MessageStyle(*m_theme), width);
}

void MessageLayoutTest::everythingStaysInsideItsBubble_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("width");
    const QString german = QStringLiteral("Lieber warten, der Smoke-Test läuft noch bis 14 Uhr. ");
    const QString arabic = QStringLiteral("سأجرّبها على الجهاز الثالث بعد الظهر ");
    for (const int width : {300, 480, 980, 1600}) {
        QTest::addRow("short, %d", width) << QStringLiteral("Hi") << width;
        QTest::addRow("empty, %d", width) << QString() << width;
        QTest::addRow("german, %d", width) << german.repeated(5) << width;
        QTest::addRow("arabic, %d", width) << arabic.repeated(5) << width;
        QTest::addRow("emoji, %d", width) << QStringLiteral("🎉👍❤️").repeated(30) << width;
        QTest::addRow("lines, %d", width) << QStringLiteral("one\ntwo\n\nthree") << width;
        QTest::addRow("word, %d", width) << QString(500, u'x') << width;
        QTest::addRow("cut, %d", width) << german.repeated(400) << width;
    }
}

void MessageLayoutTest::everythingStaysInsideItsBubble()
{
    QFETCH(QString, text);
    QFETCH(int, width);
    for (const bool own : {false, true}) {
        m_item.own = own;
        m_item.delivery = own ? Delivery::Read : Delivery::None;
        const MessageLayout layout = layOut(text, width);
        const QRectF &bubble = layout.bubble();
        QVERIFY(QRectF(0, 0, width, layout.height()).contains(bubble));
        QVERIFY(bubble.width() <= qMin(560.0, 0.72 * width));
        QVERIFY(text.isEmpty() || bubble.contains(layout.parts().front().rect()));
        QVERIFY(bubble.contains(layout.metaRect()));
        QVERIFY(layout.senderRect().isEmpty() || bubble.contains(layout.senderRect()));
        QVERIFY(!layout.avatarRect().intersects(bubble));
        const int last = layout.parts().front().lines().lineCount() - 1;
        for (int i = 0; i <= last; ++i) {
            const QRectF line
                = layout.parts().front().lines().lineAt(i).naturalTextRect().translated(
                    layout.parts().front().origin());
            QVERIFY(line.left() >= bubble.left() + 11 && line.right() <= bubble.right() - 11);
            if (i == last && !line.isEmpty()) {
                QVERIFY(line.right() <= layout.metaRect().left()
                    || line.left() >= layout.metaRect().right()
                    || line.bottom() <= layout.metaRect().top() + 4);
            }
        }
    }
    m_item.own = false;
    m_item.delivery = Delivery::None;
}

void MessageLayoutTest::timeFollowsShortTextOnTheSameLine()
{
    const MessageLayout layout = layOut(QStringLiteral("Hi"));
    QVERIFY(layout.metaRect().left() >= layout.parts().front().rect().right() + 8);
    QVERIFY(layout.metaRect().top() < layout.parts().front().rect().bottom());
    QCOMPARE(layout.bubble().right() - layout.metaRect().right(), 10.0);
    QCOMPARE(layout.bubble().bottom() - layout.metaRect().bottom(), 6.0);
}

void MessageLayoutTest::timeTakesItsOwnLineWhereTextFillsTheLast()
{
    QString text = QStringLiteral("i");
    while (layOut(text).parts().front().lines().lineCount() == 1)
        text += u'i';
    text.chop(1);
    const MessageLayout layout = layOut(text);
    QCOMPARE(layout.parts().front().lines().lineCount(), 1);
    QVERIFY(layout.metaRect().top() >= layout.parts().front().rect().bottom() - 4);
}

void MessageLayoutTest::rightToLeftTextHasItsTimeOnTheLeft()
{
    const MessageLayout layout = layOut(QStringLiteral("ممتاز! سأجرّبها"));
    QVERIFY(layout.text().isRightToLeft());
    QVERIFY(layout.metaRect().right() <= layout.parts().front().rect().left() - 8);
    QCOMPARE(layout.metaRect().left() - layout.bubble().left(), 10.0);
}

void MessageLayoutTest::ownBubblesEndAtTheColumnOthersStartBesideTheAvatar()
{
    const MessageLayout other = layOut(QStringLiteral("Hi"), 1000);
    QCOMPARE(other.avatarRect(), QRectF(60, other.bubble().bottom() - 32, 32, 32));
    QCOMPARE(other.bubble().left(), 100.0);
    m_item.own = true;
    const MessageLayout own = layOut(QStringLiteral("Hi"), 1000);
    m_item.own = false;
    QCOMPARE(own.bubble().right(), 940.0);
    QVERIFY(own.avatarRect().isEmpty());
    QVERIFY(own.senderRect().isEmpty());
}

void MessageLayoutTest::talksOfTwoHaveNoNamesAndNoAvatars()
{
    m_item.manySenders = false;
    const MessageLayout layout = layOut(QStringLiteral("Hi"));
    m_item.manySenders = true;
    QVERIFY(layout.senderRect().isEmpty());
    QVERIFY(layout.avatarRect().isEmpty());
    QCOMPARE(layout.bubble().left(), 16.0);
}

void MessageLayoutTest::longWordsBreakInsideTheBubble()
{
    const MessageLayout layout = layOut(QString(300, u'W'), 400);
    QVERIFY(layout.parts().front().lines().lineCount() > 5);
}

void MessageLayoutTest::hugeMessagesAreCutUntilExpanded()
{
    const QString text = QStringLiteral("many words ").repeated(10'000);
    const MessageLayout cut = layOut(text);
    QVERIFY(cut.text().isCut());
    QVERIFY(cut.bubble().contains(cut.showAllRect()));
    QVERIFY(!cut.showAllRect().intersects(cut.metaRect()));
    m_item.expanded = true;
    const MessageLayout whole = layOut(text);
    m_item.expanded = false;
    QVERIFY(whole.showAllRect().isEmpty());
    QVERIFY(whole.height() > 5 * cut.height());
}

void MessageLayoutTest::failedMessagesShowReasonAndActionsBelow()
{
    m_item.own = true;
    m_item.delivery = Delivery::Failed;
    m_item.error = QStringLiteral("the server refused it");
    for (const int width : {300, 980}) {
        const MessageLayout layout = layOut(QStringLiteral("Hi"), width);
        const QRectF row(0, 0, width, layout.height());
        QVERIFY(layout.failure().reasonRect().top() >= layout.bubble().bottom());
        QVERIFY(row.contains(layout.failure().reasonRect()));
        QVERIFY(row.contains(layout.failure().retryRect()));
        QVERIFY(row.contains(layout.failure().deleteRect()));
        QVERIFY(!layout.failure().retryRect().intersects(layout.failure().deleteRect()));
        QVERIFY(!layout.failure().retryRect().intersects(layout.failure().reasonRect()));
        QVERIFY(layout.failure().retryRect().height() >= 24);
    }
    m_item.own = false;
    m_item.delivery = Delivery::None;
    m_item.error.clear();
}

void MessageLayoutTest::linksAreFoundWhereTheyAreDrawn()
{
    const QString text = QStringLiteral("See https://example.org/a for more");
    const MessageLayout layout = layOut(text);
    const QTextLine line = layout.parts().front().lines().lineAt(0);
    const auto at = [&](int character) {
        return layout.parts().front().origin()
            + QPointF(line.cursorToX(character) + 1, line.rect().center().y());
    };
    QCOMPARE(layout.linkAt(at(8), {}), QUrl(QStringLiteral("https://example.org/a")));
    QVERIFY(layout.linkAt(at(1), {}).isEmpty());
    QVERIFY(layout.linkAt(at(int(text.size()) - 2), {}).isEmpty());
}

void MessageLayoutTest::aLinksPreviewStandsBelowTheWords()
{
    wire::LinkPreview preview;
    preview.title = QStringLiteral("A page with a rather long title").repeated(4);
    preview.site = QStringLiteral("Example");
    preview.about = QStringLiteral("What it is about");
    preview.base64 = QStringLiteral("AAAA");
    const QString url = QStringLiteral("https://example.org/a");
    const auto document = wire::Drafty(QStringLiteral("see "))
        + wire::Drafty::fromEntity(url, wire::Link{url, preview});
    MessageItem item = m_item;
    item.text = document.text();
    item.content = document.toContent();
    const MessageLayout layout(item, MessageStyle(*m_theme), 480);
    QCOMPARE(layout.parts().size(), size_t(2));
    const PartLayout &part = layout.parts().back();
    QCOMPARE(part.kind(), MessagePart::Kind::Preview);
    QVERIFY(layout.bubble().contains(part.rect()));
    QVERIFY(part.rect().top() >= layout.parts().front().rect().bottom());
    QVERIFY(part.rect().contains(part.emblem()));
    QVERIFY(part.captionOrigin().x() > part.emblem().right());
    const QRectF title
        = part.caption()->lineAt(0).naturalTextRect().translated(part.captionOrigin());
    QVERIFY(part.rect().contains(title));
    QVERIFY(!part.rect().intersects(layout.metaRect()));
    QCOMPARE(layout.linkAt(part.rect().center(), {}), QUrl(url));
    QCOMPARE(layout.text().parts().back().line, QStringLiteral("Example · What it is about"));
}

void MessageLayoutTest::groupsEndAfterFiveMinutesAndAtAnotherSender()
{
    ConversationFixture chat;
    const QString ann = QStringLiteral("usrAnn");
    chat.add(1, ann, QStringLiteral("a"), 0);
    chat.add(2, ann, QStringLiteral("b"), 300);
    chat.add(3, ann, QStringLiteral("c"), 601);
    chat.add(4, QStringLiteral("usrBob"), QStringLiteral("d"), 602);
    MessageRows rows;
    rows.setModel(&chat.model);
    QVERIFY(rows.itemAt(0).startsGroup && !rows.itemAt(0).endsGroup);
    QVERIFY(!rows.itemAt(1).startsGroup && rows.itemAt(1).endsGroup);
    QVERIFY(rows.itemAt(2).startsGroup && rows.itemAt(2).endsGroup);
    QVERIFY(rows.itemAt(3).startsGroup);
}

void MessageLayoutTest::aDayAndTheFirstUnreadMessageStartAnew()
{
    ConversationFixture chat;
    const QString ann = QStringLiteral("usrAnn");
    chat.add(1, ann, QStringLiteral("a"), 0);
    chat.add(2, ann, QStringLiteral("b"), 1);
    chat.add(3, ann, QStringLiteral("c"), 86400);
    MessageRows rows;
    rows.setModel(&chat.model);
    rows.setFirstUnread(2);
    QVERIFY(!rows.itemAt(0).newDay.isEmpty());
    QVERIFY(rows.itemAt(1).newDay.isEmpty());
    QVERIFY(rows.itemAt(1).startsUnread && rows.itemAt(1).startsGroup);
    QVERIFY(!rows.itemAt(2).startsUnread);
    QVERIFY(!rows.itemAt(2).newDay.isEmpty());
    const MessageLayout layout(rows.itemAt(2), MessageStyle(*m_theme), 600);
    QVERIFY(layout.pillRect().bottom() < layout.bubble().top());
}

void MessageLayoutTest::joinedEmojiLoseTheirStyleSelectors()
{
    const QString family = QStringLiteral("❤️‍🔥 and 🏳️‍🌈");
    const MessageText text(family);
    QVERIFY(!text.text().contains(QChar(0xFE0F)));
    QCOMPARE(text.source(0, int(text.text().size())), family);
    QVERIFY(MessageText(QStringLiteral("❤️")).text().contains(QChar(0xFE0F)));
    QCOMPARE(text.emoji().size(), 2);
    QCOMPARE(text.emoji().at(0).length, 4);
    QCOMPARE(MessageText(QStringLiteral("1️⃣")).emoji().size(), 1);
    QCOMPARE(MessageText(QStringLiteral("1 plain 🎉")).emoji(), (QList<TextSpan>{{8, 2}}));
    QVERIFY(MessageText(QStringLiteral("1 plain ♥ © →")).emoji().isEmpty());
}

void MessageLayoutTest::directionOverridesAreNotShownButCopied()
{
    const QString source = QStringLiteral("a\u202Etxt.exe");
    const MessageText text(source);
    QCOMPARE(text.text(), QStringLiteral("atxt.exe"));
    QCOMPARE(text.source(0, 8), source);
    QCOMPARE(text.source(1, 4), QStringLiteral("txt"));
}

void MessageLayoutTest::onlySafeLinksAreLinks_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("link");
    const auto row = [](const char *name, const char *text, const char *link) {
        QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(link);
    };
    row("https", "see https://a.example/x?y=1.", "https://a.example/x?y=1");
    row("in brackets", "(http://a.example/b)", "http://a.example/b");
    row("brackets inside", "http://a.example/b_(c)", "http://a.example/b_(c)");
    row("mail", "mailto:ann@a.example", "mailto:ann@a.example");
    row("script", "javascript:alert(1)", "");
    row("file", "file:///etc/passwd", "");
    row("data", "data:text/html,x", "");
    row("hidden host", "https://bank.example@evil.example/", "");
    row("no host", "https:///x", "");
    row("plain words", "example.org", "");
}

void MessageLayoutTest::onlySafeLinksAreLinks()
{
    QFETCH(QString, text);
    QFETCH(QString, link);
    const QList<TextLink> links = findLinks(text);
    QCOMPARE(links.size(), link.isEmpty() ? 0 : 1);
    if (!link.isEmpty())
        QCOMPARE(text.mid(links.first().start, links.first().length), link);
}

CONFAB_GATED_MAIN(MessageLayoutTest)
#include "tst_messagelayout.moc"
