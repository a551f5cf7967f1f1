#include "conversationfixture.h"
#include "stallgate.h"
#include "widgets/conversation/choicebar.h"
#include "widgets/conversation/conversationpage.h"
#include "widgets/conversation/hoveractions.h"
#include "widgets/conversation/messageview.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace confab;

/// What a person can do with one message or several: by pointer, by keyboard, by screen reader.
class MessageActionsTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void buttonsStandBesideTheMessageUnderThePointer();
    void buttonsStandBesideTheFocusedMessage();
    void scrollingTakesTheButtonsAway();
    void menuOffersWhatTheMessageAllows();
    void menuKeyOpensTheMenuOfTheFocusedMessage();
    void keysOfTheFocusedMessage();
    void keysThatItDoesNotAllowGoToTheComposer();
    void severalMessagesAreChosenAndCopied();
    void choosingByKeyboard();
    void barTellsHowManyAreChosen();
    void shiftAndArrowsSelectAcrossMessages();
    void compactRowsKeepTheirColumns();

private:
    QMenu *openMenu();
    QRect rectOf(int row) { return m_view->rowRect(row); }
    void moveTo(int row);

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ConversationFixture> m_chat;
    std::unique_ptr<ConversationPage> m_page;
    MessageView *m_view = nullptr;
};

void MessageActionsTest::init()
{
    m_theme = std::make_unique<Theme>();
    m_theme->setMode(ThemeMode::Light);
    m_chat = std::make_unique<ConversationFixture>();
    m_chat->topic->setAtStart(true);
    m_chat->fill(1, 6);
    m_page = std::make_unique<ConversationPage>(*m_theme);
    m_page->resize(700, 600);
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    m_view = m_page->findChild<MessageView *>();
    m_view->placedRows();
}

void MessageActionsTest::cleanup()
{
    m_page.reset();
    m_chat.reset();
    m_theme.reset();
}

void MessageActionsTest::moveTo(int row)
{
    QTest::mouseMove(m_view->viewport(), rectOf(row).center());
    QApplication::processEvents();
}

QMenu *MessageActionsTest::openMenu()
{
    auto *menu = m_view->findChild<QMenu *>(QStringLiteral("messageMenu"));
    return menu && menu->isVisible() ? menu : nullptr;
}

void MessageActionsTest::buttonsStandBesideTheMessageUnderThePointer()
{
    auto *buttons = m_view->findChild<HoverActions *>();
    QVERIFY(buttons->isHidden());
    for (const int row : {4, 2}) {
        moveTo(row);
        QTRY_VERIFY(buttons->isVisible());
        const QRect bubble = rectOf(row);
        QVERIFY(buttons->geometry().left() > bubble.right()); // others' free side
        QVERIFY(buttons->geometry().bottom() <= bubble.bottom());
        QVERIFY(buttons->geometry().top() >= bubble.top());
    }
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(m_view->viewport(), &leave);
    QVERIFY(buttons->isHidden());
}

void MessageActionsTest::buttonsStandBesideTheFocusedMessage()
{
    auto *buttons = m_view->findChild<HoverActions *>();
    m_view->setFocus(Qt::TabFocusReason);
    m_view->focusRow(3);
    QVERIFY(buttons->isVisible());
    QVERIFY(rectOf(3).top() <= buttons->geometry().top());
    // They are reached by menu and keys: Tab does not stop at each.
    const auto all = buttons->findChildren<QToolButton *>();
    for (const QToolButton *button : all) {
        QCOMPARE(button->focusPolicy(), Qt::NoFocus);
        QVERIFY(!button->accessibleName().isEmpty());
    }
}

void MessageActionsTest::scrollingTakesTheButtonsAway()
{
    m_chat->fill(7, 60);
    m_view->scrollToEnd();
    auto *buttons = m_view->findChild<HoverActions *>();
    moveTo(m_view->placedRows().back().row);
    QTRY_VERIFY(buttons->isVisible());
    m_view->scrollBy(-100);
    QVERIFY(buttons->isHidden());
}

