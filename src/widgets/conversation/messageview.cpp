#include "widgets/conversation/messageview.h"

#include "widgets/conversation/conversationtext.h"
#include "widgets/conversation/emptynote.h"
#include "widgets/conversation/hoveractions.h"
#include "widgets/conversation/jumpbutton.h"
#include "widgets/conversation/messageviewaccessible.h"
#include "widgets/conversation/textlines.h"
#include "widgets/media/medialibrary.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

namespace confab {

namespace {

constexpr int kFloatingDateTop = 8;
constexpr int kFloatingDateMs = 1000;
constexpr int kJumpMargin = 12;
constexpr int kFoundMs = 1500;
constexpr int kNarrow = 560;
constexpr int kStepLines = 3;
/// More is asked for when fewer rows than this stand above or below the screen.
constexpr int kHistoryMargin = 30;
constexpr int kPreparedAtOnce = 2; // rows; others wait meanwhile
constexpr qint64 kFrameMs = 16;

}

MessageView::MessageView(const Theme &theme, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_style(theme)
    , m_window(m_rows, m_style)
    , m_selection(m_rows)
    , m_choice(m_rows)
    , m_empty(new EmptyNote(theme, QStringLiteral("message-circle"), viewport()))
    , m_jump(new JumpButton(theme, viewport()))
    , m_hover(new HoverActions(theme, viewport()))
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
    m_foundTimer.setSingleShot(true);
    m_foundTimer.setInterval(kFoundMs);

    connect(m_hover, &HoverActions::chosen, this,
        [this](MessageAction action) { perform(action, m_rows.rowOf(m_hoverRow)); });
    connect(m_hover, &HoverActions::moreRequested, this, [this] {
        const RowWindow::PlacedRow *placed = m_window.placedRow(m_rows.rowOf(m_hoverRow));
        popUp(makeMenu({placed, {}}), m_hover->menuCorner());
    });
    connect(m_jump, &QAbstractButton::clicked, this, &MessageView::scrollToEnd);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, &MessageView::moveToUnits);
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, &MessageView::takeScrollAction);
    connect(&m_dateTimer, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
    connect(&m_foundTimer, &QTimer::timeout, viewport(), qOverload<>(&QWidget::update));
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
    m_copy.reset();
    m_selection.clear();
    endChoosing();
    setHovered(std::nullopt);
    m_focus = {};
    m_newCount = 0;
    forgetRequests();
    m_dateTimer.stop();
    m_foundTimer.stop();
    m_place.reset();
    m_marker = HitMarker();
    m_unplaced = true;
    m_placeAsked = false;
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
            forgetRequests();
            viewport()->update(0, 0, viewport()->width(), 2);
            requestHistory();
            updateEmptyNote();
        }));
    }
}

