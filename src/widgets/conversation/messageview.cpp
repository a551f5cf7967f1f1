#include "widgets/conversation/messageview.h"

#include "widgets/conversation/conversationtext.h"
#include "widgets/conversation/emptynote.h"
#include "widgets/conversation/jumpbutton.h"
#include "widgets/conversation/messageviewaccessible.h"

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QTextBoundaryFinder>
#include <QToolTip>

namespace confab {

namespace {

constexpr int kFloatingDateTop = 8;
constexpr int kFloatingDateMs = 1000;
constexpr int kJumpMargin = 12;
constexpr int kNarrow = 560;
constexpr int kWheelLines = 3;
constexpr int kDragInterval = 30;
/// Older messages are asked for when fewer rows than this stand above the screen.
constexpr int kOlderMargin = 30;

bool isFailed(const RowWindow::PlacedRow &placed)
{
    return placed.layout->item().delivery == Delivery::Failed;
}

}

MessageView::MessageView(const Theme &theme, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_style(theme)
    , m_window(m_rows, m_style)
    , m_selection(m_rows)
    , m_empty(new EmptyNote(theme, QStringLiteral("message-circle"), viewport()))
    , m_jump(new JumpButton(theme, viewport()))
{
    setObjectName(QStringLiteral("messageView"));
    setAccessibleName(tr("Messages"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    verticalScrollBar()->setAccessibleName(tr("Position in the conversation"));
    m_jump->hide();
    m_dateTimer.setSingleShot(true);
    m_dateTimer.setInterval(kFloatingDateMs);

    connect(m_jump, &QAbstractButton::clicked, this, &MessageView::scrollToEnd);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &MessageView::moveToUnits);
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, &MessageView::takeScrollAction);
    connect(&m_dateTimer, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
    connect(&m_seenWatch, &SeenWatch::seen, this, &MessageView::seen);
    connect(&m_theme, &Theme::changed, this, &MessageView::applyTheme);
    makeAccessible(this);
}

MessageView::~MessageView() = default;

void MessageView::setModel(MessageListModel *model)
{
    for (const QMetaObject::Connection &connection : std::as_const(m_connections))
        disconnect(connection);
    m_connections.clear();
    forgetAccessibleMessages(this);
    m_rows.setModel(model);
    m_selection.clear();
    m_focus = {};
    m_newCount = 0;
    m_olderAsked.reset();
    m_dateTimer.stop();
    m_unplaced = true;
    m_window.reset();
    const Topic *topic = model ? model->topic() : nullptr;
    m_seenWatch.reset(topic ? topic->info().read : 0);
    if (topic && topic->unread() > 0)
        m_rows.setFirstUnread(topic->info().read + 1);
    if (model)
        connectModel();
    updateRows();
    viewport()->update();
}

void MessageView::connectModel()
{
    MessageListModel *model = m_rows.model();
    m_connections = {
        connect(model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { rowsArrived(first, last); }),
        connect(model, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { m_window.leaveRows(first, last); }),
        connect(model, &QAbstractItemModel::rowsRemoved, this, &MessageView::scheduleUpdate),
        connect(model, &QAbstractItemModel::rowsMoved, this, &MessageView::scheduleUpdate),
        connect(model, &QAbstractItemModel::dataChanged, this, &MessageView::scheduleUpdate),
        connect(model, &QAbstractItemModel::modelReset, this, &MessageView::scheduleUpdate),
    };
    if (Topic *topic = model->topic()) {
        m_connections.append(connect(topic, &Topic::loadingChanged, this, [this] {
            m_olderAsked.reset();
            viewport()->update(0, 0, viewport()->width(), 2);
            requestOlder();
            updateEmptyNote();
        }));
    }
}

void MessageView::rowsArrived(int first, int last)
{
    m_olderAsked.reset();
    const bool atEnd = last == m_rows.count() - 1;
    const bool written = atEnd && m_rows.seqAt(last) == 0;
    if (written && first == last && !m_unplaced)
        m_window.pin();
    int arrived = 0;
    Seq firstNew = 0;
    for (int row = last; atEnd && !m_unplaced && row >= first; --row) {
        if (m_rows.isOwn(row))
            continue;
        ++arrived;
        firstNew = m_rows.seqAt(row);
    }
    const bool watched = isVisible() && isActiveWindow() && m_window.isPinned();
    if (arrived > 0 && !watched) {
        if (!m_window.isPinned())
            m_newCount += arrived;
        if (!m_rows.firstUnread())
            m_rows.setFirstUnread(firstNew);
    }
    scheduleUpdate();
    if (arrived > 0)
        announce(last);
}

void MessageView::announce(int row)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(this, QAccessible::Alert);
    event.setChild(row);
    QAccessible::updateAccessibility(&event);
}

void MessageView::scheduleUpdate()
{
    m_window.invalidate();
    if (!m_updateTimer.isActive())
        m_updateTimer.start(0, this);
}

void MessageView::updateRows()
{
    m_updateTimer.stop();
    const bool changed = m_window.update();
    if (m_unplaced && !m_window.placed().empty() && isVisible())
        placeFirst();
    if (changed)
        viewport()->update();
    afterMove();
}

/// A conversation opens at its first unread message, if that is not on the last screen anyway.
void MessageView::placeFirst()
{
    m_unplaced = false;
    const Topic *topic = m_rows.model()->topic();
    const int loaded = topic->timeline().messageCount();
    for (int row = loaded - 1; m_rows.firstUnread() && row >= 0; --row) {
        if (!m_rows.startsUnread(row))
            continue;
        if (!m_window.placedRow(row) || m_window.placedRow(row)->top < 0) {
            m_window.placeAtTop(row, 0);
            m_newCount = loaded - 1 - m_window.placed().back().row;
        }
        return;
    }
}

/// What depends on which rows are on screen.
void MessageView::afterMove()
{
    if (m_window.isPinned())
        m_newCount = 0;
    updateScrollBar();
    updateJumpButton();
    requestOlder();
    updateSeen();
    updateEmptyNote();
}

const std::vector<RowWindow::PlacedRow> &MessageView::placedRows()
{
    updateRows();
    return m_window.placed();
}

void MessageView::updateScrollBar()
{
    m_ownScroll = true;
    const int top = m_window.topUnits();
    const int page = qMax(1, m_window.bottomUnits() - top);
    QScrollBar *bar = verticalScrollBar();
    bar->setPageStep(page);
    bar->setSingleStep(RowWindow::kUnits);
    bar->setRange(0, qMax(0, m_rows.count() * RowWindow::kUnits - page));
    bar->setValue(m_window.isPinned() ? bar->maximum() : top);
    m_ownScroll = false;
}

void MessageView::moveToUnits(int units)
{
    if (m_ownScroll)
        return;
    if (units >= verticalScrollBar()->maximum())
        m_window.pin();
    else
        m_window.scrollToUnits(units);
    showFloatingDate();
    viewport()->update();
    afterMove();
}

/// Clicks beside the thumb move by pixels, not by rows.
void MessageView::takeScrollAction(int action)
{
    const int line = m_style.bodyLine * kWheelLines;
    const int page = viewport()->height() - line;
    int dy = 0;
    switch (action) {
    case QAbstractSlider::SliderSingleStepAdd:
        dy = line;
        break;
    case QAbstractSlider::SliderSingleStepSub:
        dy = -line;
        break;
    case QAbstractSlider::SliderPageStepAdd:
        dy = page;
        break;
    case QAbstractSlider::SliderPageStepSub:
        dy = -page;
        break;
    default:
        return;
    }
    scrollBy(dy);
    m_ownScroll = true;
    verticalScrollBar()->setSliderPosition(verticalScrollBar()->value());
    m_ownScroll = false;
}

void MessageView::scrollBy(int dy)
{
    m_window.scrollBy(dy);
    showFloatingDate();
    viewport()->update();
    afterMove();
}

void MessageView::scrollToEnd()
{
    m_window.pin();
    viewport()->update();
    afterMove();
}

void MessageView::updateJumpButton()
{
    m_jump->setNarrow(width() < kNarrow);
    m_jump->setCount(m_newCount);
    m_jump->resize(m_jump->sizeHint());
    m_jump->move(viewport()->width() - m_jump->width() - MessageLayout::kSide,
        viewport()->height() - m_jump->height() - kJumpMargin);
    m_jump->setVisible(!m_window.isPinned() && m_rows.count() > 0);
}

void MessageView::requestOlder()
{
    const Topic *topic = m_rows.model() ? m_rows.model()->topic() : nullptr;
    if (!topic || topic->isAtStart() || topic->isLoading() || m_olderAsked || !isVisible())
        return;
    if (!m_window.placed().empty() && m_window.placed().front().row >= kOlderMargin)
        return;
    m_olderAsked = m_rows.count();
    emit olderRequested();
}

void MessageView::updateSeen()
{
    Seq newest = 0;
    for (const RowWindow::PlacedRow &placed : m_window.placed()) {
        const bool readable = placed.bottom() <= viewport()->height() || placed.top <= 0;
        if (readable)
            newest = qMax(newest, placed.layout->item().key.seq);
    }
    m_seenWatch.setVisible(newest, isVisible() && isActiveWindow() && !window()->isMinimized());
}

void MessageView::updateEmptyNote()
{
    const Topic *topic = m_rows.model() ? m_rows.model()->topic() : nullptr;
    const bool empty = topic && m_rows.count() == 0;
    m_empty->setVisible(empty);
    if (!empty)
        return;
    m_empty->resize(viewport()->size());
    m_empty->setSentence(emptyText(*topic));
    setAccessibleDescription(m_empty->sentence());
}

QString MessageView::floatingDate() const
{
    if (!m_dateTimer.isActive() || m_window.placed().empty())
        return {};
    const int foot = kFloatingDateTop + m_style.pillHeight;
    const RowWindow::PlacedRow *top = m_window.rowAt(foot);
    const QRectF pill = top->layout->pillRect();
    const bool pillBelow = !pill.isEmpty() && top->top + pill.bottom() > 0;
    return pillBelow ? QString() : dayText(m_rows.dayAt(top->row));
}

void MessageView::showFloatingDate()
{
    m_dateTimer.start();
}

void MessageView::applyTheme()
{
    const MessageStyle style(m_theme);
    if (style != m_style) {
        m_style = style;
        m_window.setStyle(style);
        updateRows();
    }
    viewport()->update();
}

void MessageView::paintEvent(QPaintEvent *event)
{
    if (m_updateTimer.isActive())
        updateRows();
    ++m_paints;
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme.colors().panel);
    MessagePainter rowPainter(painter, m_theme, m_style);
    for (const RowWindow::PlacedRow &placed : m_window.placed()) {
        if (placed.top <= event->rect().bottom() && placed.bottom() >= event->rect().top())
            rowPainter.paint(*placed.layout, QPointF(0, placed.top), stateOf(placed));
    }
    const QString date = floatingDate();
    if (!date.isEmpty())
        rowPainter.paintFloatingDate(date, viewport()->width(), kFloatingDateTop);
    const Topic *topic = m_rows.model() ? m_rows.model()->topic() : nullptr;
    const bool atTop = m_window.placed().empty() || m_window.placed().front().row == 0;
    if (topic && topic->isLoading() && atTop)
        painter.fillRect(0, 0, viewport()->width(), 2, m_theme.colors().accentText);
}

RowState MessageView::stateOf(const RowWindow::PlacedRow &placed) const
{
    const MessageSelection::Range range = m_selection.rangeOf(placed.row);
    const int length = int(placed.layout->text().text().size());
    return {qMin(range.start, length), qMin(range.end, length),
        hasFocus() && placed.layout->item().key == m_focus};
}

void MessageView::resizeEvent(QResizeEvent *)
{
    m_window.setSize(viewport()->size());
    updateRows();
    viewport()->update();
}

void MessageView::wheelEvent(QWheelEvent *event)
{
    int dy = event->pixelDelta().y();
    if (dy == 0)
        dy = event->angleDelta().y() * kWheelLines * m_style.bodyLine / 120;
    if (dy != 0)
        scrollBy(-dy);
    event->accept();
}

bool MessageView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const Hit hit = hitAt(help->pos());
        const QUrl link = hit.placed ? hit.placed->layout->linkAt(hit.point) : QUrl();
        // The address as it will be opened: other scripts in a host show as punycode.
        QToolTip::showText(help->globalPos(), link.toString(QUrl::FullyEncoded), viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

bool MessageView::event(QEvent *event)
{
    if (event->type() == QEvent::ParentChange || event->type() == QEvent::Show)
        watchWindow();
    // Escape is also a key of the window; here it first ends the selection.
    if (event->type() == QEvent::ShortcutOverride && !m_selection.isEmpty()
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QAbstractScrollArea::event(event);
}

void MessageView::showEvent(QShowEvent *event)
{
    QAbstractScrollArea::showEvent(event);
    updateRows();
}

void MessageView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::ActivationChange)
        updateSeen();
}

void MessageView::watchWindow()
{
    if (m_watchedWindow == window())
        return;
    if (m_watchedWindow)
        m_watchedWindow->removeEventFilter(this);
    m_watchedWindow = window();
    m_watchedWindow->installEventFilter(this);
}

bool MessageView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_watchedWindow && event->type() == QEvent::WindowStateChange)
        updateSeen();
    return QAbstractScrollArea::eventFilter(watched, event);
}

