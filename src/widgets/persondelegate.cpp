#include "widgets/persondelegate.h"

#include "widgets/avatar.h"
#include "widgets/personmodel.h"
#include "widgets/shapes.h"
#include "wire/ids.h"

#include <QPainter>

namespace confab {

namespace {

constexpr int kAvatar = 32;
constexpr int kSide = 10;
constexpr int kGap = 12;

}

PersonDelegate::PersonDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

QSize PersonDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, 12 + m_theme.lineHeight(TextStyle::Body) + m_theme.lineHeight(TextStyle::Small)};
}

void PersonDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const ThemeColors &colors = m_theme.colors();
    const QRect &rect = option.rect;
    const auto place
        = [&](const QRect &part) { return QStyle::visualRect(option.direction, rect, part); };
    const QRect avatar(rect.left() + kSide, rect.center().y() - kAvatar / 2 + 1, kAvatar, kAvatar);
    const int left = avatar.right() + 1 + kGap;
    const int width = rect.right() - kSide - left;
    const QRect name(left, rect.top() + 6, width, m_theme.lineHeight(TextStyle::Body));
    const QRect detail(left, name.bottom() + 1, width, m_theme.lineHeight(TextStyle::Small));
    const FoundPerson person = PersonModel::personAt(index);
    painter->save();
    if (option.state & QStyle::State_Selected)
        fillRound(*painter, rect, 8, colors.selected);
    else if (option.state & QStyle::State_MouseOver)
        fillRound(*painter, rect, 8, colors.hoverRaised);
    if (option.state & QStyle::State_HasFocus)
        strokeRound(*painter, rect, 8, colors.focus, 2);
    const bool own = wire::topicKind(person.topic) == wire::TopicKind::Self;
    paintAvatar(*painter, place(avatar), {person.topic, person.name, person.photo, own}, m_theme);
    const auto line = [&](const QRect &part, TextStyle style, const QColor &color,
                          const QString &text) {
        painter->setFont(m_theme.font(style));
        painter->setPen(color);
        painter->drawText(place(part), int(Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine,
            painter->fontMetrics().elidedText(text, Qt::ElideRight, part.width()));
    };
    line(name, TextStyle::BodyMedium, colors.text, person.name);
    line(detail, TextStyle::Small, colors.text2, person.tags.value(0));
    painter->restore();
}

}
