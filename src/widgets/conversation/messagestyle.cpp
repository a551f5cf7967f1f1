#include "widgets/conversation/messagestyle.h"

namespace confab {

MessageStyle::MessageStyle(const Theme &theme)
    : body(theme.font(TextStyle::Body))
    , sender(theme.font(TextStyle::Sender))
    , meta(theme.font(TextStyle::Meta))
    , strongMeta(theme.font(TextStyle::MetaStrong))
    , small(theme.font(TextStyle::Small))
    , action(theme.font(TextStyle::SmallMedium))
    , emoji(body)
    , bodyLine(theme.lineHeight(TextStyle::Body))
    , senderLine(theme.lineHeight(TextStyle::Sender))
    , metaLine(theme.lineHeight(TextStyle::Meta))
    , smallLine(theme.lineHeight(TextStyle::Small))
    , pillHeight(theme.scaled(24))
    , actionHeight(theme.scaled(24))
{
    emoji.setFamilies({QStringLiteral("Noto Color Emoji")});
}

}