void MessageActionsTest::menuOffersWhatTheMessageAllows()
{
    moveTo(4);
    auto *more = m_view->findChild<QToolButton *>(QStringLiteral("hoverMore"));
    QTRY_VERIFY(more->isVisible());
    QTest::mouseClick(more, Qt::LeftButton);
    QTRY_VERIFY(openMenu());
    QStringList texts;
    for (const QAction *action : openMenu()->actions())
        texts.append(action->text().section(u'\t', 0, 0));
    for (const MessageAction action : actionsInOrder(m_view->rows().actionsAt(4)))
        QVERIFY2(texts.contains(actionText(action)), qPrintable(actionText(action)));
    openMenu()->close();
}

void MessageActionsTest::menuKeyOpensTheMenuOfTheFocusedMessage()
{
    m_view->setFocus(Qt::TabFocusReason);
    m_view->focusRow(2);
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
    QApplication::sendEvent(m_view->viewport(), &event);
    QTRY_VERIFY(openMenu());
    for (QAction *action : openMenu()->actions()) {
        if (action->text().startsWith(actionText(MessageAction::Copy)))
            action->trigger();
    }
    QCOMPARE(QApplication::clipboard()->text(), ConversationFixture::textOf(3));
    openMenu()->close();
}

void MessageActionsTest::keysOfTheFocusedMessage()
{
    m_chat->addPending(
        QStringLiteral("c1"), Delivery::Failed, QStringLiteral("stuck"), QStringLiteral("why"));
    QSignalSpy discard(m_view, &MessageView::discardRequested);
    QSignalSpy edit(m_view, &MessageView::editRequested);
    QSignalSpy asked(m_view, &MessageView::actionRequested);
    m_view->setFocus(Qt::TabFocusReason);
    m_view->placedRows();
    m_view->focusRow(6);
    QTest::keyClick(m_view, Qt::Key_E);
    QCOMPARE(edit.size(), 1);
    QTest::keyClick(m_view, Qt::Key_Delete);
    QCOMPARE(discard.size(), 1);
    m_view->focusRow(0);
    const std::pair<Qt::Key, MessageAction> keys[] = {{Qt::Key_R, MessageAction::Reply},
        {Qt::Key_Return, MessageAction::Reply}, {Qt::Key_F, MessageAction::Forward},
        {Qt::Key_P, MessageAction::Pin}, {Qt::Key_E, MessageAction::Edit},
        {Qt::Key_Delete, MessageAction::Delete}};
    for (const auto &[key, action] : keys) {
        asked.clear();
        QTest::keyClick(m_view, key);
        const bool allowed = m_view->rows().actionsAt(0).testFlag(action);
        QCOMPARE(asked.size(), allowed ? 1 : 0);
        if (allowed)
            QCOMPARE(asked.first().first().value<MessageAction>(), action);
    }
}

void MessageActionsTest::keysThatItDoesNotAllowGoToTheComposer()
{
    QSignalSpy typed(m_view, &MessageView::keyForComposer);
    m_view->setFocus(Qt::TabFocusReason);
    m_view->focusRow(0);
    QTest::keyClick(m_view, Qt::Key_X);
    QCOMPARE(typed.size(), 1);
}

void MessageActionsTest::severalMessagesAreChosenAndCopied()
{
    QSignalSpy changed(m_view, &MessageView::choiceChanged);
    m_view->perform(MessageAction::Select, 1);
    QVERIFY(m_view->choice().isActive());
    QCOMPARE(m_view->choice().messages(), (QList<Seq>{2}));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, rectOf(4).center());
    QCOMPARE(m_view->choice().messages(), (QList<Seq>{2, 5}));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, Qt::ShiftModifier, rectOf(2).center());
    QCOMPARE(m_view->choice().messages(), (QList<Seq>{2, 3, 4, 5}));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, rectOf(1).center());
    QCOMPARE(m_view->choice().messages(), (QList<Seq>{3, 4, 5}));
    QTest::keyClick(m_view, Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 3);
    QVERIFY2(lines.first().contains(QLatin1String("] Ann: Message 3")), qPrintable(lines.first()));
    QVERIFY(!m_view->choice().isActive());
    QVERIFY(changed.size() >= 5);
}

