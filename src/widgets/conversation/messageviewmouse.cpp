// What the person does to the messages by mouse and touchpad.
#include "widgets/conversation/messageview.h"
#include "widgets/media/abstractsound.h"

#include <QApplication>
#include <QClipboard>
#include <QMouseEvent>
#include <QTextBoundaryFinder>
#include <QWheelEvent>

namespace confab {

namespace {

constexpr int kWheelLines = 3;
constexpr int kWheelStep = 120; // eighths of a degree
constexpr int kDragInterval = 30;

}

MessageView::Hit MessageView::hitAt(const QPoint &position) const
{
    const RowWindow::PlacedRow *placed = m_window.rowAt(position.y());
    if (!placed)
        return {};
    const QPointF point(position.x(), position.y() - placed->top);
    return {placed, point, m_code.offsetsOf(*placed->layout)};
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
    return {layout.item().key, layout.positionAt(hit.point, hit.offsets)};
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
    holdCode(hitAt(event->pos()));
    if (m_held && m_held->thumb)
        return;
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
    if (m_held && m_held->thumb) {
        dragThumb(event->position().x());
        return;
    }
    if (!m_selecting) {
        setHovered(event->pos());
        updateCursor(event->pos());
        return;
    }
    m_dragged = event->pos();
    m_selection.extend(positionAt(event->pos()));
    viewport()->update();
    const bool outside = m_dragged.y() < 0 || m_dragged.y() > viewport()->height()
        || beyondHeldCode(m_dragged) != 0;
    if (outside && !m_dragTimer.isActive())
        m_dragTimer.start(kDragInterval, this);
    else if (!outside)
        m_dragTimer.stop();
}

void MessageView::autoScroll()
{
    const int height = viewport()->height();
    if (const int beyond = qMin(0, m_dragged.y()) + qMax(0, m_dragged.y() - height))
        scrollBy(beyond);
    scrollHeldCode(beyondHeldCode(m_dragged));
    m_selection.extend(positionAt({m_dragged.x(), qBound(0, m_dragged.y(), height - 1)}));
}

void MessageView::mouseReleaseEvent(QMouseEvent *event)
{
    const std::optional<HeldCode> held = std::exchange(m_held, std::nullopt);
    if (held && held->thumb)
        setHovered(event->pos());
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
    if (layout.failure().retryRect().contains(hit.point)) {
        perform(MessageAction::Retry, hit.placed->row);
    } else if (layout.failure().deleteRect().contains(hit.point)) {
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
    const QUrl link = layout.linkAt(hit.point, hit.offsets);
    const PartLayout *code = layout.codeAt(hit.point);
    if (code && code->panel().copyButton().contains(hit.point)) {
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

void MessageView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const Hit hit = hitAt(event->pos());
    const PartLayout *code = hit.placed ? hit.placed->layout->codeAt(hit.point) : nullptr;
    if (m_choice.isActive() || (code && code->panel().isBarAt(hit.point))) {
        mousePressEvent(event);
        return;
    }
    if (!hit.placed || !hit.placed->layout->isTextAt(hit.point))
        return;
    const QString &text = hit.placed->layout->text().text();
    const int at = hit.placed->layout->positionAt(hit.point, hit.offsets);
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
        const bool isPart = layout.failure().retryRect().contains(hit.point)
            || (code && code->panel().copyButton().contains(hit.point))
            || layout.pillRect().contains(hit.point)
            || layout.failure().deleteRect().contains(hit.point)
            || layout.showAllRect().contains(hit.point);
        const PartLayout *medium = layout.mediumAt(hit.point);
        if (medium && medium->shape() == PartLayout::Shape::Voice)
            prepareSoundModule();
        const MessagePart::Button *button = layout.buttonAt(hit.point);
        const bool canPress = button && button->action.action != wire::Button::Action::Unknown;
        const bool canJump = layout.item().replyTo > 0 && layout.isQuoteAt(hit.point);
        const bool isFoot = layout.reactions().chipAt(hit.point) >= 0
            || (layout.poll().rowAt(hit.point) >= 0 && !layout.poll().state().closed);
        if (isPart || isFoot || canPress || canJump || medium
            || !layout.linkAt(hit.point, hit.offsets).isEmpty())
            shape = Qt::PointingHandCursor;
        else if (layout.isTextAt(hit.point) && !(code && code->panel().isBarAt(hit.point)))
            shape = Qt::IBeamCursor;
    }
    viewport()->setCursor(shape);
}

void MessageView::wheelEvent(QWheelEvent *event)
{
    // On X11 the pixels are those of the driver and mean nothing; its angles are fine enough for a touchpad.
    static const bool hasPixels = QGuiApplication::platformName() != QLatin1String("xcb");
    QPoint delta = hasPixels ? event->pixelDelta() : QPoint();
    if (delta.isNull()) {
        m_wheelRest += event->angleDelta() * kWheelLines * m_style.bodyLine;
        delta = {m_wheelRest.x() / kWheelStep, m_wheelRest.y() / kWheelStep};
        m_wheelRest -= delta * kWheelStep;
    }
    event->accept();
    const bool byShift = event->modifiers() & Qt::ShiftModifier;
    const int dx = byShift && delta.x() == 0 ? delta.y() : delta.x();
    // A finger on a touchpad goes a little sideways, too, while it scrolls the conversation.
    const bool isSideways = byShift || qAbs(delta.x()) > qAbs(delta.y());
    if (isSideways && scrollCodeAt(event->position().toPoint(), -dx))
        return;
    if (delta.y() != 0)
        scrollBy(-delta.y());
}

}