void MessageView::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_updateTimer.timerId())
        updateRows();
    else if (event->timerId() == m_dragTimer.timerId())
        autoScroll();
    else
        QAbstractScrollArea::timerEvent(event);
}

// Keyboard

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
        m_window.scrollToStart();
        showFloatingDate();
        viewport()->update();
        afterMove();
        return true;
    case Qt::Key_End:
        scrollToEnd();
        return true;
    default:
        return false;
    }
}

void MessageView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
        return;
    }
    const Qt::KeyboardModifiers others = event->modifiers() & (Qt::AltModifier | Qt::MetaModifier);
    if (!others && handleNavigation(event))
        return;
    const int row = focusedRow();
    if (event->key() == Qt::Key_Delete && row >= 0) {
        discard(row);
        return;
    }
    if (event->key() == Qt::Key_Escape && !m_selection.isEmpty()) {
        m_selection.clear();
        viewport()->update();
        return;
    }
    const bool isCommand = event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    const bool isText = !event->text().isEmpty() && event->text().at(0).isPrint() && !isCommand;
    if (isText || event->matches(QKeySequence::Paste))
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

// Selection

void MessageView::selectAll()
{
    m_selection.selectAll();
    viewport()->update();
}

QString MessageView::textToCopy() const
{
    if (!m_selection.isEmpty())
        return m_selection.text();
    const int row = focusedRow();
    return row < 0 ? QString() : m_selection.messageText(row);
}

