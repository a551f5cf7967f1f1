#include "stallgate.h"
#include "support/shapings.h"
#include "viewfixture.h"
#include "widgets/conversation/jumpbutton.h"
#include "wire/drafty/quoting.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace confab;

class MessageViewTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void opensAtItsEnd();
    void fewMessagesStickToTheBottom();
    void opensAtTheFirstUnreadMessage();
    void olderMessagesDoNotMoveWhatIsRead();
    void resizingDoesNotMoveWhatIsRead();
    void colourAndTextSizeDoNotMoveWhatIsRead();
    void changedColoursNeedNoLayout();
    void pinnedFollowsNewMessages();
    void ownMessageLeadsBackToTheEnd();
    void appendedOutOfSightCostsNothing();
    void onlyRowsOnScreenAreLaidOut();
    void scrollBarReachesBothEnds();
    void dateFloatsWhileScrolling();
    void selectionAcrossMessagesIsCopiedWithNames();
    void partOfOneMessageIsCopiedAsItIs();
    void doubleClickSelectsAWord();
    void failedMessageOffersRetryAndDelete();
    void linkOpensByClick();
    void quoteAsksForItsMessageByClickAndFromTheKeyboard();
    void pressedButtonsAreTold();
    void selectionIsCopiedWithItsStyles();
    void unchangedRowsAreRepaintedWithoutLayout();
    void keysMoveTheFocusFromMessageToMessage();
    void typingGoesToTheComposer();
    void shiftPageUpAsksForTheOldestUnreadMessage();
    void changesAreLaidOutOnceAFrame();
    void olderIsRequestedOnceUntilItCame();
    void eachLoadedPartGrowsWhereItIsRead();
    void onlyWhatAnActiveWindowShowsIsSeen();
    void numberedMessageKeepsItsPlace();
    void messagesAreListItemsWithOneSentence();

private:
    void scrollToMiddle();
    QPoint pointIn(int row, int character);

    std::unique_ptr<ViewFixture> m_fixture;
};

/// As with a screen reader running, which asks for every widget while it is being made.
void MessageViewTest::initTestCase()
{
    QAccessible::setActive(true);
}

void MessageViewTest::init()
{
    m_fixture = std::make_unique<ViewFixture>();
    m_fixture->chat.topic->setAtStart(true);
}

void MessageViewTest::cleanup()
{
    m_fixture.reset();
}

void MessageViewTest::scrollToMiddle()
{
    m_fixture->view.setModel(&m_fixture->chat.model);
    m_fixture->view.placedRows();
    m_fixture->view.scrollBy(-1500);
    QVERIFY(!m_fixture->view.isPinned());
}

QPoint MessageViewTest::pointIn(int row, int character)
{
    for (const RowWindow::PlacedRow &placed : m_fixture->view.placedRows()) {
        if (placed.row != row)
            continue;
        const QTextLine line = placed.layout->parts().front().lines().lineAt(0);
        const QPointF at = placed.layout->parts().front().origin()
            + QPointF(line.cursorToX(character), line.rect().center().y());
        return at.toPoint() + QPoint(0, placed.top);
    }
    return {};
}

void MessageViewTest::opensAtItsEnd()
{
    m_fixture->chat.fill(1, 100);
    m_fixture->view.setModel(&m_fixture->chat.model);
    const auto &placed = m_fixture->view.placedRows();
    QVERIFY(m_fixture->view.isPinned());
    QCOMPARE(placed.back().row, 99);
    QCOMPARE(placed.back().bottom(), m_fixture->view.viewport()->height() - MessageLayout::kFoot);
}

void MessageViewTest::fewMessagesStickToTheBottom()
{
    m_fixture->chat.fill(1, 2);
    m_fixture->view.setModel(&m_fixture->chat.model);
    const auto &placed = m_fixture->view.placedRows();
    QCOMPARE(placed.size(), size_t(2));
    QVERIFY(placed.front().top > 0);
    QCOMPARE(placed.back().bottom(), m_fixture->view.viewport()->height() - MessageLayout::kFoot);
}

