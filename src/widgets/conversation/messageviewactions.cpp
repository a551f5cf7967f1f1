// What can be done with messages: menu, buttons beside them, keys, and several chosen at once.
#include "widgets/conversation/hoveractions.h"
#include "widgets/conversation/messageview.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>

namespace confab {

namespace {

/// Beside the words in the menu.
QString keyOf(MessageAction action)
{
    switch (action) {
    case MessageAction::Reply:
        return QKeySequence(Qt::Key_R).toString(QKeySequence::NativeText);
    case MessageAction::Edit:
        return QKeySequence(Qt::Key_E).toString(QKeySequence::NativeText);
    case MessageAction::Copy:
        return QKeySequence(QKeySequence::Copy).toString(QKeySequence::NativeText);
    case MessageAction::Forward:
        return QKeySequence(Qt::Key_F).toString(QKeySequence::NativeText);
    case MessageAction::Pin:
    case MessageAction::Unpin:
        return QKeySequence(Qt::Key_P).toString(QKeySequence::NativeText);
    case MessageAction::Open:
        return QKeySequence(Qt::Key_Space).toString(QKeySequence::NativeText);
    case MessageAction::Delete:
        return QKeySequence(Qt::Key_Delete).toString(QKeySequence::NativeText);
    default:
        return {};
    }
}

/// Where a group of the menu begins.
bool beginsGroup(MessageAction action)
{
    return action == MessageAction::Copy || action == MessageAction::Select
        || action == MessageAction::Delete;
}

}

void MessageView::perform(MessageAction action, int row)
{
    if (row < 0 || !m_rows.actionsAt(row).testFlag(action))
        return;
    const RowKey key = m_rows.keyAt(row);
    if (action == MessageAction::Copy)
        QApplication::clipboard()->setText(m_selection.messageText(row));
    else if (action == MessageAction::Select)
        beginChoosing(row);
    else if (m_rows.isFailed(row))
        performOnFailed(action, row);
    else
        emit actionRequested(action, key);
}

/// One that is stuck in the outbox is known by its cid alone.
void MessageView::performOnFailed(MessageAction action, int row)
{
    const QString cid = m_rows.keyAt(row).cid;
    if (action == MessageAction::Retry)
        emit retryRequested(cid);
    else if (action == MessageAction::Edit)
        emit editRequested(cid, m_rows.textAt(row));
    else if (action == MessageAction::Delete)
        emit discardRequested(cid);
}

/// On the focused message (desktop.md §1). Keys that it does not allow go on to the composer.
bool MessageView::takeActionKey(QKeyEvent *event, int row)
{
    if (row < 0 || (event->modifiers() & Qt::ShiftModifier))
        return false;
    const MessageActions allowed = m_rows.actionsAt(row);
    MessageActions asked;
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_R:
        asked = MessageAction::Reply;
        break;
    case Qt::Key_E:
        asked = MessageAction::Edit;
        break;
    case Qt::Key_F:
        asked = MessageAction::Forward;
        break;
    case Qt::Key_P:
        asked = MessageAction::Pin | MessageAction::Unpin;
        break;
    case Qt::Key_Space:
        asked = MessageAction::Open;
        break;
    case Qt::Key_Delete:
        asked = MessageAction::Delete;
        break;
    default:
        break;
    }
    const QList<MessageAction> possible = actionsInOrder(asked & allowed);
    if (possible.isEmpty())
        return false;
    perform(possible.first(), row);
    return true;
}

bool MessageView::takeChoiceKey(QKeyEvent *event)
{
    const int row = focusedRow();
    const bool shift = event->modifiers() & Qt::ShiftModifier;
    switch (event->key()) {
    case Qt::Key_Escape:
        endChoosing();
        return true;
    case Qt::Key_Delete:
        performOnChosen(MessageAction::Delete);
        return true;
    case Qt::Key_F:
        performOnChosen(MessageAction::Forward);
        return true;
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (row >= 0)
            toggleChosen(row, false);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
        moveFocus(event->key() == Qt::Key_Up ? -1 : 1);
        if (shift && focusedRow() >= 0)
            toggleChosen(focusedRow(), true);
        return true;
    default:
        return false;
    }
}

void MessageView::beginChoosing(int row)
{
    if (m_rows.seqAt(row) == 0)
        return;
    m_selection.clear();
    m_choice.begin(row);
    choiceHasChanged();
}

void MessageView::endChoosing()
{
    if (!m_choice.isActive())
        return;
    m_choice.end();
    choiceHasChanged();
}

void MessageView::toggleChosen(int row, bool range)
{
    if (range)
        m_choice.extendTo(row);
    else
        m_choice.toggle(row);
    choiceHasChanged();
}

void MessageView::choiceHasChanged()
{
    updateHoverActions();
    updateHoveredCode();
    viewport()->update();
    emit choiceChanged();
}

void MessageView::copyChosen()
{
    if (m_choice.count() == 0)
        return;
    QApplication::clipboard()->setText(m_choice.text());
    endChoosing();
}