void MessageView::copy() const
{
    const QString text = textToCopy();
    if (!text.isEmpty())
        QApplication::clipboard()->setText(text);
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
    m_pressed = event->pos();
    if (event->modifiers() & Qt::ShiftModifier)
        m_selection.extend(positionAt(event->pos()));
    else
        m_selection.start(positionAt(event->pos()));
    m_selecting = true;
    m_focus = {};
    viewport()->update();
}

void MessageView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_selecting) {
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
    if (event->button() != Qt::LeftButton)
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
    const QUrl link = layout.linkAt(hit.point);
    if (!link.isEmpty()) {
        emit linkActivated(link);
    } else if (layout.retryRect().contains(hit.point)) {
        retry(hit.placed->row);
    } else if (layout.deleteRect().contains(hit.point)) {
        discard(hit.placed->row);
    } else if (layout.showAllRect().contains(hit.point)) {
        m_rows.expand(layout.item().key);
        scheduleUpdate();
    } else {
        return false;
    }
    return true;
}

void MessageView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const Hit hit = hitAt(event->pos());
    if (!hit.placed || !hit.placed->layout->textRect().contains(hit.point))
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
    if (hit.placed) {
        const MessageLayout &layout = *hit.placed->layout;
        const bool isPart = layout.retryRect().contains(hit.point)
            || layout.deleteRect().contains(hit.point) || layout.showAllRect().contains(hit.point);
        if (isPart || !layout.linkAt(hit.point).isEmpty())
            shape = Qt::PointingHandCursor;
        else if (layout.textRect().contains(hit.point))
            shape = Qt::IBeamCursor;
    }
    viewport()->setCursor(shape);
}

