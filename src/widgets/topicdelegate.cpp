#include "widgets/topicdelegate.h"

#include "models/topiclistmodel.h"
#include "widgets/avatar.h"
#include "widgets/listtime.h"
#include "widgets/shapes.h"
#include "widgets/tick.h"

#include <QPainter>

namespace confab {

namespace {

constexpr int kInset = 8;
constexpr int kRadius = 8;
constexpr int kAvatarLeft = 16;
constexpr int kAvatar = 44;
constexpr int kCompactAvatar = 32;
constexpr int kTextGap = 12; // after the avatar
constexpr int kCompactTextGap = 10;
constexpr int kCompactLine = 16;
constexpr int kRight = 16;
constexpr int kGap = 6;
constexpr int kSmallIcon = 14;
constexpr int kFailedIcon = 16;
constexpr int kBadgeSide = 6;
constexpr int kMostShown = 999;

}

struct TopicDelegate::Row {
    QString id;
    QString title;
    QString time;
    QString prefix;
    QString text;
    QColor prefixColor;
    QColor textColor;
    QString badge; ///< empty: none
    QByteArray photo;
    Delivery delivery = Delivery::None;
    bool savedMessages = false;
    bool online = false;
    bool failed = false;
    bool muted = false;
    bool pinned = false;
    bool unread = false;
};

TopicDelegate::TopicDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

int TopicDelegate::lineHeight() const
{
    return m_theme.isCompact() ? m_theme.scaled(kCompactLine) : m_theme.lineHeight(TextStyle::Body);
}

QFont TopicDelegate::previewFont() const
{
    return m_theme.font(m_theme.isCompact() ? TextStyle::Small : TextStyle::Body);
}

int TopicDelegate::rowHeight() const
{
    return m_theme.isCompact() ? qMax(44, 12 + 2 * lineHeight()) : qMax(64, 24 + 2 * lineHeight());
}

QSize TopicDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, rowHeight()};
}

TopicDelegate::Row TopicDelegate::rowOf(const QModelIndex &index) const
{
    using Model = TopicListModel;
    const ThemeColors &colors = m_theme.colors();
    Row row;
    row.id = index.data(Model::NameRole).toString();
    row.title = index.data(Model::TitleRole).toString();
    row.time = listTime(index.data(Model::TimeRole).toDateTime(), QDateTime::currentDateTime());
    row.delivery = index.data(Model::DeliveryRole).value<Delivery>();
    row.savedMessages = index.data(Model::KindRole).value<wire::TopicKind>() == wire::TopicKind::Self;
    row.online = index.data(Model::OnlineRole).toBool();
    row.failed = index.data(Model::FailedRole).toBool();
    row.muted = index.data(Model::MutedRole).toBool();
    row.pinned = index.data(Model::PinnedRole).toBool();
    const int unread = index.data(Model::UnreadRole).toInt();
    row.unread = unread > 0;
    if (row.unread)
        row.badge = unread > kMostShown ? tr("999+") : QString::number(unread);
    row.text = index.data(Model::PreviewRole).toString();
    row.textColor = colors.text2;
    row.prefixColor = colors.text;
    const QString draft = index.data(Model::DraftRole).toString().simplified();
    const QString sender = index.data(Model::PreviewPrefixRole).toString();
    if (index.data(Model::TypingRole).toBool()) {
        row.text = tr("typing…");
        row.textColor = colors.accentText;
    } else if (!draft.isEmpty() && row.id != m_open) { // which has it in the composer
        row.prefix = tr("Draft:");
        row.prefixColor = colors.warning;
        row.text = draft;
    } else if (row.failed) {
        row.prefix = tr("Not sent:");
        row.prefixColor = colors.danger;
    } else if (!sender.isEmpty()) {
        row.prefix = tr("%1:", "who wrote the newest message").arg(sender);
        if (row.delivery != Delivery::None)
            row.prefixColor = colors.text2;
    }
    return row;
}