void MessageView::rowsArrived(int first, int last)
{
    forgetRequests();
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

/// Between two frames there is room for others: who types while messages pour in waits for one at most.
void MessageView::scheduleUpdate()
{
    m_window.invalidate();
    if (m_updateTimer.isActive())
        return;
    const qint64 passed = m_sinceUpdate.isValid() ? m_sinceUpdate.elapsed() : kFrameMs;
    m_updateTimer.start(int(qBound<qint64>(0, kFrameMs - passed, kFrameMs)), Qt::PreciseTimer, this);
}

/// What waits for the next frame happens now.
void MessageView::catchUp()
{
    if (m_updateTimer.isActive())
        updateRows();
}

void MessageView::updateRows()
{
    if (layOutRows())
        viewport()->update();
    afterMove();
}

/// Painted at once: before a paint that is asked for comes, more may have arrived, to be laid out again.
void MessageView::showFrame()
{
    const bool changed = layOutRows();
    afterMove();
    if (changed)
        viewport()->repaint();
}

/// True if anything on screen is different.
bool MessageView::layOutRows()
{
    if (m_updateTimer.isActive())
        m_sinceUpdate.start();
    m_updateTimer.stop();
    const bool changed = m_window.update();
    if (m_unplaced && !m_window.placed().empty() && isVisible())
        placeFirst();
    return changed;
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
    requestHistory();
    updateSeen();
    updateEmptyNote();
    updateHoverActions();
}

const std::vector<RowWindow::PlacedRow> &MessageView::placedRows()
{
    updateRows();
    return m_window.placed();
}

void MessageView::updateScrollBar()
{
    m_ownScroll = true;
    const int page = qMax(1, m_window.unitsOnScreen());
    QScrollBar *bar = verticalScrollBar();
    bar->setPageStep(page);
    bar->setSingleStep(RowWindow::kUnits);
    bar->setRange(0, qMax(0, m_rows.places() * RowWindow::kUnits - page));
    // While the person holds the thumb, or what it was dragged to is on its way, it stays.
    if (!m_placeAsked && !bar->isSliderDown())
        bar->setValue(m_window.isPinned() ? bar->maximum() : m_window.topUnits());
    m_ownScroll = false;
}

void MessageView::moveToUnits(int units)
{
    if (m_ownScroll)
        return;
    m_pointer.reset();
    m_placeAsked = false;
    const Seq seq = m_rows.count() > 0 ? m_rows.seqAtPlace(units / RowWindow::kUnits) : 0;
    if (units >= verticalScrollBar()->maximum()) {
        m_window.pin();
    } else if (seq > 0 && !m_rows.isLoaded(seq)) {
        // What is on screen stays there until what is asked for has come.
        m_placeAsked = true;
        emit placeRequested(seq);
        return;
    } else {
        m_window.scrollToUnits(units);
    }
    showFloatingDate();
    viewport()->update();
    afterMove();
}

void MessageView::showPlace(Seq seq)
{
    m_placeAsked = false;
    const int row = m_rows.rowAtPlace(m_rows.placeOfSeq(seq));
    if (row < 0)
        return;
    updateRows();
    m_unplaced = false;
    m_window.placeAtTop(row, 0);
    showFloatingDate();
    viewport()->update();
    afterMove();
}

void MessageView::scrollToStart()
{
    moveToUnits(0);
}

/// Clicks beside the thumb move by pixels, not by rows.
void MessageView::takeScrollAction(int action)
{
    const int line = m_style.bodyLine * kStepLines;
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
    m_direction = dy < 0 ? -1 : 1;
    m_prepareTimer.start(0, this);
    m_pointer.reset();
    showFloatingDate();
    viewport()->update();
    afterMove();
}

void MessageView::prepareRows()
{
    if (!isVisible()) {
        m_prepareTimer.stop();
        return;
    }
    const auto prepared = m_window.prepare(m_direction, kPreparedAtOnce);
    if (prepared.empty())
        m_prepareTimer.stop();
    // Drawn where nobody sees it: the glyphs and initials that they need for the first time are made now.
    QImage nowhere(1, 1, QImage::Format_RGB32);
    nowhere.setDevicePixelRatio(devicePixelRatioF());
    QPainter painter(&nowhere);
    MessagePainter rowPainter(painter, m_theme, m_style, nullptr);
    for (const auto &layout : prepared)
        rowPainter.paint(*layout, {}, {});
}

void MessageView::scrollToEnd()
{
    m_window.pin();
    viewport()->update();
    afterMove();
}

void MessageView::showFound(int row)
{
    updateRows();
    if (!m_place && !m_window.placed().empty()) {
        const RowWindow::PlacedRow &top = m_window.placed().front();
        m_place = Place{m_rows.keyAt(top.row), top.top, m_window.isPinned()};
    }
    m_unplaced = false;
    m_window.placeAtTop(row, viewport()->height() / 3);
    m_found = m_rows.keyAt(row);
    m_foundTimer.start();
    m_window.update();
    viewport()->update();
    afterMove();
}

void MessageView::returnToPlace()
{
    const std::optional<Place> place = std::exchange(m_place, std::nullopt);
    m_foundTimer.stop();
    if (!place)
        return;
    const int row = m_rows.rowOf(place->row);
    if (place->pinned || row < 0) {
        scrollToEnd();
        return;
    }
    m_window.placeAtTop(row, place->top);
    viewport()->update();
    afterMove();
}

void MessageView::setSearch(const SearchQuery &query)
{
    if (query == m_marker.query())
        return;
    m_marker = HitMarker(query);
    viewport()->update();
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

void MessageView::forgetRequests()
{
    m_olderAsked = false;
    m_newerAsked = false;
}

void MessageView::requestHistory()
{
    const Topic *topic = m_rows.model() ? m_rows.model()->topic() : nullptr;
    if (!topic || topic->isLoading() || !isVisible())
        return;
    requestOlder(*topic);
    requestNewer(*topic);
}

void MessageView::requestOlder(const Topic &topic)
{
    const int top = m_window.placed().empty() ? 0 : m_window.placed().front().row;
    const int edge = qMax(0, top - kHistoryMargin);
    const Seq seq = top < m_rows.count() ? m_rows.seqAt(top) : 0;
    const Seq low = topic.timeline().known().rangeAt(seq).low;
    const bool endsAbove = edge == 0 || m_rows.seqAt(edge) < low;
    const bool atStart = edge == 0 && topic.isAtStart() && low <= topic.timeline().firstSeq();
    if (m_olderAsked || !endsAbove || atStart || low == 1)
        return;
    m_olderAsked = true;
    emit olderRequested(seq);
    if (!topic.isLoading() && seq > 0)
        joinParts(seq);
}

/// Nothing of what lies between can be had now, so its two sides meet.
void MessageView::joinParts(Seq seq)
{
    m_rows.join(seq);
    scheduleUpdate();
}

void MessageView::requestNewer(const Topic &topic)
{
    const int bottom = m_window.placed().empty() ? -1 : m_window.placed().back().row;
    const int edge = qMin(topic.timeline().messageCount() - 1, bottom + kHistoryMargin);
    if (m_newerAsked || bottom < 0 || edge <= bottom)
        return;
    const Seq seq = m_rows.seqAt(bottom);
    if (m_rows.seqAt(edge) < topic.timeline().known().rangeAt(seq).hi)
        return;
    m_newerAsked = true;
    emit newerRequested(seq);
    const int next = m_rows.rowAtPlace(m_rows.placeOfSeq(topic.timeline().known().rangeAt(seq).hi));
    if (!topic.isLoading() && next >= 0 && m_rows.seqAt(next) > seq)
        joinParts(m_rows.seqAt(next));
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

QDate MessageView::dayOnTop() const
{
    return m_window.placed().empty() ? QDate() : m_rows.dayAt(m_window.placed().front().row);
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
        m_dateLine.reset();
        updateRows();
    }
    viewport()->update();
}

void MessageView::setMedia(MediaLibrary *media)
{
    m_media = media;
    if (media)
        connect(media, &MediaLibrary::changed, viewport(), qOverload<>(&QWidget::update));
}

void MessageView::paintEvent(QPaintEvent *event)
{
    if (m_updateTimer.isActive()) {
        const bool isWhole = event->rect().contains(viewport()->rect());
        if (layOutRows() && !isWhole)
            viewport()->update(); // the rest of it
        afterMove();
    }
    ++m_paints;
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme.colors().panel);
    MessagePainter rowPainter(painter, m_theme, m_style, m_media);
    for (const RowWindow::PlacedRow &placed : m_window.placed()) {
        if (placed.top <= event->rect().bottom() && placed.bottom() >= event->rect().top())
            rowPainter.paint(*placed.layout, QPointF(0, placed.top), stateOf(placed));
    }
    const QString date = floatingDate();
    if (!date.isEmpty()) {
        if (!m_dateLine || m_dateLine->text() != date) {
            m_dateLine = makeLine(date, m_style.strongMeta, m_style.emoji, viewport()->width(),
                m_style.pillHeight);
        }
        rowPainter.paintFloatingDate(*m_dateLine, viewport()->width(), kFloatingDateTop);
    }
    const Topic *topic = m_rows.model() ? m_rows.model()->topic() : nullptr;
    const bool atTop = m_window.placed().empty() || m_window.placed().front().row == 0;
    if (topic && topic->isLoading() && atTop)
        painter.fillRect(0, 0, viewport()->width(), 2, m_theme.colors().accentText);
}

RowState MessageView::stateOf(const RowWindow::PlacedRow &placed) const
{
    const MessageSelection::Range range = m_selection.rangeOf(placed.row);
    const int length = int(placed.layout->text().text().size());
    const RowKey &key = placed.layout->item().key;
    RowState state;
    state.selectionStart = qMin(range.start, length);
    state.selectionEnd = qMin(range.end, length);
    state.focused = hasFocus() && key == m_focus;
    state.found = m_foundTimer.isActive() && key == m_found;
    state.hovered = m_hover->isVisible() && key == m_hoverRow;
    if (key == m_hoverRow && m_pointer)
        state.hoveredCode = m_hoverCode;
    if (m_choice.isActive() && key.seq > 0)
        state.chosen = m_choice.contains(key.seq);
    state.marks = m_marker.marks(placed.layout->text().text());
    return state;
}

void MessageView::resizeEvent(QResizeEvent *)
{
    m_window.setSize(viewport()->size());
    updateRows();
    viewport()->update();
}

bool MessageView::viewportEvent(QEvent *event)
{
    if (event->isInputEvent() || event->type() == QEvent::ToolTip)
        catchUp(); // what is pressed is what will be seen
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const Hit hit = hitAt(help->pos());
        QToolTip::showText(help->globalPos(), tooltipOf(hit), viewport());
        return true;
    }
    if (event->type() == QEvent::Leave)
        setHovered(std::nullopt);
    return QAbstractScrollArea::viewportEvent(event);
}