void MessageView::contextMenuEvent(QContextMenuEvent *event)
{
    Hit hit = hitAt(event->pos());
    QPoint where = event->globalPos();
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const RowWindow::PlacedRow *placed = m_window.placedRow(focusedRow());
        hit = {placed, {}};
        if (placed)
            where = viewport()->mapToGlobal(rowRect(placed->row).center());
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(QStringLiteral("messageMenu"));
    if (!m_selection.isEmpty())
        menu->addAction(m_theme.icon(QStringLiteral("copy")), tr("Copy"), this, &MessageView::copy);
    if (hit.placed)
        addMessageActions(*menu, hit);
    if (m_rows.count() > 0)
        menu->addAction(tr("Select all"), this, &MessageView::selectAll);
    menu->popup(where);
}

void MessageView::addMessageActions(QMenu &menu, const Hit &hit)
{
    const RowKey key = hit.placed->layout->item().key;
    const QString text = hit.placed->layout->item().text;
    menu.addAction(tr("Copy text"), this, [text] { QApplication::clipboard()->setText(text); });
    const QUrl link = hit.placed->layout->linkAt(hit.point);
    if (!link.isEmpty()) {
        menu.addAction(tr("Copy link"), this,
            [link] { QApplication::clipboard()->setText(link.toString(QUrl::FullyEncoded)); });
    }
    if (hit.placed->layout->text().isCut()) {
        menu.addAction(MessageLayout::showAllText(), this, [this, key] {
            m_rows.expand(key);
            scheduleUpdate();
        });
    }
    if (!isFailed(*hit.placed))
        return;
    menu.addSeparator();
    menu.addAction(m_theme.icon(QStringLiteral("refresh-cw")), MessageLayout::retryText(), this,
        [this, key] { retry(m_rows.rowOf(key)); });
    menu.addAction(m_theme.icon(QStringLiteral("trash-2")), MessageLayout::deleteText(), this,
        [this, key] { discard(m_rows.rowOf(key)); });
}

QRect MessageView::rowRect(int row) const
{
    const RowWindow::PlacedRow *placed = m_window.placedRow(row);
    if (!placed)
        return {};
    const QRect bubble = placed->layout->bubble().toRect().translated(0, placed->top);
    return bubble.translated(viewport()->pos());
}

void MessageView::retry(int row)
{
    if (row < 0 || m_rows.itemAt(row).delivery != Delivery::Failed)
        return;
    emit retryRequested(m_rows.keyAt(row).cid);
}

void MessageView::discard(int row)
{
    if (row < 0 || m_rows.itemAt(row).delivery != Delivery::Failed)
        return;
    emit discardRequested(m_rows.keyAt(row).cid);
}

}
