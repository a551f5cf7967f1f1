#pragma once

#include "server/hub/answers.h"
#include "server/hub/topic.h"
#include "wire/accessmode.h"
#include "wire/result.h"

#include <optional>

// Who may change which rights (protocol.md §9.3). Pure functions that decide; what is not allowed
// here is denied. Effective rights are want & given.
namespace confab::server::access {

using wire::Access;
using wire::AccessMode;
using wire::Acs;

inline constexpr AccessMode kNone{};
inline constexpr AccessMode kDirect = AccessMode(Access::Join) | Access::Read | Access::Write
    | Access::Presence | Access::Approve | Access::Delete;
inline constexpr AccessMode kMe = AccessMode(Access::Join) | Access::Presence | Access::Share;
inline constexpr AccessMode kSelf
    = AccessMode(Access::Join) | Access::Read | Access::Write | Access::Delete | Access::Owner;
/// What everybody gets who reads a channel, and what is offered to its members.
inline constexpr AccessMode kChannelReader
    = AccessMode(Access::Join) | Access::Read | Access::Presence;
inline constexpr AccessMode kChannelMember
    = AccessMode(Access::Read) | Access::Write | Access::Presence | Access::Share;
inline constexpr AccessMode kGroupMember
    = AccessMode(Access::Join) | Access::Read | Access::Write | Access::Presence | Access::Share;
inline constexpr AccessMode kGroupOwner
    = kGroupMember | Access::Approve | Access::Delete | Access::Owner;
/// What a new account lets others do in a direct chat.
inline constexpr AccessMode kNewUserAuth = kDirect | Access::Share;

/// Defaults of an account as asked for: the owner bit makes no sense there, A is forced on.
AccessMode userDefault(AccessMode wish);

/// A user changes its own want.
wire::Result<Acs, Answer> ownChange(Topic::Kind kind, const Acs &current, AccessMode wish);

/// Somebody without a subscription asks for one. given is what the defaults, or an earlier
/// subscription, grant.
wire::Result<Acs, Answer> join(
    AccessMode given, AccessMode defaultWant, std::optional<AccessMode> wish);

/// A member adds somebody to a group.
wire::Result<Acs, Answer> invite(
    AccessMode actor, AccessMode defaults, std::optional<AccessMode> wish);

/// A member changes what another one is given.
wire::Result<Acs, Answer> otherChange(
    Topic::Kind kind, AccessMode actor, const Acs &current, std::optional<AccessMode> wish);

/// A member removes another one from a group.
bool mayEvict(AccessMode actor, const Acs &target);
/// Sees the rights of the others.
bool seesRights(AccessMode mode);

} // namespace confab::server::access