void MessageViewTest::opensAtTheFirstUnreadMessage()
{
    m_fixture->chat.fill(1, 100);
    m_fixture->chat.setSeq(100, 50);
    m_fixture->view.setModel(&m_fixture->chat.model);
    const auto &placed = m_fixture->view.placedRows();
    QCOMPARE(placed.front().layout->item().key.seq, 51);
    QVERIFY(!placed.front().layout->dividerRect().isEmpty());
    QCOMPARE(placed.front().top, 0);
    QCOMPARE(m_fixture->view.newCount(), 50);
    m_fixture->chat.setSeq(100, 62); // as they are seen
    QVERIFY(m_fixture->view.jumpButton()->accessibleName().contains(u"38 new"));
    m_fixture->chat.setSeq(100, 100);
    QVERIFY(!m_fixture->view.placedRows().front().layout->dividerRect().isEmpty());
}

void MessageViewTest::olderMessagesDoNotMoveWhatIsRead()
{
    m_fixture->chat.fill(200, 300);
    scrollToMiddle();
    const Seq seq = m_fixture->view.placedRows().at(1).layout->item().key.seq;
    const int before = m_fixture->textTopOf(seq);
    m_fixture->chat.fill(100, 199);
    QCOMPARE(m_fixture->textTopOf(seq), before);
    m_fixture->chat.fill(1, 99);
    m_fixture->chat.fill(301, 400);
    QCOMPARE(m_fixture->textTopOf(seq), before);

    // Also the very first row, which loses its date and joins a group.
    m_fixture->view.scrollBy(-1'000'000);
    m_fixture->chat.topic->timeline().clear();
    m_fixture->chat.fill(10, 60);
    m_fixture->view.setModel(&m_fixture->chat.model);
    m_fixture->view.placedRows();
    m_fixture->view.scrollBy(-1'000'000);
    const int first = m_fixture->textTopOf(10);
    QVERIFY(first > 0);
    m_fixture->chat.add(9, QStringLiteral("usrBob"), QStringLiteral("same group"), 10 * 360 - 10);
    m_fixture->chat.fill(1, 8);
    QCOMPARE(m_fixture->textTopOf(10), first);
}

void MessageViewTest::resizingDoesNotMoveWhatIsRead()
{
    m_fixture->chat.fill(1, 200);
    scrollToMiddle();
    const auto &placed = m_fixture->view.placedRows();
    Seq seq = placed.front().layout->item().key.seq;
    if (m_fixture->textTopOf(seq) < 0)
        ++seq;
    const int before = m_fixture->textTopOf(seq);
    for (const QSize &size : {QSize(400, 500), QSize(900, 500), QSize(900, 300), QSize(600, 700)}) {
        m_fixture->view.resize(size);
        QCOMPARE(m_fixture->textTopOf(seq), before);
    }
}

void MessageViewTest::colourAndTextSizeDoNotMoveWhatIsRead()
{
    m_fixture->chat.fill(1, 200);
    scrollToMiddle();
    Seq seq = m_fixture->view.placedRows().front().layout->item().key.seq;
    if (m_fixture->textTopOf(seq) < 0)
        ++seq;
    const int before = m_fixture->textTopOf(seq);
    m_fixture->theme.setMode(ThemeMode::Dark);
    QCOMPARE(m_fixture->textTopOf(seq), before);
    m_fixture->theme.setTextPercent(150);
    QCOMPARE(m_fixture->textTopOf(seq), before);
}

void MessageViewTest::changedColoursNeedNoLayout()
{
    m_fixture->chat.fill(1, 50);
    m_fixture->view.setModel(&m_fixture->chat.model);
    m_fixture->view.placedRows();
    const quint64 before = m_fixture->view.layoutsMade();
    m_fixture->theme.setMode(ThemeMode::Dark);
    m_fixture->view.grab();
    QCOMPARE(m_fixture->view.layoutsMade(), before);
}

