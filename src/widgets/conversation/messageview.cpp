#include "widgets/conversation/messageview.h"

#include "widgets/conversation/conversationtext.h"
#include "widgets/conversation/emptynote.h"
#include "widgets/conversation/hoveractions.h"
#include "widgets/conversation/jumpbutton.h"
#include "widgets/conversation/messageviewaccessible.h"
#include "widgets/media/medialibrary.h"

#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

namespace confab {

namespace {

constexpr int kFloatingDateMs = 1000;
constexpr int kJumpMargin = 12;
constexpr int kFoundMs = 1500;
constexpr int kNarrow = 560;
constexpr int kPreparedAtOnce = 2; // rows; others wait meanwhile
constexpr qint64 kFrameMs = 16;
constexpr qint64 kPrepareMs = 3; // of a turn
constexpr int kMostPostponed = 2; // turns; rows that come meanwhile make what is laid out worthless

}

MessageView::MessageView(const Theme &theme, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_style(theme)
    , m_window(m_rows, m_style)
    , m_selection(m_rows)
    , m_choice(m_rows)
    , m_code(m_rows)
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
        popUp(makeMenu({placed, {}, {}}), m_hover->menuCorner());
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
    m_code.clear();
    m_held.reset();
    endChoosing();
    setHovered(std::nullopt);
    m_focus = {};
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
        m_connections.append(connect(topic, &Topic::changed, this, &MessageView::updateJumpButton));
        m_connections.append(connect(topic, &Topic::loadingChanged, this, [this] {
            forgetRequests();
            viewport()->update(0, 0, viewport()->width(), 2);
            requestHistory();
            updateEmptyNote();
        }));
    }
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
    if (!prepareFrame()) {
        m_updateTimer.start(0, this);
        return;
    }
    const bool changed = layOutRows();
    afterMove();
    if (changed)
        viewport()->repaint();
}

/// True if anything on screen is different.
bool MessageView::layOutRows()
{
    if (m_updateTimer.isActive()) {
        m_sinceUpdate.start();
        m_code.followRows();
    }
    m_updateTimer.stop();
    const bool changed = m_window.update();
    if (m_unplaced && !m_window.placed().empty() && isVisible())
        placeFirst();
    return changed;
}

/// What depends on which rows are on screen.
void MessageView::afterMove()
{
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

/// The first text of a script loads a font. What is on screen stays until the rest can be shown with it, and
/// keys come between; but not for long, since more may be arriving all the time.
bool MessageView::prepareFrame()
{
    QElapsedTimer watch;
    watch.start();
    while (m_window.prepareEnd()) {
        if (watch.elapsed() >= kPrepareMs && m_postponed < kMostPostponed) {
            ++m_postponed;
            return false;
        }
    }
    m_postponed = 0;
    return true;
}

void MessageView::setSearch(const SearchQuery &query)
{
    if (query == m_marker.query())
        return;
    m_marker = HitMarker(query);
    viewport()->update();
}

int MessageView::newCount() const
{
    const Topic *topic = m_rows.model() ? m_rows.model()->topic() : nullptr;
    return topic ? topic->unread() : 0;
}

void MessageView::updateJumpButton()
{
    m_jump->setNarrow(width() < kNarrow);
    m_jump->setCount(newCount());
    m_jump->resize(m_jump->sizeHint());
    m_jump->move(viewport()->width() - m_jump->width() - MessageLayout::kSide,
        viewport()->height() - m_jump->height() - kJumpMargin);
    m_jump->setVisible(!m_window.isPinned() && m_rows.count() > 0);
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
    return layout.linkAt(hit.point, hit.offsets).toString(QUrl::FullyEncoded);
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

}
