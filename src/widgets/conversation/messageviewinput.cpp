// What the person does to the messages by keyboard; copying.
#include "widgets/conversation/messageview.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMimeData>

namespace confab {

int MessageView::focusedRow() const
{
    return m_rows.rowOf(m_focus);
}

void MessageView::focusRow(int row)
{
    m_focus = m_rows.keyAt(row);
    m_window.reveal(row);
    viewport()->update();
    afterMove();
    QAccessibleEvent focus(this, QAccessible::Focus);
    focus.setChild(row);
    QAccessible::updateAccessibility(&focus);
    QAccessibleEvent descendant(this, QAccessible::ActiveDescendantChanged);
    descendant.setChild(row);
    QAccessible::updateAccessibility(&descendant);
}

void MessageView::moveFocus(int step)
{
    if (m_window.placed().empty())
        return;
    const int current = focusedRow();
    const int last = m_rows.count() - 1;
    focusRow(current < 0 ? m_window.placed().back().row : qBound(0, current + step, last));
}

bool MessageView::handleNavigation(QKeyEvent *event)
{
    const int page = viewport()->height() - 2 * m_style.bodyLine;
    switch (event->key()) {
    case Qt::Key_Up:
        moveFocus(-1);
        return true;
    case Qt::Key_Down:
        moveFocus(1);
        return true;
    case Qt::Key_PageUp:
        if (event->modifiers().testFlag(Qt::ShiftModifier))
            goToUnread();
        else
            scrollBy(-page);
        return true;
    case Qt::Key_PageDown:
    case Qt::Key_Space:
        scrollBy(page);
        return true;
    case Qt::Key_Left:
    case Qt::Key_Right:
        return scrollFocusedCode(event->key() == Qt::Key_Left ? -1 : 1);
    case Qt::Key_Home:
        scrollToStart();
        return true;
    case Qt::Key_End:
        scrollToEnd();
        return true;
    default:
        return false;
    }
}

bool MessageView::takeCommandKey(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        if (m_choice.isActive())
            copyChosen();
        else
            copy();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
    } else if (event->key() == Qt::Key_Escape && !m_selection.isEmpty()) {
        m_selection.clear();
        viewport()->update();
    } else {
        return takeSelectionKey(event);
    }
    return true;
}

/// Shift with an arrow: whole messages up and down, characters or words left and right.
bool MessageView::takeSelectionKey(QKeyEvent *event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool byWord = modifiers == (Qt::ShiftModifier | Qt::ControlModifier);
    if ((modifiers != Qt::ShiftModifier && !byWord) || m_choice.isActive() || focusedRow() < 0)
        return false;
    int row = -1;
    switch (event->key()) {
    case Qt::Key_Up:
        row = m_selection.extendByRow(focusedRow(), -1);
        break;
    case Qt::Key_Down:
        row = m_selection.extendByRow(focusedRow(), 1);
        break;
    case Qt::Key_Left:
        row = m_selection.extendByCharacter(focusedRow(), -1, byWord);
        break;
    case Qt::Key_Right:
        row = m_selection.extendByCharacter(focusedRow(), 1, byWord);
        break;
    default:
        return false;
    }
    if (row < 0)
        return true;
    focusRow(row);
    revealInCode(row, m_selection.end().character);
    return true;
}

void MessageView::keyPressEvent(QKeyEvent *event)
{
    catchUp();
    if ((m_choice.isActive() && takeChoiceKey(event)) || takeCommandKey(event))
        return;
    const Qt::KeyboardModifiers command
        = event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    if (!command && takeActionKey(event, focusedRow()))
        return;
    const bool isEnd = event->key() == Qt::Key_Home || event->key() == Qt::Key_End;
    if ((!command || (command == Qt::ControlModifier && isEnd)) && handleNavigation(event))
        return;
    const bool isText = !event->text().isEmpty() && event->text().at(0).isPrint() && !command;
    if (!m_choice.isActive() && (isText || event->matches(QKeySequence::Paste)))
        emit keyForComposer(event);
    else
        QAbstractScrollArea::keyPressEvent(event);
}

void MessageView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    const bool byKey = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason
        || event->reason() == Qt::ShortcutFocusReason;
    if (byKey && focusedRow() < 0)
        moveFocus(0);
    viewport()->update();
}

void MessageView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void MessageView::selectAll()
{
    m_selection.selectAll();
    viewport()->update();
}

void MessageView::copy()
{
    m_copy.reset();
    if (!m_selection.isEmpty()) {
        m_copy.emplace(m_selection, m_rows);
        continueCopy();
    } else if (focusedRow() >= 0) {
        QApplication::clipboard()->setText(m_selection.messageText(focusedRow()));
    }
}

void MessageView::continueCopy()
{
    if (const Seq before = m_copy->advance(); before > 0) {
        emit copyPageWanted(before);
        return;
    }
    auto copied = std::make_unique<QMimeData>();
    copied->setText(m_copy->text());
    copied->setHtml(m_copy->html());
    m_copy.reset();
    QApplication::clipboard()->setMimeData(copied.release());
}

void MessageView::takeCopyPage(const QList<Message> &messages)
{
    if (!m_copy)
        return;
    m_copy->add(messages);
    continueCopy();
}

void MessageView::press(const MessagePart::Button &button, Seq seq)
{
    if (seq > 0 && button.action.action != wire::Button::Action::Unknown)
        emit buttonPressed(seq, button);
}

}
