#include "server/hub/access.h"

namespace confab::server::access {

namespace {

bool contains(AccessMode whole, AccessMode part)
{
    return (part & ~whole) == kNone;
}

} // namespace

AccessMode userDefault(AccessMode wish)
{
    return wish == kNone ? kNone : (wish & kNewUserAuth) | Access::Approve;
}

wire::Result<Acs, Answer> ownChange(Topic::Kind kind, const Acs &current, AccessMode wish)
{
    switch (kind) {
    case Topic::Kind::Direct:
        return Acs{(wish & kDirect) | Access::Approve, current.given};
    case Topic::Kind::Self:
        return contains(kSelf, wish) && wish.testFlag(Access::Owner)
            ? wire::Result<Acs, Answer>(Acs{wish, current.given})
            : kDenied;
    case Topic::Kind::System:
        return kDenied;
    case Topic::Kind::Group:
        break;
    }
    // An owner hands the group over before it steps back; nobody takes what was not offered.
    const bool owns = current.has(Access::Owner);
    if (owns != wish.testFlag(Access::Owner) && (owns || !current.given.testFlag(Access::Owner)))
        return kDenied;
    return Acs{wish, current.given};
}

wire::Result<Acs, Answer> join(
    AccessMode given, AccessMode defaultWant, std::optional<AccessMode> wish)
{
    const Acs acs{wish.value_or(defaultWant), given & ~AccessMode(Access::Owner)};
    if (acs.want.testFlag(Access::Owner) || !acs.has(Access::Join))
        return kDenied;
    return acs;
}

wire::Result<Acs, Answer> invite(
    AccessMode actor, AccessMode defaults, std::optional<AccessMode> wish)
{
    const AccessMode given = wish.value_or(defaults);
    const bool approver = actor.testFlag(Access::Approve) || actor.testFlag(Access::Owner);
    if (!approver && !(actor.testFlag(Access::Share) && contains(defaults, given)))
        return kDenied;
    if (given.testFlag(Access::Owner) && !actor.testFlag(Access::Owner))
        return kDenied;
    // The guest accepts ownership itself, so it is not wanted from the start.
    return Acs{given & ~AccessMode(Access::Owner), given};
}

wire::Result<Acs, Answer> otherChange(
    Topic::Kind kind, AccessMode actor, const Acs &current, std::optional<AccessMode> wish)
{
    const AccessMode given = wish.value_or(current.given);
    if (kind == Topic::Kind::Direct) {
        if (!actor.testFlag(Access::Approve))
            return kDenied;
        return Acs{current.want, (given & kDirect) | Access::Approve};
    }
    if (kind != Topic::Kind::Group || current.has(Access::Owner))
        return kDenied;
    const bool owner = actor.testFlag(Access::Owner);
    const bool ownership = given.testFlag(Access::Owner) || current.given.testFlag(Access::Owner);
    if (!owner && (ownership || !actor.testFlag(Access::Approve)))
        return kDenied;
    return Acs{current.want, given};
}

bool mayEvict(AccessMode actor, const Acs &target)
{
    if (target.has(Access::Owner))
        return false;
    return actor.testFlag(Access::Owner) || actor.testFlag(Access::Approve);
}

bool seesRights(AccessMode mode)
{
    return mode.testFlag(Access::Share) || mode.testFlag(Access::Approve)
        || mode.testFlag(Access::Owner);
}

} // namespace confab::server::access
