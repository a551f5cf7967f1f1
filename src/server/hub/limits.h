#pragma once

#include <QtGlobal>

#include <chrono>

// Bounds on what one client can make the server keep (protocol.md §6.2, reliability.md T24).
namespace confab::server {

inline constexpr qsizetype kMaxPublicBytes = 32 * 1024;
inline constexpr qsizetype kMaxPrivateBytes = 32 * 1024;
inline constexpr qsizetype kMaxAuxBytes = 32 * 1024;
inline constexpr int kMaxAttachedPerSession = 500;
inline constexpr qsizetype kMaxWaitingRequests = 256;
inline constexpr int kMaxPage = 100; ///< messages for one get
inline constexpr int kMaxList = 1024; ///< entries of every other list
inline constexpr int kMaxDeletedIds = 1024; ///< when a `del` has more than one range
inline constexpr qsizetype kMaxRanges = 1024; ///< of one get
inline constexpr int kMaxFound = 100;
inline constexpr int kMinTagLength = 2;
inline constexpr int kMaxTagLength = 96;
inline constexpr qsizetype kMaxCidLength = 64;
inline constexpr qsizetype kMaxAttachments = 100; ///< of one message
inline constexpr std::chrono::milliseconds kTopicIdle{4000};

} // namespace confab::server
