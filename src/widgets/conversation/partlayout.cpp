#include "widgets/conversation/partlayout.h"

#include "widgets/conversation/mediumwords.h"
#include "widgets/conversation/textlines.h"
#include "widgets/media/medialibrary.h"

#include <algorithm>
#include <cmath>

namespace confab {

namespace {

constexpr qreal kHoverActions = 3 * 28; // stand over the end of a compact row
constexpr int kTabColumns = 4;
constexpr qreal kQuotePaddingX = 10;
constexpr qreal kQuotePaddingY = 4;
constexpr qreal kQuoteBar = 3;
constexpr qreal kEmblem = 36;
constexpr qreal kEmblemGap = 10;
constexpr qreal kBarStep = 4;
constexpr qreal kMostBars = 46;
constexpr qreal kBarsHeight = 22;
constexpr qreal kSpeedWidth = 34;
constexpr qreal kPictureMost = 320;
constexpr qreal kPictureHang = 6; // beyond the words, to 6 px from the bubble's edge
constexpr qreal kCompactPictureMost = 200;
constexpr qreal kCompactQuoteGap = 8;
constexpr qreal kPictureLeastWidth = 120;
constexpr qreal kPictureLeastHeight = 80;
constexpr qreal kButtonGap = 8;
constexpr qreal kButtonPadding = 12;
constexpr qreal kButtonLeast = 64;

/// Of the whole text with its styles, those of one part.
QList<QTextLayout::FormatRange> formatsOf(
    const MessageText &text, const MessageStyle &style, int start, int length)
{
    QList<QTextLayout::FormatRange> formats;
    const auto add = [&](int begin, int count, const QTextCharFormat &format) {
        const int first = qMax(begin, start);
        const int last = qMin(begin + count, start + length);
        if (first < last)
            formats.append({first - start, last - first, format});
    };
    for (const StyledText &styled : text.styles()) {
        QTextCharFormat format;
        if (styled.styles.testFlag(wire::TextStyle::Code))
            format.setFont(style.code);
        if (styled.styles.testFlag(wire::TextStyle::Bold))
            format.setFontWeight(QFont::Bold);
        if (styled.styles.testFlag(wire::TextStyle::Italic))
            format.setFontItalic(true);
        if (styled.styles.testFlag(wire::TextStyle::Strike))
            format.setFontStrikeOut(true);
        if (!format.isEmpty())
            add(styled.start, styled.length, format);
    }
    QTextCharFormat underlined;
    underlined.setFontUnderline(true);
    for (const TextLink &link : text.links())
        add(link.start, link.length, underlined);
    QTextCharFormat emoji;
    emoji.setFont(text.isSingleEmoji() ? style.largeEmoji : style.emoji);
    for (const TextSpan &span : text.emoji())
        add(span.start, span.length, emoji);
    return formats;
}

/// Broken only where it says so; tabs as wide as in editors.
void keepLinesWhole(QTextLayout &layout)
{
    QTextOption option = layout.textOption();
    option.setWrapMode(QTextOption::NoWrap); // of others Qt knows no place beyond the width
    option.setTabStopDistance(kTabColumns * QFontMetricsF(layout.font()).horizontalAdvance(u' '));
    layout.setTextOption(option);
}

/// Fitted into the largest box from the sizes in the message, before anything loads.
QSizeF pictureSize(const wire::PixelSize &pixels, qreal most, qreal maxWidth)
{
    QSizeF size(pixels.width, pixels.height);
    if (size.isEmpty())
        size = QSizeF(most, most * 3 / 4);
    const QSizeF box(qMin(most, maxWidth), most);
    if (size.width() > box.width() || size.height() > box.height())
        size.scale(box, Qt::KeepAspectRatio);
    const qreal width = qMax(size.width(), qMin(kPictureLeastWidth, maxWidth));
    return {std::round(width), std::round(qMax(size.height(), kPictureLeastHeight))};
}

}

PartLayout::PartLayout(
    const MessageText &text, int part, const MessageStyle &style, qreal maxWidth)
    : m_kind(text.parts().at(part).kind)
    , m_part(part)
    , m_start(text.parts().at(part).start)
    , m_length(text.parts().at(part).length)
{
    const MessagePart &content = text.parts().at(part);
    switch (m_kind) {
    case Kind::Words:
    case Kind::Code:
        layOutText(text, style, maxWidth);
        break;
    case Kind::Quote:
        layOutQuote(content, style, maxWidth);
        break;
    case Kind::Forwarded:
        layOutForwarded(content, style, maxWidth);
        break;
    case Kind::Medium:
        layOutMedium(content, style, maxWidth);
        break;
    case Kind::Buttons:
        layOutButtons(content, style, maxWidth);
        break;
    case Kind::Preview:
        layOutPreview(content, style, maxWidth);
        break;
    }
}

void PartLayout::layOutText(const MessageText &text, const MessageStyle &style, qreal maxWidth)
{
    const bool isCode = m_kind == Kind::Code;
    if (isCode)
        m_tokens = codeTokens(QStringView(text.text()).mid(m_start, m_length));
    if (isCode)
        m_inset = {CodePanel::kPaddingX, CodePanel::kPaddingY};
    m_room = qMax(1.0, maxWidth - 2 * m_inset.x());
    m_lineHeight = isCode ? style.codeLine
        : text.isSingleEmoji() ? style.largeEmojiLine
                               : style.bodyLine;
    const QString words = text.text().mid(m_start, m_length);
    m_rightToLeft = !isCode && words.isRightToLeft();
    const QFont &font = isCode ? style.code : text.isSingleEmoji() ? style.largeEmoji : style.body;
    m_lines = makeLayout(words, font, m_rightToLeft);
    if (isCode)
        keepLinesWhole(*m_lines);
    m_lines->setFormats(formatsOf(text, style, m_start, m_length));
    m_widest = breakLines(*m_lines, m_room, m_lineHeight);
    m_width = qMin(m_widest, m_room) + 2 * m_inset.x();
    m_copyEnd = maxWidth - (style.compact ? kHoverActions : 0);
    m_height = m_lines->lineCount() * m_lineHeight + 2 * m_inset.y();
}

void PartLayout::layOutQuote(const MessagePart &part, const MessageStyle &style, qreal maxWidth)
{
    const qreal paddingY = style.compact ? 1 : kQuotePaddingY;
    m_inset = {kQuoteBar + kQuotePaddingX, paddingY};
    m_room = qMax(1.0, maxWidth - m_inset.x() - kQuotePaddingX);
    m_lineHeight = style.smallLine;
    m_rightToLeft = part.line.isRightToLeft();
    m_height = 2 * paddingY + m_lineHeight;
    qreal widest = 0;
    if (!part.name.isEmpty()) {
        m_caption = makeLine(part.name, style.quoteName, style.emoji, m_room, style.smallLine);
        m_captionInset = m_inset;
        widest = m_caption->lineAt(0).naturalTextWidth();
        if (style.compact) {
            const qreal taken = std::ceil(widest) + kCompactQuoteGap;
            m_inset.rx() += taken;
            m_room = qMax(1.0, m_room - taken);
            widest = 0;
        } else {
            m_inset.ry() += style.smallLine;
            m_height += style.smallLine;
        }
    }
    m_lines = makeLine(part.line, style.small, style.emoji, m_room, m_lineHeight);
    if (m_lines->lineAt(0).isValid())
        widest = qMax(widest, m_lines->lineAt(0).naturalTextWidth());
    m_width = std::ceil(widest) + m_inset.x() + kQuotePaddingX;
}

/// As a quote, with a picture before it if there is one.
void PartLayout::layOutPreview(const MessagePart &part, const MessageStyle &style, qreal maxWidth)
{
    m_inset = {kQuoteBar + kQuotePaddingX, kQuotePaddingY};
    if (part.picture.isInline()) {
        const qreal edge = 2 * style.smallLine;
        m_mediumId = MediaLibrary::idOf(part.picture);
        m_emblem = QRectF(m_inset.x(), kQuotePaddingY, edge, edge);
        m_inset.rx() += edge + kEmblemGap;
    }
    m_captionInset = m_inset;
    m_inset.ry() += style.smallLine;
    m_room = qMax(1.0, maxWidth - m_inset.x() - kQuotePaddingX);
    m_lineHeight = style.smallLine;
    m_caption = makeLine(part.name, style.sender, style.emoji, m_room, m_lineHeight);
    m_lines = makeLine(part.line, style.small, style.emoji, m_room, m_lineHeight);
    const auto widthOf = [](const QTextLayout &line) {
        return line.lineAt(0).isValid() ? line.lineAt(0).naturalTextWidth() : 0;
    };
    const qreal widest = qMax(widthOf(*m_caption), widthOf(*m_lines));
    m_width = std::ceil(widest) + m_inset.x() + kQuotePaddingX;
    m_height = 2 * kQuotePaddingY + 2 * m_lineHeight;
}

void PartLayout::layOutForwarded(const MessagePart &part, const MessageStyle &style, qreal maxWidth)
{
    m_inset = {kForwardIcon + 6, 0};
    m_room = qMax(1.0, maxWidth - m_inset.x());
    m_lineHeight = style.smallLine;
    m_lines = makeLine(forwardedText(part.name), style.small, style.emoji, m_room, m_lineHeight);
    m_width = std::ceil(m_lines->lineAt(0).naturalTextWidth()) + m_inset.x();
    m_height = m_lineHeight;
}

void PartLayout::layOutMedium(const MessagePart &part, const MessageStyle &style, qreal maxWidth)
{
    const auto *image = std::get_if<wire::Image>(&*part.medium);
    const auto *video = std::get_if<wire::Video>(&*part.medium);
    if (const wire::MediaSource *source = wire::mediaSource(*part.medium))
        m_mediumId = MediaLibrary::idOf(video ? video->poster : *source);
    if (const auto *audio = std::get_if<wire::Audio>(&*part.medium)) {
        layOutVoice(*audio, style, maxWidth);
        return;
    }
    if (!image && !video) {
        layOutCard(part, style, maxWidth);
        return;
    }
    m_shape = Shape::Picture;
    m_hang = style.compact ? 0 : kPictureHang;
    const QSizeF size = pictureSize(image ? image->pixels : video->pixels,
        style.compact ? kCompactPictureMost : kPictureMost, maxWidth + 2 * m_hang);
    m_width = size.width();
    m_height = size.height();
    m_emblem = QRectF((m_width - kEmblem) / 2, (m_height - kEmblem) / 2, kEmblem, kEmblem);
    if (video && video->duration > 0) {
        constexpr qreal kInset = 12;
        m_room = qMax(1.0, m_width - 2 * kInset);
        m_caption = makeLine(
            durationText(video->duration), style.meta, style.emoji, m_room, style.metaLine);
        m_captionInset = {kInset, m_height - kInset - style.metaLine};
    }
    m_lines = makeLine({}, style.small, style.emoji, m_width, style.smallLine);
}

/// Circle, waveform, and below it the time and how fast it is played. All of them have their room
/// from the start, so that playing moves nothing.
void PartLayout::layOutVoice(
    const wire::Audio &audio, const MessageStyle &style, qreal maxWidth)
{
    m_shape = Shape::Voice;
    m_emblem = QRectF(0, 2, kEmblem, kEmblem);
    const qreal side = kEmblem + kEmblemGap;
    const qreal count = std::floor(qMin(kMostBars, (maxWidth - side) / kBarStep));
    m_bars = QRectF(side, 2, qMax(1.0, count) * kBarStep, kBarsHeight);
    const qreal time = std::ceil(textWidth(style.meta, QStringLiteral("00:00 / 00:00")));
    m_time = QRectF(side, m_bars.bottom() + 2, time, style.metaLine);
    m_speed = QRectF(m_time.right() + 4, m_time.top(), kSpeedWidth, style.metaLine);
    m_width = qMax(m_bars.right(), qMin(m_speed.right(), maxWidth));
    m_height = qMax(m_emblem.bottom(), m_time.bottom());
    m_room = m_time.width();
    m_caption = makeLine(durationText(audio.duration), style.meta, style.emoji, m_room, style.metaLine);
    m_captionInset = m_time.topLeft();
    m_lines = makeLine({}, style.small, style.emoji, m_width, style.smallLine);
}

void PartLayout::layOutCard(const MessagePart &part, const MessageStyle &style, qreal maxWidth)
{
    m_emblem = QRectF(0, 2, kEmblem, kEmblem);
    const qreal side = kEmblem + kEmblemGap;
    m_room = qMax(1.0, maxWidth - side);
    m_lineHeight = style.bodyLine;
    const QString title = mediumTitle(*part.medium);
    const QString about = mediumDetail(*part.medium);
    m_lines = makeLine(title, style.body, style.emoji, m_room, m_lineHeight);
    m_height = qMax<qreal>(m_emblem.bottom(), style.bodyLine + style.metaLine);
    qreal widest = m_lines->lineAt(0).naturalTextWidth();
    m_inset = {side, (m_height - m_lineHeight) / 2};
    if (!about.isEmpty()) {
        m_caption = makeLine(about, style.meta, style.emoji, m_room, style.metaLine);
        widest = qMax(widest, m_caption->lineAt(0).naturalTextWidth());
        const qreal top = m_height - style.bodyLine - style.metaLine;
        m_inset.setY(top);
        m_captionInset = {side, top + style.bodyLine};
    }
    m_rightToLeft = false;
    m_width = std::ceil(widest) + side;
}

/// Side by side where they fit, else one below another.
void PartLayout::layOutButtons(const MessagePart &part, const MessageStyle &style, qreal maxWidth)
{
    const qreal height = style.actionHeight + 8;
    qreal x = 0;
    qreal y = 0;
    for (const MessagePart::Button &button : part.buttons) {
        const qreal wanted = textWidth(style.action, button.title) + 2 * kButtonPadding;
        const qreal width = qMin(maxWidth, qMax(kButtonLeast, wanted));
        if (x > 0 && x + width > maxWidth) {
            x = 0;
            y += height + kButtonGap;
        }
        m_buttons.emplace_back(x, y, width, height);
        m_buttonTitles.push_back(makeLine(button.title, style.action, style.emoji,
            qMax(1.0, width - 2 * kButtonPadding + 1), int(height)));
        m_width = qMax(m_width, x + width);
        x += width + kButtonGap;
    }
    m_height = m_buttons.empty() ? 0 : y + height;
    m_lines = makeLine({}, style.small, style.emoji, maxWidth, style.smallLine);
}

void PartLayout::moveTo(const QPointF &topLeft, qreal width)
{
    const bool fills = m_kind == Kind::Code || m_kind == Kind::Quote || m_kind == Kind::Preview;
    const QPointF corner = topLeft - QPointF(m_hang, 0);
    m_rect = QRectF(corner, QSizeF(fills ? width : m_width, m_height));
    if (m_kind == Kind::Words && m_rightToLeft)
        m_rect.moveRight(topLeft.x() + width);
    const auto originOf = [this](const QTextLayout &lines, const QPointF &inset, qreal room) {
        const bool hangs = lines.textOption().textDirection() == Qt::RightToLeft;
        const qreal after = m_kind == Kind::Quote || m_kind == Kind::Preview ? kQuotePaddingX
            : m_kind == Kind::Code                                           ? inset.x()
                                                                             : 0;
        const qreal left = hangs ? m_rect.right() - after - room : m_rect.left() + inset.x();
        return QPointF(left, m_rect.top() + inset.y());
    };
    m_origin = originOf(*m_lines, m_inset, m_room);
    if (m_caption)
        m_captionOrigin = originOf(*m_caption, m_captionInset, m_room);
    for (QRectF *rect : {&m_emblem, &m_bars, &m_time, &m_speed})
        rect->translate(corner);
    for (QRectF &button : m_buttons)
        button.translate(topLeft);
}

CodePanel PartLayout::panel() const
{
    return m_kind == Kind::Code ? CodePanel(m_rect, m_widest + 2 * m_inset.x(), m_copyEnd)
                                : CodePanel();
}

qreal PartLayout::lastLineWidth() const
{
    if (m_shape == Shape::Voice)
        return kEmblem + kEmblemGap + m_time.width() + 4 + m_speed.width();
    if (m_kind == Kind::Medium && m_shape == Shape::Card && m_caption)
        return m_captionInset.x() + std::ceil(m_caption->lineAt(0).naturalTextWidth());
    const int count = m_kind == Kind::Words ? m_lines->lineCount() : 0;
    return count ? std::ceil(m_lines->lineAt(count - 1).naturalTextWidth()) : 0;
}

int PartLayout::lineAt(qreal y) const
{
    const int last = m_lines->lineCount() - 1;
    return qBound(0, int((y - m_origin.y()) / qMax(1, m_lineHeight)), last);
}

int PartLayout::positionAt(const QPointF &point, qreal offset) const
{
    if (!hasText() || m_lines->lineCount() == 0)
        return m_start;
    const QTextLine line = m_lines->lineAt(point.y() < m_origin.y() ? 0 : lineAt(point.y()));
    // What is scrolled out of the panel is not under the pointer beside it.
    const qreal x
        = panel().overflow() > 0 ? qBound(m_rect.left(), point.x(), m_rect.right()) : point.x();
    return m_start + line.xToCursor(x + offset - m_origin.x());
}

qreal PartLayout::xOf(int position) const
{
    const QTextLine line = m_lines->lineForTextPosition(position - m_start);
    return m_origin.x() + (line.isValid() ? line.cursorToX(position - m_start) : 0);
}

int PartLayout::characterAt(const QPointF &point, qreal offset) const
{
    if (!hasText() || !m_rect.contains(point) || m_lines->lineCount() == 0)
        return -1;
    const QTextLine line = m_lines->lineAt(lineAt(point.y()));
    const QPointF at = point + QPointF(offset, 0) - m_origin;
    if (!line.naturalTextRect().adjusted(0, -4, 0, 4).contains(at))
        return -1;
    return m_start + line.xToCursor(at.x(), QTextLine::CursorOnCharacter);
}

int PartLayout::buttonAt(const QPointF &point) const
{
    const auto found = std::find_if(m_buttons.begin(), m_buttons.end(),
        [&point](const QRectF &button) { return button.contains(point); });
    return found == m_buttons.end() ? -1 : int(found - m_buttons.begin());
}

PartLayout::Zone PartLayout::zoneAt(const QPointF &point) const
{
    if (m_kind != Kind::Medium || !m_rect.contains(point))
        return Zone::None;
    if (m_speed.contains(point))
        return Zone::Speed;
    constexpr qreal kReach = 6; // bars are thin
    return m_bars.adjusted(-2, -kReach, 2, kReach).contains(point) ? Zone::Bars : Zone::Body;
}
}
