#include "widgets/composer/completionpopup.h"

#include "widgets/composer/completiondelegate.h"
#include "widgets/shapes.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>
#include <QVBoxLayout>

namespace confab {

namespace {

constexpr int kPadding = 4;
constexpr int kMaxRows = 8;
constexpr int kPage = kMaxRows - 1;
constexpr qreal kRadius = 12;

}

CompletionPopup::CompletionPopup(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_model(new QStandardItemModel(this))
    , m_list(new QListView(this))
{
    setObjectName(QStringLiteral("completionPopup"));
    setFocusPolicy(Qt::NoFocus);
    m_list->setObjectName(QStringLiteral("completionList"));
    m_list->setAccessibleName(tr("Suggestions"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CompletionDelegate(theme, this));
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->viewport()->setAutoFillBackground(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kPadding, kPadding, kPadding, kPadding);
    column->addWidget(m_list);
    hide();
    connect(m_list, &QListView::clicked, this,
        [this](const QModelIndex &index) { emit accepted(index.row()); });
}

void CompletionPopup::open(const QList<Entry> &entries, const QPoint &foot, int width)
{
    m_model->clear();
    for (const Entry &entry : entries)
        m_model->appendRow(CompletionDelegate::makeItem(entry));
    m_list->setCurrentIndex({});
    const int rows = qMin(int(entries.size()), kMaxRows);
    const int height = rows * CompletionDelegate::rowHeight(m_theme) + 2 * kPadding;
    setGeometry(foot.x(), qMax(0, foot.y() - height), width, height);
    m_list->scrollToTop();
    show();
    raise();
}

int CompletionPopup::choice() const
{
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? index.row() : -1;
}

/// From nothing, up begins at the foot and down at the top; over the ends there is nothing again.
void CompletionPopup::choose(int row)
{
    const QModelIndex index = m_model->index(row, 0);
    m_list->setCurrentIndex(index);
    if (!index.isValid())
        return;
    m_list->scrollTo(index);
    // The text field keeps the keyboard, so that the list does not tell by itself.
    QAccessibleEvent event(m_list, QAccessible::Focus);
    event.setChild(row);
    QAccessible::updateAccessibility(&event);
}

bool CompletionPopup::takeKey(const QKeyEvent &event)
{
    if (!isVisible() || (event.modifiers() & ~Qt::KeypadModifier))
        return false;
    const int rows = m_model->rowCount();
    const int row = choice();
    switch (event.key()) {
    case Qt::Key_Up:
        choose(row < 0 ? rows - 1 : row - 1);
        return true;
    case Qt::Key_Down:
        choose(row + 1 < rows ? row + 1 : -1);
        return true;
    case Qt::Key_PageUp:
        choose(qMax(0, row - kPage));
        return true;
    case Qt::Key_PageDown:
        choose(qMin(rows - 1, row + kPage));
        return true;
    case Qt::Key_Tab:
        emit accepted(qMax(0, row));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (row < 0)
            return false;
        emit accepted(row);
        return true;
    case Qt::Key_Escape:
        emit dismissed();
        return true;
    default:
        return false;
    }
}

void CompletionPopup::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    fillRound(painter, rect(), kRadius, m_theme.colors().raised);
    strokeRound(painter, rect(), kRadius, m_theme.colors().border);
}

}