void MessageViewTest::pinnedFollowsNewMessages()
{
    m_fixture->chat.fill(1, 50);
    m_fixture->view.setModel(&m_fixture->chat.model);
    m_fixture->view.placedRows();
    const quint64 before = m_fixture->view.layoutsMade();
    m_fixture->chat.add(51, QStringLiteral("usrAnn"), QStringLiteral("new"), 51 * 360);
    QCOMPARE(m_fixture->view.placedRows().back().layout->item().key.seq, 51);
    QCOMPARE(m_fixture->view.layoutsMade(), before + 1);
    QVERIFY(m_fixture->view.isPinned());
}

void MessageViewTest::ownMessageLeadsBackToTheEnd()
{
    m_fixture->chat.fill(1, 100);
    scrollToMiddle();
    m_fixture->chat.addPending(QStringLiteral("c1"), Delivery::Queued, QStringLiteral("mine"));
    QVERIFY(m_fixture->view.isPinned());
    QCOMPARE(m_fixture->view.placedRows().back().layout->item().key.cid, QStringLiteral("c1"));
}

void MessageViewTest::appendedOutOfSightCostsNothing()
{
    m_fixture->chat.fill(1, 100);
    scrollToMiddle();
    QTRY_VERIFY(m_fixture->view.floatingDate().isEmpty());
    m_fixture->view.placedRows();
    QApplication::processEvents();
    const quint64 layouts = m_fixture->view.layoutsMade();
    const quint64 paints = m_fixture->view.paintsMade();
    for (Seq seq = 101; seq <= 150; ++seq)
        m_fixture->chat.add(seq, QStringLiteral("usrAnn"), QStringLiteral("new"), seq * 360);
    m_fixture->view.placedRows();
    QCOMPARE(m_fixture->view.layoutsMade(), layouts);
    QCOMPARE(m_fixture->view.newCount(), 50);
    auto *jump = m_fixture->view.jumpButton();
    QVERIFY(jump->isVisible());
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&m_fixture->view);
    QCOMPARE(list->child(150)->object(), jump);
    QApplication::processEvents(); // the button itself may be painted
    const quint64 withButton = m_fixture->view.paintsMade();
    QVERIFY(withButton <= paints + 1);
    m_fixture->chat.addPending(QStringLiteral("c"), Delivery::Queued, QStringLiteral("x"));
    m_fixture->view.placedRows();
    QVERIFY(!jump->isVisible());
}

void MessageViewTest::onlyRowsOnScreenAreLaidOut()
{
    m_fixture->chat.fill(1, 5000);
    m_fixture->view.setModel(&m_fixture->chat.model);
    const size_t screen = m_fixture->view.placedRows().size();
    QCOMPARE(m_fixture->view.layoutsMade(), quint64(screen));
    for (int i = 0; i < 100; ++i)
        m_fixture->view.scrollBy(-400);
    QVERIFY(m_fixture->view.layoutsKept() <= int(5 * screen) + 20);
}

void MessageViewTest::scrollBarReachesBothEnds()
{
    m_fixture->chat.fill(1, 300);
    scrollToMiddle();
    QScrollBar *bar = m_fixture->view.verticalScrollBar();
    bar->setValue(bar->minimum());
    QCOMPARE(m_fixture->view.placedRows().front().row, 0);
    QCOMPARE(m_fixture->view.placedRows().front().top, 0);
    bar->setValue(bar->maximum() / 2);
    const int middle = m_fixture->view.placedRows().front().row;
    QVERIFY2(middle > 100 && middle < 200, qPrintable(QString::number(middle)));
    bar->setValue(bar->maximum());
    QVERIFY(m_fixture->view.isPinned());
    QCOMPARE(bar->value(), bar->maximum());
}

void MessageViewTest::dateFloatsWhileScrolling()
{
    m_fixture->chat.fill(1, 100);
    m_fixture->view.setModel(&m_fixture->chat.model);
    m_fixture->view.placedRows();
    QVERIFY(m_fixture->view.floatingDate().isEmpty());
    m_fixture->view.scrollBy(-700);
    QCOMPARE(m_fixture->view.floatingDate(), QStringLiteral("14 March 2024"));
    QTRY_VERIFY(m_fixture->view.floatingDate().isEmpty());
}

