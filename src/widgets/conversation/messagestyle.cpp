#include "widgets/conversation/messagestyle.h"

#include <QFontInfo>

namespace confab {

namespace {

/// The emoji font fills its size less than letters do.
constexpr qreal kEmojiShare = 1.25;
constexpr int kLargeEmoji = 40;

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
    , sender(theme.font(TextStyle::Sender))
    , meta(theme.font(TextStyle::Meta))
    , strongMeta(theme.font(TextStyle::MetaStrong))
    , small(theme.font(TextStyle::Small))
    , action(theme.font(TextStyle::SmallMedium))
    , code(theme.font(TextStyle::Code))
    , emoji(emojiFont(body, qRound(QFontInfo(body).pixelSize() * kEmojiShare)))
    , largeEmoji(emojiFont(body, theme.scaled(kLargeEmoji)))
    , bodyLine(theme.lineHeight(TextStyle::Body))
    , senderLine(theme.lineHeight(TextStyle::Sender))
    , metaLine(theme.lineHeight(TextStyle::Meta))
    , smallLine(theme.lineHeight(TextStyle::Small))
    , codeLine(theme.lineHeight(TextStyle::Code))
    , largeEmojiLine(theme.scaled(kLargeEmoji + 8))
    , pillHeight(theme.scaled(24))
    , actionHeight(theme.scaled(24))
{
}

}