void MessageView::performOnChosen(MessageAction action)
{
    if (m_choice.actions().testFlag(action))
        emit selectionActionRequested(action, m_choice.messages());
}

void MessageView::contextMenuEvent(QContextMenuEvent *event)
{
    Hit hit = hitAt(event->pos());
    QPoint where = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const RowWindow::PlacedRow *placed = m_window.placedRow(focusedRow());
        hit = {placed, {}, {}};
        if (placed)
            where = viewport()->mapToGlobal(rowRect(placed->row).center());
    }
    popUp(makeMenu(hit), where);
}

void MessageView::popUp(QMenu *menu, const QPoint &where)
{
    connect(
        menu, &QMenu::aboutToHide, this, &MessageView::updateHoverActions, Qt::QueuedConnection);
    menu->popup(where);
}

QMenu *MessageView::makeMenu(const Hit &hit)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("messageMenu"));
    menu->setAccessibleName(tr("Actions of this message"));
    if (!m_selection.isEmpty()) {
        menu->addAction(m_theme.icon(QStringLiteral("copy")), tr("Copy selected text"), this,
            &MessageView::copy);
    }
    if (hit.placed)
        addMessageActions(*menu, hit);
    else if (m_rows.count() > 0)
        menu->addAction(tr("Select all text"), this, &MessageView::selectAll);
    return menu;
}

void MessageView::addMessageActions(QMenu &menu, const Hit &hit)
{
    const MessageLayout &layout = *hit.placed->layout;
    const RowKey key = layout.item().key;
    const QList<MessagePart::Button> buttons = m_rows.buttonsAt(hit.placed->row);
    for (const MessagePart::Button &button : buttons) {
        QString title = button.title;
        title.replace(u'&', QStringLiteral("&&"));
        menu.addAction(title, this, [this, button, key] { press(button, key.seq); });
    }
    if (!buttons.isEmpty())
        menu.addSeparator();
    for (const MessageAction action : actionsInOrder(layout.item().actions)) {
        if (beginsGroup(action) && !menu.isEmpty())
            menu.addSeparator();
        const QString keys = keyOf(action);
        const QString text
            = keys.isEmpty() ? actionText(action) : actionText(action) + u'\t' + keys;
        QAction *entry = menu.addAction(m_theme.icon(actionIcon(action)), text, this,
            [this, action, key] { perform(action, m_rows.rowOf(key)); });
        entry->setObjectName(QStringLiteral("messageAction%1").arg(quint32(action)));
        if (action == MessageAction::Select)
            menu.addAction(tr("Select all text"), this, &MessageView::selectAll);
        if (action != MessageAction::Copy)
            continue;
        if (const QUrl link = layout.linkAt(hit.point, hit.offsets); !link.isEmpty()) {
            menu.addAction(m_theme.icon(QStringLiteral("link")), tr("Copy link"), this,
                [link] { QApplication::clipboard()->setText(link.toString(QUrl::FullyEncoded)); });
        }
    }
    if (layout.item().replyTo > 0) {
        menu.addAction(
            MessageLayout::goToQuotedText(), this, [this, key] { goToQuoted(m_rows.rowOf(key)); });
    }
    if (layout.text().isCut()) {
        menu.addAction(MessageLayout::showAllText(), this, [this, key] {
            m_rows.expand(key);
            scheduleUpdate();
        });
    }
}

/// Under the pointer, or else with the keyboard's focus; -1 if neither.
int MessageView::hoveredRow() const
{
    if (m_pointer) {
        const Hit hit = hitAt(*m_pointer);
        const bool inside = hit.placed && hit.point.y() < hit.placed->layout->height();
        return inside ? hit.placed->row : -1;
    }
    return hasFocus() ? focusedRow() : -1;
}

void MessageView::setHovered(const std::optional<QPoint> &position)
{
    m_pointer = position;
    updateHoverActions();
    updateHoveredCode();
}

/// The copy button of a code block shows under the pointer alone.
void MessageView::updateHoveredCode()
{
    const Hit hit = m_pointer && !m_choice.isActive() ? hitAt(*m_pointer) : Hit();
    const PartLayout *code = hit.placed ? hit.placed->layout->codeAt(hit.point) : nullptr;
    const int part = code ? code->part() : -1;
    if (part == m_hoverCode)
        return;
    m_hoverCode = part;
    viewport()->update();
}

void MessageView::updateHoverActions()
{
    const int row = m_choice.isActive() || m_selecting ? -1 : hoveredRow();
    const RowWindow::PlacedRow *placed = row < 0 ? nullptr : m_window.placedRow(row);
    const RowKey before = m_hover->isVisible() ? m_hoverRow : RowKey();
    if (placed) {
        m_hoverRow = placed->layout->item().key;
        m_hover->placeBeside(*placed->layout, placed->top);
    }
    // While its menu is open the buttons stay with the row that it is about.
    if (placed || !QApplication::activePopupWidget())
        m_hover->setVisible(placed);
    if (m_theme.isCompact() && (m_hover->isVisible() ? m_hoverRow : RowKey()) != before)
        viewport()->update();
}

}