void MessageViewTest::selectionAcrossMessagesIsCopiedWithNames()
{
    m_fixture->chat.add(1, QStringLiteral("usrAnn"), QStringLiteral("first words"), 0);
    m_fixture->chat.add(2, QStringLiteral("usrBob"), QStringLiteral("second words"), 60);
    m_fixture->view.setModel(&m_fixture->chat.model);
    QTest::mousePress(m_fixture->view.viewport(), Qt::LeftButton, {}, pointIn(0, 6));
    QTest::mouseMove(m_fixture->view.viewport(), pointIn(1, 6));
    QTest::mouseRelease(m_fixture->view.viewport(), Qt::LeftButton, {}, pointIn(1, 6));
    QCOMPARE(m_fixture->view.selectedText(), QStringLiteral("[12:00] Ann: words\n[12:01] Bob: second"));
    QTest::keyClick(&m_fixture->view, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&m_fixture->view, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(),
        QStringLiteral("[12:00] Ann: first words\n[12:01] Bob: second words"));
    QTest::keyClick(&m_fixture->view, Qt::Key_Escape);
    QVERIFY(m_fixture->view.selectedText().isEmpty());
}

void MessageViewTest::partOfOneMessageIsCopiedAsItIs()
{
    m_fixture->chat.add(1, QStringLiteral("usrAnn"), QStringLiteral("one two three"), 0);
    m_fixture->view.setModel(&m_fixture->chat.model);
    QTest::mousePress(m_fixture->view.viewport(), Qt::LeftButton, {}, pointIn(0, 7));
    QTest::mouseMove(m_fixture->view.viewport(), pointIn(0, 4));
    QTest::mouseRelease(m_fixture->view.viewport(), Qt::LeftButton, {}, pointIn(0, 4));
    QCOMPARE(m_fixture->view.selectedText(), QStringLiteral("two"));
    m_fixture->chat.fill(2, 80); // scrolls the selected message away
    m_fixture->view.placedRows();
    QCOMPARE(m_fixture->view.selectedText(), QStringLiteral("two"));
}

void MessageViewTest::doubleClickSelectsAWord()
{
    m_fixture->chat.add(1, QStringLiteral("usrAnn"), QStringLiteral("one two three"), 0);
    m_fixture->view.setModel(&m_fixture->chat.model);
    QTest::mouseDClick(m_fixture->view.viewport(), Qt::LeftButton, {}, pointIn(0, 5));
    QCOMPARE(m_fixture->view.selectedText(), QStringLiteral("two"));
}

void MessageViewTest::failedMessageOffersRetryAndDelete()
{
    m_fixture->chat.addPending(QStringLiteral("c7"), Delivery::Failed, QStringLiteral("x"), QStringLiteral("why"));
    m_fixture->view.setModel(&m_fixture->chat.model);
    QSignalSpy retry(&m_fixture->view, &MessageView::retryRequested);
    QSignalSpy discard(&m_fixture->view, &MessageView::discardRequested);
    const RowWindow::PlacedRow placed = m_fixture->view.placedRows().front();
    const QPoint offset(0, placed.top);
    QTest::mouseClick(m_fixture->view.viewport(), Qt::LeftButton, {},
        placed.layout->failure().retryRect().center().toPoint() + offset);
    QCOMPARE(retry.size(), 1);
    QCOMPARE(retry.first().first().toString(), QStringLiteral("c7"));
    QTest::mouseClick(m_fixture->view.viewport(), Qt::LeftButton, {},
        placed.layout->failure().deleteRect().center().toPoint() + offset);
    QCOMPARE(discard.size(), 1);
    QSignalSpy edit(&m_fixture->view, &MessageView::editRequested);
    m_fixture->view.perform(MessageAction::Edit, 0);
    QCOMPARE(edit.size(), 1);
    QCOMPARE(edit.first().at(0).toString(), QStringLiteral("c7"));
    QCOMPARE(edit.first().at(1).toString(), QStringLiteral("x"));
    m_fixture->chat.topic->timeline().setPendingState(QStringLiteral("c7"), Delivery::Queued);
    QVERIFY(m_fixture->view.placedRows().front().layout->failure().retryRect().isEmpty());
    m_fixture->view.perform(MessageAction::Retry, 0);
    QCOMPARE(retry.size(), 1);
    m_fixture->view.perform(MessageAction::Edit, 0);
    QCOMPARE(edit.size(), 1);
}

