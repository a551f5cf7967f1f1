#include "widgets/choicecard.h"

#include "widgets/shapes.h"
#include "widgets/textblock.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QPainter>
#include <QStyleOption>

namespace confab {

namespace {

constexpr int kWidth = 340;
constexpr int kMinimumWidth = 240;
constexpr int kPadding = 24;
constexpr int kTile = 48;
constexpr int kArrow = 20;
constexpr int kFootIcon = 16;
constexpr int kRadius = 12;
constexpr int kParagraphLines = 4; // so that cards side by side have one height
constexpr int kWrap = Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap;

}

ChoiceCard::ChoiceCard(const Theme &theme, const Content &content, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_content(content)
{
    setText(content.heading);
    setAccessibleName(content.heading);
    setAccessibleDescription(content.paragraph + u' ' + content.foot);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &Theme::changed, this, &ChoiceCard::updateGeometry);
}

QSize ChoiceCard::sizeHint() const
{
    const int width = m_theme.scaled(kWidth);
    return {width, geometryFor(width).height};
}

QSize ChoiceCard::minimumSizeHint() const
{
    return {kMinimumWidth, geometryFor(m_theme.scaled(kWidth)).height};
}

int ChoiceCard::heightForWidth(int width) const
{
    return geometryFor(width).height;
}

ChoiceCard::Geometry ChoiceCard::geometryFor(int width) const
{
    Geometry g;
    const int inner = qMax(1, width - 2 * kPadding);
    const int line = m_theme.lineHeight(TextStyle::Body);
    int y = kPadding;
    g.tile = QRect(kPadding, y, kTile, kTile);
    y += kTile + 16;
    const QFontMetrics heading(m_theme.font(TextStyle::Heading));
    const int headingHeight = qMax(m_theme.lineHeight(TextStyle::Heading),
        heading.boundingRect(QRect(0, 0, inner - kArrow - 8, 1000), kWrap, m_content.heading).height());
    g.heading = QRect(kPadding, y, inner - kArrow - 8, headingHeight);
    g.arrow = QRect(kPadding + inner - kArrow, y, kArrow, headingHeight);
    y += headingHeight + 4;
    TextBlock paragraph(m_content.paragraph, m_theme.font(TextStyle::Body), line);
    g.paragraph = QRect(kPadding, y, inner, qMax(kParagraphLines * line, paragraph.layout(inner)));
    y += g.paragraph.height() + 12;
    g.foot = QRect(kPadding, y, inner, m_theme.lineHeight(TextStyle::Body));
    g.height = y + g.foot.height() + kPadding;
    return g;
}

void ChoiceCard::paintTexts(QPainter &painter, const Geometry &g) const
{
    const ThemeColors &colors = m_theme.colors();
    const auto place = [this](const QRect &part) {
        return QStyle::visualRect(layoutDirection(), rect(), part);
    };
    painter.setFont(m_theme.font(TextStyle::Heading));
    painter.setPen(colors.text);
    painter.drawText(place(g.heading), int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextWordWrap,
        m_content.heading);
    painter.setPen(colors.text2);
    TextBlock paragraph(m_content.paragraph, m_theme.font(TextStyle::Body),
        m_theme.lineHeight(TextStyle::Body),
        layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    paragraph.layout(g.paragraph.width());
    paragraph.paint(painter, g.paragraph.topLeft());
    painter.setFont(m_theme.font(TextStyle::SmallMedium));
    painter.setPen(colors.*m_content.footToken);
    painter.drawText(place(g.foot.adjusted(kFootIcon + 6, 0, 0, 0)),
        int(Qt::AlignLeft | Qt::AlignVCenter), m_content.foot);
}

void ChoiceCard::paintEvent(QPaintEvent *)
{
    const ThemeColors &colors = m_theme.colors();
    QPainter painter(this);
    QStyleOption option;
    option.initFrom(this);
    const QColor fill = isDown() ? colors.pressed : underMouse() ? colors.hover : colors.panel;
    fillRound(painter, rect(), kRadius, fill);
    const bool focused =
        hasFocus() && (option.state & QStyle::State_KeyboardFocusChange);
    strokeRound(painter, rect(), kRadius, focused ? colors.focus : colors.divider, focused ? 2 : 1);
    const Geometry g = geometryFor(width());
    const auto icon = [&](const QString &name, QRect part, int size, const QColor &color) {
        QRect box(0, 0, size, size);
        box.moveCenter(QStyle::visualRect(layoutDirection(), rect(), part).center());
        painter.drawPixmap(box.topLeft(), m_theme.pixmap(name, size, color, devicePixelRatioF()));
    };
    fillRound(painter, QStyle::visualRect(layoutDirection(), rect(), g.tile), kRadius, colors.selected);
    icon(m_content.icon, g.tile, 24, colors.accentText);
    const bool rtl = layoutDirection() == Qt::RightToLeft;
    icon(rtl ? QStringLiteral("chevron-left") : QStringLiteral("chevron-right"), g.arrow, kArrow,
        colors.accentText);
    icon(m_content.footIcon, QRect(g.foot.left(), g.foot.top(), kFootIcon, g.foot.height()), kFootIcon,
        colors.*m_content.footToken);
    paintTexts(painter, g);
}

void ChoiceCard::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

}
