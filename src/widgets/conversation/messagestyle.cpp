#include "widgets/conversation/messagestyle.h"

#include "widgets/conversation/conversationtext.h"
#include "widgets/conversation/textlines.h"

namespace confab {

namespace {

/// The emoji font fills its size less than letters do.
constexpr qreal kEmojiShare = 1.25;
constexpr int kLargeEmoji = 40;
constexpr int kReactionEmoji = 14;
constexpr int kCompactLine = 18;
constexpr int kTimeColumn = 36;
constexpr int kNameColumn = 112;

/// The column is wide enough for the longest time of day as the locale writes it.
int widestTime(const QFont &font)
{
    const QDateTime late(QDate(2000, 12, 28), QTime(22, 58));
    return int(textWidth(font, timeText(late)));
}

QFont emojiFont(const QFont &body, int pixels)
{
    QFont font = body;
    font.setFamilies({QStringLiteral("Noto Color Emoji")});
    font.setPixelSize(pixels);
    return font;
}

}

MessageStyle::MessageStyle(const Theme &theme)
    : body(theme.font(TextStyle::Body))
    , sender(theme.font(theme.isCompact() ? TextStyle::BodyStrong : TextStyle::Sender))
    , quoteName(theme.font(TextStyle::Sender))
    , meta(theme.font(TextStyle::Meta))
    , strongMeta(theme.font(TextStyle::MetaStrong))
    , small(theme.font(TextStyle::Small))
    , action(theme.font(TextStyle::SmallMedium))
    , code(theme.font(TextStyle::Code))
    , emoji(emojiFont(body, qRound(body.pixelSize() * kEmojiShare)))
    , reaction(emojiFont(body, theme.scaled(kReactionEmoji)))
    , largeEmoji(emojiFont(body, theme.scaled(kLargeEmoji)))
    , compact(theme.isCompact())
    , bodyLine(compact ? theme.scaled(kCompactLine) : theme.lineHeight(TextStyle::Body))
    , senderLine(compact ? bodyLine : theme.lineHeight(TextStyle::Sender))
    , metaLine(theme.lineHeight(TextStyle::Meta))
    , smallLine(theme.lineHeight(TextStyle::Small))
    , codeLine(theme.lineHeight(TextStyle::Code))
    , largeEmojiLine(theme.scaled(kLargeEmoji + 8))
    , pillHeight(theme.scaled(24))
    , actionHeight(theme.scaled(24))
    , timeColumn(qMax(theme.scaled(kTimeColumn), widestTime(meta)))
    , nameColumn(theme.scaled(kNameColumn))
{
}

}