void MessageViewTest::linkOpensByClick()
{
    m_fixture->chat.add(1, QStringLiteral("usrAnn"), QStringLiteral("see https://a.example/x now"), 0);
    m_fixture->view.setModel(&m_fixture->chat.model);
    QSignalSpy opened(&m_fixture->view, &MessageView::linkActivated);
    QTest::mouseClick(m_fixture->view.viewport(), Qt::LeftButton, {}, pointIn(0, 1));
    QCOMPARE(opened.size(), 0);
    QTest::mouseClick(m_fixture->view.viewport(), Qt::LeftButton, {}, pointIn(0, 8));
    QCOMPARE(opened.size(), 1);
    QCOMPARE(opened.first().first().toUrl(), QUrl(QStringLiteral("https://a.example/x")));
}

void MessageViewTest::quoteAsksForItsMessageByClickAndFromTheKeyboard()
{
    m_fixture->chat.fill(1, 3);
    const wire::Drafty quote = wire::replyQuote(
        QStringLiteral("Ann"), QStringLiteral("usrAnn"), wire::Drafty(QStringLiteral("words")));
    m_fixture->addDocument(4, quote + wire::Drafty(QStringLiteral("yes")), 1);
    m_fixture->view.setModel(&m_fixture->chat.model);
    QSignalSpy asked(&m_fixture->view, &MessageView::messageRequested);
    const RowWindow::PlacedRow placed = m_fixture->view.placedRows().back();
    const QPointF center = placed.layout->parts().front().rect().center();
    QTest::mouseClick(m_fixture->view.viewport(), Qt::LeftButton, {}, center.toPoint() + QPoint(0, placed.top));
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().toInt(), 1);
    m_fixture->view.goToQuoted(3);
    QCOMPARE(asked.size(), 2);
    m_fixture->view.goToQuoted(0);
    QCOMPARE(asked.size(), 2);
}

void MessageViewTest::pressedButtonsAreTold()
{
    wire::Button publish;
    publish.action = wire::Button::Action::Publish;
    publish.name = QStringLiteral("ok");
    wire::Button open;
    open.action = wire::Button::Action::OpenUrl;
    open.url = QStringLiteral("https://a.example/x");
    m_fixture->addDocument(1, wire::Drafty::fromEntity(QStringLiteral("Yes"), publish)
            + wire::Drafty(QStringLiteral(" "))
            + wire::Drafty::fromEntity(QStringLiteral("Site"), open));
    m_fixture->view.setModel(&m_fixture->chat.model);
    QSignalSpy pressed(&m_fixture->view, &MessageView::buttonPressed);
    const RowWindow::PlacedRow placed = m_fixture->view.placedRows().front();
    for (const QRectF &button : placed.layout->parts().front().buttons()) {
        QTest::mouseClick(m_fixture->view.viewport(), Qt::LeftButton, {},
            button.center().toPoint() + QPoint(0, placed.top));
    }
    QCOMPARE(pressed.size(), 2);
    QCOMPARE(pressed.first().at(0).toInt(), 1);
    QCOMPARE(pressed.first().at(1).value<MessagePart::Button>().action.name, QStringLiteral("ok"));
    QCOMPARE(pressed.last().at(1).value<MessagePart::Button>().action.url, QStringLiteral("https://a.example/x"));
}

