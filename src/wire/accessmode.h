#pragma once

#include <QFlags>
#include <QString>

#include <optional>

namespace confab::wire {

/// Access rights (protocol.md §9.3). Bits and letters are the protocol's.
enum class Access {
    Join = 1, // J
    Read = 2, // R
    Write = 4, // W
    Presence = 8, // P
    Approve = 16, // A
    Share = 32, // S
    Delete = 64, // D
    Owner = 128, // O
};
Q_DECLARE_FLAGS(AccessMode, Access)
Q_DECLARE_OPERATORS_FOR_FLAGS(AccessMode)

/// "JRWP" or "N". Nothing for an unknown letter, or N beside others.
std::optional<AccessMode> parseAccess(QStringView text);
/// Letters in the order JRWPASDO; "N" for none.
QString formatAccess(AccessMode mode);
/// Applies what `pres.dacs` carries: a delta ("+W-P") or a full mode. Nothing if it is neither.
std::optional<AccessMode> applyAccessDelta(AccessMode base, QStringView delta);
/// The shortest delta from one mode to another; empty when equal.
QString accessDelta(AccessMode from, AccessMode to);

/// want & given of one subscription, as the server writes it (protocol.md, first page).
struct Acs {
    AccessMode want;
    AccessMode given;
    AccessMode mode() const { return want & given; }
    bool has(Access right) const { return mode().testFlag(right); }
    bool operator==(const Acs &) const = default;
};

}