TopicRowGeometry TopicDelegate::geometryOf(const Row &row, const QRect &rect) const
{
    TopicRowGeometry at;
    const int line = lineHeight();
    const int avatar = m_theme.isCompact() ? kCompactAvatar : kAvatar;
    const int top = rect.top() + (rect.height() - 2 * line) / 2;
    const int right = rect.left() + rect.width() - kRight;
    at.fill = rect.adjusted(kInset, 0, -kInset, 0);
    at.avatar = QRect(
        rect.left() + kAvatarLeft, rect.top() + (rect.height() - avatar) / 2, avatar, avatar);
    const bool accentTime = row.unread && !row.muted;
    const QFontMetrics time(m_theme.font(accentTime ? TextStyle::MetaStrong : TextStyle::Meta));
    int edge = right - time.horizontalAdvance(row.time);
    at.time = QRect(edge, top, right - edge, line);
    const QSize tick = tickSize(row.delivery);
    if (!tick.isEmpty() && row.delivery != Delivery::Failed) {
        edge -= 4 + tick.width();
        at.tick = QRect(edge, top + (line - tick.height()) / 2, tick.width(), tick.height());
    }
    const int left = rect.left() + kAvatarLeft + avatar
        + (m_theme.isCompact() ? kCompactTextGap : kTextGap);
    const int titleRoom = edge - kGap - left - (row.muted ? kGap + kSmallIcon : 0);
    const QFontMetrics title(
        m_theme.font(row.unread ? TextStyle::BodyStrong : TextStyle::BodyMedium));
    at.title = QRect(left, top, qBound(0, title.horizontalAdvance(row.title) + 1, titleRoom), line);
    if (row.muted) {
        at.mute = QRect(
            at.title.right() + 1 + kGap, top + (line - kSmallIcon) / 2, kSmallIcon, kSmallIcon);
    }
    const int second = top + line;
    edge = right;
    const auto takeRight = [&](int width, int height) {
        const QRect part(edge - width, second + (line - height) / 2, width, height);
        edge -= width + kGap;
        return part;
    };
    if (!row.badge.isEmpty()) {
        const QFontMetrics badge(m_theme.font(TextStyle::MetaStrong));
        const int height = m_theme.scaled(m_theme.isCompact() ? 16 : 18);
        at.badge = takeRight(qMax(height, badge.horizontalAdvance(row.badge) + 2 * kBadgeSide), height);
    }
    if (row.failed)
        at.failed = takeRight(kFailedIcon, kFailedIcon);
    if (row.pinned && row.badge.isEmpty() && !row.failed)
        at.pin = takeRight(kSmallIcon, kSmallIcon);
    at.preview = QRect(left, second, qMax(0, edge - left), line);
    return at;
}

QColor TopicDelegate::fillOf(const QStyleOptionViewItem &option, const Row &row) const
{
    const ThemeColors &colors = m_theme.colors();
    if (row.id == m_open)
        return !option.widget || option.widget->isActiveWindow() ? colors.selected : colors.selInactive;
    return option.state & QStyle::State_MouseOver ? colors.hover : colors.window;
}

void TopicDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Row row = rowOf(index);
    // Rows look the same beside a scroll bar, which stands in their margin.
    QRect rect = option.rect;
    if (option.widget && option.direction == Qt::LeftToRight)
        rect.setWidth(option.widget->width());
    TopicRowGeometry at = geometryOf(row, rect);
    at.fill.setRight(qMin(at.fill.right(), option.rect.right()));
    for (QRect *part : {&at.fill, &at.avatar, &at.title, &at.mute, &at.tick, &at.time, &at.preview,
             &at.failed, &at.badge, &at.pin})
        *part = QStyle::visualRect(option.direction, rect, *part);
    const QColor fill = fillOf(option, row);
    painter->save();
    if (fill != m_theme.colors().window)
        fillRound(*painter, at.fill, kRadius, fill);
    const bool focused = (option.state & QStyle::State_HasFocus)
        && (option.state & QStyle::State_KeyboardFocusChange);
    if (focused)
        strokeRound(*painter, at.fill, kRadius, m_theme.colors().focus, 2);
    paintAvatar(*painter, at.avatar, {row.id, row.title, row.photo, row.savedMessages}, m_theme);
    if (row.online)
        paintPresence(*painter, at.avatar, m_theme, fill);
    paintFirstLine(painter, row, at);
    paintSecondLine(painter, row, at);
    painter->restore();
}