void MessageActionsTest::choosingByKeyboard()
{
    m_view->setFocus(Qt::TabFocusReason);
    m_view->focusRow(0);
    m_view->perform(MessageAction::Select, 0);
    QTest::keyClick(m_view, Qt::Key_Down);
    QTest::keyClick(m_view, Qt::Key_Space);
    QTest::keyClick(m_view, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(m_view->choice().messages(), (QList<Seq>{1, 2, 3}));
    QTest::keyClick(m_view, Qt::Key_Escape);
    QVERIFY(!m_view->choice().isActive());
}

void MessageActionsTest::barTellsHowManyAreChosen()
{
    auto *bar = m_page->findChild<ChoiceBar *>();
    QVERIFY(bar->isHidden());
    m_view->perform(MessageAction::Select, 1);
    QVERIFY(bar->isVisible());
    QVERIFY(bar->findChild<QLabel *>(QStringLiteral("choiceCount"))->text().contains(u'1'));
    QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, rectOf(1).center());
    QVERIFY(!bar->findChild<QPushButton *>(QStringLiteral("choiceCopy"))->isEnabled());
    QTest::mouseClick(
        bar->findChild<QToolButton *>(QStringLiteral("choiceClose")), Qt::LeftButton);
    QVERIFY(bar->isHidden());
    m_view->perform(MessageAction::Select, 1);
    m_page->setTopic(nullptr, nullptr); // another chat ends it
    QVERIFY(!m_view->choice().isActive());
}

void MessageActionsTest::shiftAndArrowsSelectAcrossMessages()
{
    m_view->setFocus(Qt::TabFocusReason);
    m_view->focusRow(1);
    QTest::keyClick(m_view, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(m_view->selectedText(), ConversationFixture::textOf(2));
    QTest::keyClick(m_view, Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(m_view->selectedText().count(u'\n'), 1);
    QTest::keyClick(m_view, Qt::Key_Up, Qt::ShiftModifier);
    QTest::keyClick(m_view, Qt::Key_Up, Qt::ShiftModifier);
    QVERIFY(m_view->selectedText().startsWith(u'['));
    QTest::keyClick(m_view, Qt::Key_Escape);
    m_view->focusRow(1);
    for (int i = 0; i < 7; ++i)
        QTest::keyClick(m_view, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(m_view->selectedText(), QStringLiteral("Message"));
    QTest::keyClick(m_view, Qt::Key_Left, Qt::ShiftModifier | Qt::ControlModifier);
    QVERIFY(m_view->selectedText().isEmpty());
}

void MessageActionsTest::compactRowsKeepTheirColumns()
{
    m_chat->add(7, QStringLiteral("usrMe"), QStringLiteral("mine"), 7 * 360);
    m_theme->setDensity(Density::Compact);
    QSet<int> texts;
    QSet<int> ticks;
    for (const RowWindow::PlacedRow &placed : m_view->placedRows()) {
        const MessageLayout &layout = *placed.layout;
        texts.insert(qRound(layout.contentRect().left()));
        ticks.insert(qRound(layout.tickRect().right()));
        QVERIFY(layout.metaRect().right() < layout.contentRect().left());
        if (!layout.senderRect().isEmpty()) {
            QVERIFY(layout.metaRect().right() < layout.senderRect().left());
            QVERIFY(layout.senderRect().right() < layout.contentRect().left());
        }
        QVERIFY(layout.contentRect().right() < layout.tickRect().right());
    }
    QCOMPARE(texts.size(), 1);
    QCOMPARE(ticks.size(), 1);
    m_page->resize(420, 600); // the name takes its own line
    QApplication::processEvents();
    for (const RowWindow::PlacedRow &placed : m_view->placedRows()) {
        if (!placed.layout->senderRect().isEmpty())
            QVERIFY(placed.layout->senderRect().bottom() <= placed.layout->contentRect().top());
    }
}

CONFAB_GATED_MAIN(MessageActionsTest)
#include "tst_messageactions.moc"