QString MessageView::tooltipOf(const Hit &hit) const
{
    if (!hit.placed)
        return {};
    const MessageLayout &layout = *hit.placed->layout;
    const int chip = layout.reactions().chipAt(hit.point);
    if (chip >= 0)
        return layout.reactions().chips().at(chip).who;
    const int answer = layout.poll().rowAt(hit.point);
    if (answer >= 0)
        return layout.poll().state().rows.at(answer).who;
    // The address as it will be opened: other scripts in a host show as punycode.
    return layout.linkAt(hit.point).toString(QUrl::FullyEncoded);
}

bool MessageView::event(QEvent *event)
{
    if (event->type() == QEvent::ParentChange || event->type() == QEvent::Show)
        watchWindow();
    // Escape is also a key of the window; here it first ends the selection.
    if (event->type() == QEvent::ShortcutOverride && (!m_selection.isEmpty() || m_choice.isActive())
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
        showFrame();
    else if (event->timerId() == m_dragTimer.timerId())
        autoScroll();
    else if (event->timerId() == m_prepareTimer.timerId())
        prepareRows();
    else
        QAbstractScrollArea::timerEvent(event);
}

QRect MessageView::rowRect(int row) const
{
    const RowWindow::PlacedRow *placed = m_window.placedRow(row);
    if (!placed)
        return {};
    const QRect bubble = placed->layout->bubble().toRect().translated(0, placed->top);
    return bubble.translated(viewport()->pos());
}

void MessageView::goToQuoted(int row)
{
    const Seq quoted = row < 0 ? 0 : m_rows.replyTo(row);
    if (quoted > 0)
        emit messageRequested(quoted);
}
}