void TopicDelegate::paintFirstLine(
    QPainter *painter, const Row &row, const TopicRowGeometry &at) const
{
    const ThemeColors &colors = m_theme.colors();
    const Qt::Alignment start = painter->layoutDirection() == Qt::RightToLeft
        ? Qt::AlignRight | Qt::AlignAbsolute
        : Qt::AlignLeft | Qt::AlignAbsolute;
    const QFont titleFont = m_theme.font(row.unread ? TextStyle::BodyStrong : TextStyle::BodyMedium);
    painter->setFont(titleFont);
    painter->setPen(colors.text);
    painter->drawText(at.title, int(start | Qt::AlignVCenter) | Qt::TextSingleLine,
        QFontMetrics(titleFont).elidedText(row.title, Qt::ElideRight, at.title.width()));
    if (!at.mute.isEmpty()) {
        painter->drawPixmap(at.mute.topLeft(),
            m_theme.pixmap(QStringLiteral("bell-off"), kSmallIcon, colors.text2,
                painter->device()->devicePixelRatioF()));
    }
    if (!at.tick.isEmpty())
        paintTick(*painter, at.tick.topLeft(), row.delivery, colors.text2, m_theme);
    const bool accentTime = row.unread && !row.muted;
    painter->setFont(m_theme.font(accentTime ? TextStyle::MetaStrong : TextStyle::Meta));
    painter->setPen(accentTime ? colors.accentText : colors.text2);
    painter->drawText(at.time, Qt::AlignCenter | Qt::TextSingleLine, row.time);
}

void TopicDelegate::paintSecondLine(
    QPainter *painter, const Row &row, const TopicRowGeometry &at) const
{
    const ThemeColors &colors = m_theme.colors();
    const qreal ratio = painter->device()->devicePixelRatioF();
    paintPreview(painter, row, at.preview);
    if (!at.badge.isEmpty())
        paintBadge(painter, row, at.badge);
    if (!at.failed.isEmpty()) {
        painter->drawPixmap(at.failed.topLeft(),
            m_theme.pixmap(QStringLiteral("circle-alert"), kFailedIcon, colors.danger, ratio));
    }
    if (!at.pin.isEmpty()) {
        painter->drawPixmap(
            at.pin.topLeft(), m_theme.pixmap(QStringLiteral("pin"), kSmallIcon, colors.text2, ratio));
    }
}

void TopicDelegate::paintPreview(QPainter *painter, const Row &row, const QRect &rect) const
{
    const QFont font = previewFont();
    const QFontMetrics metrics(font);
    painter->setFont(font);
    const bool rtl = painter->layoutDirection() == Qt::RightToLeft;
    const int flags =
        int((rtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignVCenter)
        | Qt::TextSingleLine;
    QRect rest = rect;
    if (!row.prefix.isEmpty()) {
        const QString prefix = metrics.elidedText(row.prefix, Qt::ElideRight, rect.width());
        painter->setPen(row.prefixColor);
        painter->drawText(rect, flags, prefix);
        const int taken = metrics.horizontalAdvance(prefix + u' ');
        rest = rtl ? rect.adjusted(0, 0, -taken, 0) : rect.adjusted(taken, 0, 0, 0);
    }
    if (rest.width() <= 0)
        return;
    painter->setPen(row.textColor);
    painter->drawText(
        rest, flags, metrics.elidedText(row.text, Qt::ElideRight, rest.width()));
}

void TopicDelegate::paintBadge(QPainter *painter, const Row &row, const QRect &rect) const
{
    const ThemeColors &colors = m_theme.colors();
    fillRound(*painter, rect, rect.height() / 2.0, row.muted ? colors.muted : colors.unread);
    painter->setFont(m_theme.font(TextStyle::MetaStrong));
    painter->setPen(row.muted ? colors.onMuted : colors.onUnread);
    painter->drawText(rect, Qt::AlignCenter | Qt::TextSingleLine, row.badge);
}

}
