#include "widgets/topiclistview.h"

#include "models/topicfiltermodel.h"
#include "widgets/topicdelegate.h"

#include <QKeyEvent>

namespace confab {

namespace {

constexpr int kThawMs = 1000;

}

TopicListView::TopicListView(const Theme &theme, QWidget *parent)
    : QListView(parent)
    , m_delegate(new TopicDelegate(theme, this))
{
    setItemDelegate(m_delegate);
    setUniformItemSizes(true);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_Hover);
    viewport()->setBackgroundRole(QPalette::Window);
    setViewportMargins(0, 4, 0, 4);
    m_thaw.setSingleShot(true);
    m_thaw.setInterval(kThawMs);
    connect(&m_thaw, &QTimer::timeout, this, [this] { freeze(false); });
    connect(this, &QListView::clicked, this, &TopicListView::openRequested);
    connect(&theme, &Theme::changed, this, &TopicListView::scheduleDelayedItemsLayout);
}

void TopicListView::setOpenTopic(const QString &name)
{
    m_delegate->setOpenTopic(name);
    viewport()->update();
}

void TopicListView::freeze(bool frozen)
{
    if (auto *topics = qobject_cast<TopicFilterModel *>(model()))
        topics->setFrozen(frozen);
}

void TopicListView::mouseMoveEvent(QMouseEvent *event)
{
    QListView::mouseMoveEvent(event);
    freeze(true);
    m_thaw.start();
}

bool TopicListView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave) {
        m_thaw.stop();
        freeze(false);
    }
    return QListView::viewportEvent(event);
}

void TopicListView::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && currentIndex().isValid()) {
        emit openRequested(currentIndex());
        return;
    }
    // Any key makes the ring visible, not only Tab.
    window()->setAttribute(Qt::WA_KeyboardFocusChange);
    QListView::keyPressEvent(event);
}

}