void MessageViewTest::selectionIsCopiedWithItsStyles()
{
    m_fixture->addDocument(1, wire::Drafty(QStringLiteral("one bold")).wrapped(wire::SpanKind::Bold, 4, 4));
    m_fixture->view.setModel(&m_fixture->chat.model);
    m_fixture->view.selectAll();
    m_fixture->view.copy();
    const QMimeData *copied = QApplication::clipboard()->mimeData();
    QCOMPARE(copied->text(), QStringLiteral("one bold"));
    QCOMPARE(copied->html(), QStringLiteral("<p>one <b>bold</b></p>"));
}

void MessageViewTest::unchangedRowsAreRepaintedWithoutLayout()
{
    m_fixture->chat.fill(1, 100);
    m_fixture->view.setModel(&m_fixture->chat.model);
    m_fixture->view.grab();
    const quint64 layouts = m_fixture->view.layoutsMade();
    const quint64 paints = m_fixture->view.paintsMade();
    const quint64 shapings = shapingsMade();
    QVERIFY(shapings > 0); // they are counted
    m_fixture->view.viewport()->repaint();
    m_fixture->view.viewport()->repaint();
    QVERIFY(m_fixture->view.paintsMade() >= paints + 2);
    QCOMPARE(m_fixture->view.layoutsMade(), layouts);
    QCOMPARE(shapingsMade(), shapings);
}

void MessageViewTest::keysMoveTheFocusFromMessageToMessage()
{
    m_fixture->chat.fill(1, 100);
    m_fixture->view.setModel(&m_fixture->chat.model);
    m_fixture->view.placedRows();
    QTest::keyClick(&m_fixture->view, Qt::Key_Up);
    QCOMPARE(m_fixture->view.focusedRow(), 99);
    for (int i = 0; i < 40; ++i)
        QTest::keyClick(&m_fixture->view, Qt::Key_Up);
    QCOMPARE(m_fixture->view.focusedRow(), 59);
    QVERIFY(!m_fixture->view.rowRect(59).isEmpty());
    QTest::keyClick(&m_fixture->view, Qt::Key_Down);
    QCOMPARE(m_fixture->view.focusedRow(), 60);
    QTest::keyClick(&m_fixture->view, Qt::Key_Home);
    QCOMPARE(m_fixture->view.placedRows().front().row, 0);
    QTest::keyClick(&m_fixture->view, Qt::Key_PageDown);
    QVERIFY(m_fixture->view.placedRows().front().row > 0);
    QTest::keyClick(&m_fixture->view, Qt::Key_End);
    QVERIFY(m_fixture->view.isPinned());
}

void MessageViewTest::typingGoesToTheComposer()
{
    QStringList typed;
    connect(&m_fixture->view, &MessageView::keyForComposer, this,
        [&typed](QKeyEvent *event) { typed.append(event->text()); });
    QTest::keyClick(&m_fixture->view, Qt::Key_H);
    QTest::keyClick(&m_fixture->view, Qt::Key_Tab);
    QTest::keyClick(&m_fixture->view, Qt::Key_H, Qt::AltModifier);
    QCOMPARE(typed, QStringList{QStringLiteral("h")});
}

void MessageViewTest::shiftPageUpAsksForTheOldestUnreadMessage()
{
    QSignalSpy asked(&m_fixture->view, &MessageView::messageRequested);
    m_fixture->chat.fill(1, 50);
    m_fixture->view.setModel(&m_fixture->chat.model);
    QTest::keyClick(&m_fixture->view, Qt::Key_PageUp, Qt::ShiftModifier);
    QCOMPARE(asked.size(), 0); // all is read
    m_fixture->chat.setSeq(50, 30);
    m_fixture->view.setModel(&m_fixture->chat.model);
    m_fixture->view.scrollToEnd();
    QTest::keyClick(&m_fixture->view, Qt::Key_PageUp, Qt::ShiftModifier);
    QCOMPARE(asked.size(), 1);
    QCOMPARE(asked.first().first().value<Seq>(), 31);
}

