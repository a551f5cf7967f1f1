// What the person does to the messages: keys, wheel, mouse.
#include "widgets/conversation/messageview.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QTextBoundaryFinder>
#include <QWheelEvent>

namespace confab {

namespace {

constexpr int kWheelLines = 3;
constexpr int kWheelStep = 120; // eighths of a degree
constexpr int kDragInterval = 30;
}

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
        scrollBy(-page);
        return true;
    case Qt::Key_PageDown:
    case Qt::Key_Space:
        scrollBy(page);
        return true;
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
    if (row >= 0)
        focusRow(row);
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

MessageView::Hit MessageView::hitAt(const QPoint &position) const
{
    const RowWindow::PlacedRow *placed = m_window.rowAt(position.y());
    if (!placed)
        return {};
    return {placed, QPointF(position.x(), position.y() - placed->top)};
}

TextPosition MessageView::positionAt(const QPoint &position) const
{
    const Hit hit = hitAt(position);
    if (!hit.placed)
        return {};
    const MessageLayout &layout = *hit.placed->layout;
    if (hit.point.y() < layout.bubble().top())
        return {layout.item().key, 0};
    if (hit.point.y() > layout.bubble().bottom())
        return {layout.item().key, int(layout.text().text().size())};
    return {layout.item().key, layout.positionAt(hit.point)};
}

void MessageView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (m_choice.isActive()) {
        if (const Hit hit = hitAt(event->pos()); hit.placed)
            toggleChosen(hit.placed->row, event->modifiers() & Qt::ShiftModifier);
        return;
    }
    m_pressed = event->pos();
    m_copy.reset(); // what was selected is not any more
    if (event->modifiers() & Qt::ShiftModifier)
        m_selection.extend(positionAt(event->pos()));
    else
        m_selection.start(positionAt(event->pos()));
    m_selecting = true;
    setHovered(std::nullopt);
    m_focus = {};
    viewport()->update();
}

void MessageView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_selecting) {
        setHovered(event->pos());
        updateCursor(event->pos());
        return;
    }
    m_dragged = event->pos();
    m_selection.extend(positionAt(event->pos()));
    viewport()->update();
    const bool outside = m_dragged.y() < 0 || m_dragged.y() > viewport()->height();
    if (outside && !m_dragTimer.isActive())
        m_dragTimer.start(kDragInterval, this);
    else if (!outside)
        m_dragTimer.stop();
}

void MessageView::autoScroll()
{
    const int beyond = m_dragged.y() < 0 ? m_dragged.y() : m_dragged.y() - viewport()->height();
    scrollBy(beyond);
    m_selection.extend(positionAt(
        {m_dragged.x(), qBound(0, m_dragged.y(), viewport()->height() - 1)}));
}

void MessageView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_selecting)
        return;
    m_selecting = false;
    m_dragTimer.stop();
    const bool moved =
        (event->pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance();
    if (!moved && m_selection.isEmpty() && clickParts(hitAt(event->pos())))
        return;
    QClipboard *clipboard = QApplication::clipboard();
    if (!m_selection.isEmpty() && clipboard->supportsSelection())
        clipboard->setText(m_selection.text(), QClipboard::Selection);
}

bool MessageView::clickParts(const Hit &hit)
{
    if (!hit.placed)
        return false;
    const MessageLayout &layout = *hit.placed->layout;
    if (clickContent(hit) || clickFoot(hit))
        return true;
    if (layout.pillRect().contains(hit.point)) {
        const QPoint below(int(layout.pillRect().center().x()),
            hit.placed->top + int(layout.pillRect().bottom()) + 4);
        emit dateClicked(m_rows.dayAt(hit.placed->row), viewport()->mapToGlobal(below));
        return true;
    }
    if (layout.retryRect().contains(hit.point)) {
        perform(MessageAction::Retry, hit.placed->row);
    } else if (layout.deleteRect().contains(hit.point)) {
        perform(MessageAction::Delete, hit.placed->row);
    } else if (layout.showAllRect().contains(hit.point)) {
        m_rows.expand(layout.item().key);
        scheduleUpdate();
    } else {
        return false;
    }
    return true;
}

