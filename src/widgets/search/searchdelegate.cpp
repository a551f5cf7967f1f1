#include "widgets/search/searchdelegate.h"

#include "models/searchresultsmodel.h"
#include "widgets/avatar.h"
#include "widgets/listtime.h"
#include "widgets/shapes.h"
#include "widgets/textblock.h"

#include <QPainter>
#include <QTextLayout>

namespace confab {

namespace {

constexpr int kInset = 8;
constexpr int kAvatarLeft = 16;
constexpr int kAvatar = 32;
constexpr int kTextLeft = 60;
constexpr int kRight = 16;
constexpr int kPadding = 6;
constexpr int kTextLines = 2;
constexpr int kGap = 8;
constexpr qreal kRadius = 8;
constexpr qreal kMarkRadius = 3;

}

SearchDelegate::SearchDelegate(const Theme &theme, QObject *parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme)
{
}

int SearchDelegate::rowHeight() const
{
    return m_theme.lineHeight(TextStyle::Body) + kTextLines * m_theme.lineHeight(TextStyle::Small)
        + 2 + 2 * kPadding;
}

QSize SearchDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, rowHeight()};
}

void SearchDelegate::paint(
    QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    using Model = SearchResultsModel;
    const ThemeColors &colors = m_theme.colors();
    const QRect rect = option.rect;
    const auto mirrored = [&](const QRect &part) {
        return QStyle::visualRect(option.direction, rect, part);
    };
    painter->save();
    const QRect fill = rect.adjusted(kInset, 0, -kInset, 0);
    const bool active = !option.widget || option.widget->isActiveWindow();
    if (index.row() == m_openRow)
        fillRound(*painter, fill, kRadius, active ? colors.selected : colors.selInactive);
    else if (option.state & QStyle::State_MouseOver)
        fillRound(*painter, fill, kRadius, colors.hover);
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange))
        strokeRound(*painter, fill, kRadius, colors.focus, 2);

    const QString title = index.data(Model::TitleRole).toString();
    AvatarSource avatar;
    avatar.id = index.data(Model::AuthorRole).toString();
    avatar.title = index.data(Model::NameRole).toString();
    avatar.photo = index.data(Model::PhotoRole).toByteArray();
    const QRect circle(rect.left() + kAvatarLeft, rect.top() + kPadding + 2, kAvatar, kAvatar);
    paintAvatar(*painter, mirrored(circle), avatar, m_theme);

    const int line = m_theme.lineHeight(TextStyle::Body);
    const QString time
        = listTime(index.data(Model::TimeRole).toDateTime(), QDateTime::currentDateTime());
    const QFont timeFont = m_theme.font(TextStyle::Meta);
    const int timeWidth = QFontMetrics(timeFont).horizontalAdvance(time);
    const int right = rect.right() + 1 - kRight;
    const int top = rect.top() + kPadding;
    painter->setFont(timeFont);
    painter->setPen(colors.text2);
    painter->drawText(mirrored(QRect(right - timeWidth, top, timeWidth, line)),
        Qt::AlignCenter | Qt::TextSingleLine, time);
    const QFont titleFont = m_theme.font(TextStyle::BodyMedium);
    const QRect titleRect(rect.left() + kTextLeft, top, right - timeWidth - kGap - rect.left() - kTextLeft, line);
    painter->setFont(titleFont);
    painter->setPen(colors.text);
    const bool rtl = option.direction == Qt::RightToLeft;
    painter->drawText(mirrored(titleRect),
        int((rtl ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute | Qt::AlignVCenter)
            | Qt::TextSingleLine,
        QFontMetrics(titleFont).elidedText(title, Qt::ElideRight, titleRect.width()));
    const QRect text(rect.left() + kTextLeft, top + line, right - rect.left() - kTextLeft,
        kTextLines * m_theme.lineHeight(TextStyle::Small));
    paintText(painter, mirrored(text), index);
    painter->restore();
}

/// "You: Found it, the backoff never reset", on two lines at most, in the direction of the message.
/// Returns where the snippet begins.
int SearchDelegate::layOutText(QTextLayout &layout, const QRect &rect, const QModelIndex &index) const
{
    const ThemeColors &colors = m_theme.colors();
    const auto snippet = index.data(SearchResultsModel::SnippetRole).value<Snippet>();
    const QString sender = index.data(SearchResultsModel::SenderRole).toString();
    const QString prefix = sender.isEmpty() ? QString() : tr("%1:", "who wrote it").arg(sender) + u' ';
    const QString text = fittedText(prefix + snippet.text, layout.font(), rect.width(), kTextLines);
    layout.setText(text);
    const int end = int(text.size());
    const int shift = qMin(int(prefix.size()), end);
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(snippet.text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    layout.setTextOption(option);
    QList<QTextLayout::FormatRange> formats;
    const auto addColor = [&formats](int start, int length, const QColor &color) {
        QTextCharFormat format;
        format.setForeground(color);
        formats.append({start, length, format});
    };
    addColor(0, shift, colors.text);
    addColor(shift, end - shift, colors.text2);
    for (const TextRange &mark : snippet.marks) {
        const int begin = qMin(shift + mark.begin, end);
        addColor(begin, qMin(shift + mark.end, end) - begin, colors.text);
    }
    layout.setFormats(formats);
    layout.beginLayout();
    for (int i = 0; i < kTextLines; ++i) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(rect.width());
        line.setPosition(QPointF(0, i * m_theme.lineHeight(TextStyle::Small)));
    }
    layout.endLayout();
    return shift;
}

void SearchDelegate::paintText(QPainter *painter, const QRect &rect, const QModelIndex &index) const
{
    QTextLayout layout;
    layout.setFont(m_theme.font(TextStyle::Small));
    const int shift = layOutText(layout, rect, index);
    const auto snippet = index.data(SearchResultsModel::SnippetRole).value<Snippet>();
    painter->setClipRect(rect);
    for (int i = 0; i < layout.lineCount(); ++i) {
        const QTextLine line = layout.lineAt(i);
        for (const TextRange &mark : snippet.marks) {
            const int begin = qMax(line.textStart(), shift + mark.begin);
            const int end = qMin(line.textStart() + line.textLength(), shift + mark.end);
            if (begin >= end)
                continue;
            const qreal from = line.cursorToX(begin);
            const qreal to = line.cursorToX(end);
            const QRectF box(rect.left() + qMin(from, to) - 1, rect.top() + line.y(),
                qAbs(to - from) + 2, line.height());
            fillRound(*painter, box, kMarkRadius, m_theme.colors().mark);
        }
    }
    layout.draw(painter, rect.topLeft());
    painter->setClipping(false);
}

}
