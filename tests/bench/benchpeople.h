#pragma once

#include "loadclient.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <string>
#include <string_view>

namespace confab {

inline constexpr std::string_view kChatPath
    = "/v0/channels?apikey=AQEAAAABAAD_rAp4DJh05a1HAwFT3A6K";

/// Lets a client that has just been opened greet, sign in with the token, and subscribe to the
/// topics one after the other; then ready is called, and from then on frames go to onFrame.
void signIn(LoadClient &client, const QByteArray &token, const QStringList &topics,
    std::function<void()> ready, LoadClient::FrameHandler onFrame);

/// A `pub` of this text, not echoed. The request has a client id that no other one has.
std::string publication(const std::string &topic, int number, std::string_view text);

/// 200 characters that begin with this moment, and how long ago that was according to a frame.
std::string stampedText();
qint64 microsecondsSince(std::string_view frame);

}
