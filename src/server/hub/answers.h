#pragma once

#include "server/db/operations.h"

#include <QLatin1String>

// The answers that the hub gives, code and text as the upstream server writes them (protocol.md
// §6.3).
namespace confab::server {

struct Answer {
    int code;
    QLatin1String text;
    bool operator==(const Answer &other) const { return code == other.code && text == other.text; }
};

inline constexpr Answer kOk{200, QLatin1String("ok")};
inline constexpr Answer kCreated{201, QLatin1String("created")};
inline constexpr Answer kAccepted{202, QLatin1String("accepted")};
inline constexpr Answer kNoContent{204, QLatin1String("no content")};
inline constexpr Answer kEvicted{205, QLatin1String("evicted")};
inline constexpr Answer kShutdown{205, QLatin1String("server shutdown")};
inline constexpr Answer kDelivered{208, QLatin1String("delivered")};
inline constexpr Answer kUseOther{303, QLatin1String("use other")};
inline constexpr Answer kAlreadySubscribed{304, QLatin1String("already subscribed")};
inline constexpr Answer kNotJoined{304, QLatin1String("not joined")};
inline constexpr Answer kNotModified{304, QLatin1String("not modified")};
inline constexpr Answer kNoAction{304, QLatin1String("no action")};
inline constexpr Answer kMalformed{400, QLatin1String("malformed")};
inline constexpr Answer kAuthRequired{401, QLatin1String("authentication required")};
inline constexpr Answer kAuthFailed{401, QLatin1String("authentication failed")};
inline constexpr Answer kUnknownScheme{401, QLatin1String("unknown authentication scheme")};
inline constexpr Answer kDenied{403, QLatin1String("permission denied")};
inline constexpr Answer kTopicNotFound{404, QLatin1String("topic not found")};
inline constexpr Answer kUserNotFound{404, QLatin1String("user not found")};
inline constexpr Answer kNotAllowed{405, QLatin1String("operation or method not allowed")};
inline constexpr Answer kAlreadyAuthenticated{409, QLatin1String("already authenticated")};
inline constexpr Answer kDuplicateCredential{409, QLatin1String("duplicate credential")};
inline constexpr Answer kAttachFirst{409, QLatin1String("must attach first")};
inline constexpr Answer kOutOfSequence{409, QLatin1String("command out of sequence")};
inline constexpr Answer kTooLarge{413, QLatin1String("too large")};
inline constexpr Answer kPolicy{422, QLatin1String("policy violation")};
inline constexpr Answer kTooManyAttempts{429, QLatin1String("too many attempts")};
inline constexpr Answer kTooManyRequests{429, QLatin1String("too many requests")};
inline constexpr Answer kInternal{500, QLatin1String("internal error")};
inline constexpr Answer kNotImplemented{501, QLatin1String("not implemented")};
inline constexpr Answer kDiskFailed{503, QLatin1String("the server's disk is full or broken")};
inline constexpr Answer kVersion{505, QLatin1String("version not supported")};

/// Why a write came to nothing.
inline const Answer &answerTo(WriteStatus failure)
{
    return failure == WriteStatus::DiskFailed ? kDiskFailed : kInternal;
}

} // namespace confab::server