/// However many turns of the event loop they come in.
void MessageViewTest::changesAreLaidOutOnceAFrame()
{
    constexpr qint64 kFrame = 16;
    m_fixture->chat.fill(1, 50);
    m_fixture->view.setModel(&m_fixture->chat.model);
    QTRY_VERIFY(!m_fixture->view.visibleRegion().isEmpty() && m_fixture->view.paintsMade() > 0);
    const quint64 paints = m_fixture->view.paintsMade();
    QElapsedTimer passed;
    passed.start();
    for (Seq seq = 51; seq <= 450; ++seq) {
        m_fixture->chat.add(seq, QStringLiteral("usrAnn"), QStringLiteral("new"), seq * 360);
        QCoreApplication::processEvents();
    }
    QTRY_COMPARE(m_fixture->view.rowRect(449).isEmpty(), false);
    const quint64 frames = quint64(passed.elapsed() / kFrame) + 2;
    QVERIFY2(m_fixture->view.paintsMade() - paints <= frames,
        qPrintable(QStringLiteral("%1 paints, %2 frames").arg(m_fixture->view.paintsMade() - paints).arg(frames)));
}

void MessageViewTest::olderIsRequestedOnceUntilItCame()
{
    m_fixture->chat.topic->setAtStart(false);
    m_fixture->chat.fill(500, 600);
    QSignalSpy older(&m_fixture->view, &MessageView::olderRequested);
    m_fixture->view.setModel(&m_fixture->chat.model);
    m_fixture->view.placedRows();
    QCOMPARE(older.size(), 0);
    m_fixture->view.scrollBy(-1'000'000);
    m_fixture->view.scrollBy(-10);
    m_fixture->view.scrollBy(10);
    QCOMPARE(older.size(), 1);
    m_fixture->chat.topic->setLoading(true);
    m_fixture->view.scrollBy(-10);
    QCOMPARE(older.size(), 1);
    m_fixture->chat.fill(490, 499);
    m_fixture->chat.topic->setLoading(false);
    m_fixture->view.placedRows();
    QCOMPARE(older.size(), 2);
    m_fixture->chat.topic->setAtStart(true);
    m_fixture->chat.fill(480, 489);
    m_fixture->view.placedRows();
    QCOMPARE(older.size(), 2);
}

