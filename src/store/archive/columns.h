#pragma once

#include "store/archive/sqlrow.h"
#include "wire/accessmode.h"
#include "wire/card.h"
#include "wire/jsonblob.h"

#include <QDateTime>
#include <QVariant>

#include <optional>

// How values lie in the columns of both files: times in milliseconds UTC, JSON as compact UTF-8,
// absent as NULL.
namespace confab::columns {

inline QVariant fromTime(const QDateTime &time)
{
    return time.isValid() ? QVariant(time.toMSecsSinceEpoch()) : QVariant();
}

inline QDateTime toTime(const SqlRow &row, int column)
{
    return row.isNull(column) ? QDateTime()
                              : QDateTime::fromMSecsSinceEpoch(row.number(column), Qt::UTC);
}

inline QVariant fromBlob(const wire::JsonBlob &blob)
{
    return blob.isAbsent() ? QVariant() : QVariant(blob.bytes());
}

inline wire::JsonBlob toBlob(const SqlRow &row, int column)
{
    return row.isNull(column) ? wire::JsonBlob() : wire::JsonBlob::fromBytes(row.bytes(column));
}

inline QVariant fromCard(const wire::Card &card)
{
    return fromBlob(card.toPublic());
}

inline wire::Card toCard(const SqlRow &row, int column)
{
    return wire::Card::fromPublic(toBlob(row, column));
}

inline QVariant fromAccess(const std::optional<wire::Acs> &acs, wire::AccessMode wire::Acs::*side)
{
    return acs ? QVariant(int((*acs).*side)) : QVariant();
}

/// From the columns `want` and, right after it, `given`.
inline std::optional<wire::Acs> toAccess(const SqlRow &row, int want)
{
    if (row.isNull(want) || row.isNull(want + 1))
        return std::nullopt;
    return wire::Acs{wire::AccessMode(row.integer(want)), wire::AccessMode(row.integer(want + 1))};
}

}