bool MessageView::clickContent(const Hit &hit)
{
    const MessageLayout &layout = *hit.placed->layout;
    const QUrl link = layout.linkAt(hit.point);
    const PartLayout *code = layout.codeAt(hit.point);
    if (code && code->copyButton().contains(hit.point)) {
        QApplication::clipboard()->setText(layout.text().source(code->start(), code->end()));
    } else if (!link.isEmpty()) {
        emit linkActivated(link);
    } else if (const MessagePart::Button *button = layout.buttonAt(hit.point)) {
        press(*button, layout.item().key.seq);
    } else if (layout.isQuoteAt(hit.point) && layout.item().replyTo > 0) {
        emit messageRequested(layout.item().replyTo);
    } else if (const PartLayout *medium = layout.mediumAt(hit.point)) {
        const QRectF &bars = medium->bars();
        const qreal fraction = bars.isEmpty() ? 0 : (hit.point.x() - bars.left()) / bars.width();
        emit mediumClicked(layout.item().key, medium->part(), medium->zoneAt(hit.point), fraction);
    } else {
        return false;
    }
    return true;
}

/// Reactions and answers of a poll.
bool MessageView::clickFoot(const Hit &hit)
{
    const MessageLayout &layout = *hit.placed->layout;
    const Seq seq = layout.item().key.seq;
    const int chip = layout.reactions().chipAt(hit.point);
    const int answer = layout.poll().rowAt(hit.point);
    if (chip >= 0) {
        emit reactionPressed(seq, layout.reactions().chips().at(chip).emoji);
    } else if (answer >= 0) {
        const PollState::Row &row = layout.poll().state().rows.at(answer);
        if (!layout.poll().state().closed)
            press(buttonOf(row), seq);
    } else {
        return false;
    }
    return true;
}

void MessageView::press(const MessagePart::Button &button, Seq seq)
{
    if (seq > 0 && button.action.action != wire::Button::Action::Unknown)
        emit buttonPressed(seq, button);
}

void MessageView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (m_choice.isActive()) {
        mousePressEvent(event);
        return;
    }
    const Hit hit = hitAt(event->pos());
    if (!hit.placed || !hit.placed->layout->isTextAt(hit.point))
        return;
    const QString &text = hit.placed->layout->text().text();
    const int at = hit.placed->layout->positionAt(hit.point);
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, text);
    finder.setPosition(qMin<qsizetype>(at + 1, text.size()));
    const auto start = qMax<qsizetype>(0, finder.toPreviousBoundary());
    finder.setPosition(start);
    const auto end = finder.toNextBoundary();
    const RowKey key = hit.placed->layout->item().key;
    m_selection.select({key, int(start)}, {key, int(end < 0 ? text.size() : end)});
    viewport()->update();
}

void MessageView::updateCursor(const QPoint &position)
{
    const Hit hit = hitAt(position);
    Qt::CursorShape shape = Qt::ArrowCursor;
    if (hit.placed && !m_choice.isActive()) {
        const MessageLayout &layout = *hit.placed->layout;
        const PartLayout *code = layout.codeAt(hit.point);
        const bool isPart = layout.retryRect().contains(hit.point)
            || (code && code->copyButton().contains(hit.point))
            || layout.pillRect().contains(hit.point)
            || layout.deleteRect().contains(hit.point) || layout.showAllRect().contains(hit.point);
        const MessagePart::Button *button = layout.buttonAt(hit.point);
        const bool canPress = button && button->action.action != wire::Button::Action::Unknown;
        const bool canJump = layout.item().replyTo > 0 && layout.isQuoteAt(hit.point);
        const bool isFoot = layout.reactions().chipAt(hit.point) >= 0
            || (layout.poll().rowAt(hit.point) >= 0 && !layout.poll().state().closed);
        if (isPart || isFoot || canPress || canJump || layout.mediumAt(hit.point)
            || !layout.linkAt(hit.point).isEmpty())
            shape = Qt::PointingHandCursor;
        else if (layout.isTextAt(hit.point))
            shape = Qt::IBeamCursor;
    }
    viewport()->setCursor(shape);
}

void MessageView::wheelEvent(QWheelEvent *event)
{
    // On X11 the pixels are those of the driver and mean nothing; its angles are fine enough for a touchpad.
    static const bool hasPixels = QGuiApplication::platformName() != QLatin1String("xcb");
    int dy = hasPixels ? event->pixelDelta().y() : 0;
    if (dy == 0) {
        m_wheelRest += event->angleDelta().y() * kWheelLines * m_style.bodyLine;
        dy = m_wheelRest / kWheelStep;
        m_wheelRest -= dy * kWheelStep;
    }
    if (dy != 0)
        scrollBy(-dy);
    event->accept();
}

}