void MessageViewTest::eachLoadedPartGrowsWhereItIsRead()
{
    m_fixture->chat.topic->setAtStart(false);
    m_fixture->chat.fill(100, 140);
    m_fixture->chat.fill(500, 600);
    QSignalSpy older(&m_fixture->view, &MessageView::olderRequested);
    QSignalSpy newer(&m_fixture->view, &MessageView::newerRequested);
    m_fixture->view.setModel(&m_fixture->chat.model);
    m_fixture->view.placedRows();
    QCOMPARE(older.size() + newer.size(), 0); // far from both edges of the newest part
    m_fixture->view.showFound(m_fixture->chat.topic->timeline().rowOfSeq(120));
    QCOMPARE(older.size(), 1);
    QCOMPARE(newer.size(), 1);
    const auto isInOldPart = [](const QSignalSpy &spy) {
        const Seq seq = spy.first().first().toInt();
        return seq >= 100 && seq <= 140;
    };
    QVERIFY(isInOldPart(older));
    QVERIFY(isInOldPart(newer));
    // Nothing below moves what is being read.
    const int top = m_fixture->view.placedRows().front().top;
    m_fixture->chat.fill(141, 188);
    QCOMPARE(m_fixture->view.placedRows().front().top, top);
    QCOMPARE(newer.size(), 1); // enough for now
    m_fixture->view.scrollToEnd();
    older.clear();
    m_fixture->view.scrollBy(-1'500);
    QVERIFY(!older.isEmpty() || m_fixture->view.placedRows().front().row > 89 + 30);
}

void MessageViewTest::onlyWhatAnActiveWindowShowsIsSeen()
{
    m_fixture->chat.fill(1, 3);
    m_fixture->chat.setSeq(3, 0);
    m_fixture->view.setDwell(0);
    QSignalSpy seen(&m_fixture->view, &MessageView::seen);
    QWidget other;
    other.show();
    QApplication::setActiveWindow(&other);
    QVERIFY(!m_fixture->view.isActiveWindow());
    m_fixture->view.setModel(&m_fixture->chat.model);
    m_fixture->view.placedRows();
    QApplication::processEvents();
    QCOMPARE(seen.size(), 0);
    QApplication::setActiveWindow(&m_fixture->view);
    QTRY_COMPARE(seen.size(), 1);
    QCOMPARE(seen.first().first().toInt(), 3);
    m_fixture->chat.add(4, QStringLiteral("usrAnn"), QStringLiteral("x"), 4 * 360);
    QTRY_COMPARE(seen.size(), 2);
    QCOMPARE(seen.last().first().toInt(), 4);
}

void MessageViewTest::numberedMessageKeepsItsPlace()
{
    m_fixture->chat.fill(1, 100);
    m_fixture->chat.addPending(QStringLiteral("c1"), Delivery::Sending, QStringLiteral("mine"));
    m_fixture->view.setModel(&m_fixture->chat.model);
    m_fixture->view.placedRows();
    QTest::keyClick(&m_fixture->view, Qt::Key_Up);
    QCOMPARE(m_fixture->view.focusedRow(), 100);
    const int before = m_fixture->view.placedRows().back().top;
    Message numbered = ConversationFixture::message(101, QStringLiteral("usrMe"), QStringLiteral("mine"), 1'000'000);
    numbered.head.setCid(QStringLiteral("c1"));
    m_fixture->chat.topic->timeline().acknowledge(QStringLiteral("c1"), numbered);
    QCOMPARE(m_fixture->view.placedRows().back().top, before);
    QCOMPARE(m_fixture->view.placedRows().back().layout->item().key.seq, 101);
    QCOMPARE(m_fixture->view.focusedRow(), 100);
}

void MessageViewTest::messagesAreListItemsWithOneSentence()
{
    m_fixture->chat.add(1, QStringLiteral("usrAnn"), QStringLiteral("Hello"), 0);
    m_fixture->chat.addPending(QStringLiteral("c1"), Delivery::Failed, QStringLiteral("Hi"), QStringLiteral("no right"));
    m_fixture->view.setModel(&m_fixture->chat.model);
    m_fixture->view.placedRows();
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&m_fixture->view);
    QVERIFY(list);
    QCOMPARE(list->role(), QAccessible::List);
    QCOMPARE(list->text(QAccessible::Name), QStringLiteral("Messages"));
    QCOMPARE(list->childCount(), 2);
    QAccessibleInterface *first = list->child(0);
    QCOMPARE(first->role(), QAccessible::ListItem);
    QVERIFY(first->text(QAccessible::Name).contains(QStringLiteral("Ann")));
    QVERIFY(first->text(QAccessible::Name).contains(QStringLiteral("Hello")));
    QVERIFY(!first->rect().isEmpty());
    QCOMPARE(first->parent(), list);
    QCOMPARE(list->indexOfChild(first), 0);
    QCOMPARE(list->childAt(first->rect().center().x(), first->rect().center().y()), first);

    QAccessibleInterface *failed = list->child(1);
    QSignalSpy retry(&m_fixture->view, &MessageView::retryRequested);
    failed->actionInterface()->doAction(QStringLiteral("Retry"));
    QCOMPARE(retry.size(), 1);

    m_fixture->chat.add(2, QStringLiteral("usrAnn"), QStringLiteral("Between"), 10);
    QCOMPARE(list->indexOfChild(failed), 2);
    ConversationFixture another;
    m_fixture->view.setModel(&another.model);
    QCOMPARE(list->childCount(), 0);
    m_fixture->view.setModel(nullptr);
}

CONFAB_GATED_MAIN(MessageViewTest)
#include "tst_messageview.moc"
