#include "widgets/composer/completiondelegate.h"

#include "widgets/composer/emojipixmap.h"
#include "widgets/shapes.h"

#include <QPainter>
#include <QStandardItem>

namespace confab {

namespace {

constexpr int kRow = 36;
constexpr int kAvatar = 24;
constexpr int kSide = 8;
constexpr int kGap = 10;

enum Role { EmojiRole = Qt::UserRole, DetailRole, IdRole, PhotoRole };

}

CompletionDelegate::CompletionDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QStandardItem *CompletionDelegate::makeItem(const CompletionPopup::Entry &entry)
{
    auto *item = new QStandardItem(entry.title);
    item->setData(entry.emoji, EmojiRole);
    item->setData(entry.detail, DetailRole);
    item->setData(entry.avatar.id, IdRole);
    item->setData(entry.avatar.photo, PhotoRole);
    item->setData(entry.detail.isEmpty() ? entry.title
                                         : QStringLiteral("%1, %2").arg(entry.title, entry.detail),
        Qt::AccessibleTextRole);
    return item;
}

int CompletionDelegate::rowHeight(const Theme &theme)
{
    return qMax(kRow, theme.scaled(kRow));
}

QSize CompletionDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, rowHeight(m_theme)};
}

void CompletionDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const ThemeColors &colors = m_theme.colors();
    const QRect &rect = option.rect;
    const auto place
        = [&](const QRect &part) { return QStyle::visualRect(option.direction, rect, part); };
    painter->save();
    if (option.state & QStyle::State_Selected)
        fillRound(*painter, rect, 8, colors.selected);
    else if (option.state & QStyle::State_MouseOver)
        fillRound(*painter, rect, 8, colors.hoverRaised);
    const QRect mark
        = place({rect.left() + kSide, rect.center().y() + 1 - kAvatar / 2, kAvatar, kAvatar});
    const QString emoji = index.data(EmojiRole).toString();
    const QString title = index.data(Qt::DisplayRole).toString();
    const qreal ratio = painter->device()->devicePixelRatioF();
    if (emoji.isEmpty())
        paintAvatar(*painter, mark,
            {index.data(IdRole).toString(), title, index.data(PhotoRole).toByteArray()}, m_theme);
    else
        painter->drawPixmap(mark.topLeft(), emojiPixmap(emoji, 18, kAvatar, m_theme, ratio));
    const int left = rect.left() + kSide + kAvatar + kGap;
    const int width = rect.right() - kSide - left;
    const auto line = [&](int x, TextStyle style, const QColor &color, const QString &text) {
        painter->setFont(m_theme.font(style));
        painter->setPen(color);
        const QRect box(x, rect.top(), left + width - x, rect.height());
        const QString shown = painter->fontMetrics().elidedText(text, Qt::ElideRight, box.width());
        painter->drawText(
            place(box), int(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine, shown);
        return x + painter->fontMetrics().horizontalAdvance(shown) + kGap;
    };
    const int behind = line(left, TextStyle::Body, colors.text, title);
    line(behind, TextStyle::Small, colors.text2, index.data(DetailRole).toString());
    painter->restore();
}

}
