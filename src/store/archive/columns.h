#pragma once

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

inline QDateTime toTime(const QVariant &value)
{
    return value.isNull() ? QDateTime() : QDateTime::fromMSecsSinceEpoch(value.toLongLong(), Qt::UTC);
}

inline QVariant fromBlob(const wire::JsonBlob &blob)
{
    return blob.isAbsent() ? QVariant() : QVariant(blob.bytes());
}

inline wire::JsonBlob toBlob(const QVariant &value)
{
    return wire::JsonBlob::fromBytes(value.toByteArray());
}

inline QVariant fromCard(const wire::Card &card)
{
    return fromBlob(card.toPublic());
}

inline wire::Card toCard(const QVariant &value)
{
    return wire::Card::fromPublic(toBlob(value));
}

inline QVariant fromAccess(const std::optional<wire::Acs> &acs, wire::AccessMode wire::Acs::*side)
{
    return acs ? QVariant(int((*acs).*side)) : QVariant();
}

inline std::optional<wire::Acs> toAccess(const QVariant &want, const QVariant &given)
{
    if (want.isNull() || given.isNull())
        return std::nullopt;
    return wire::Acs{wire::AccessMode(want.toInt()), wire::AccessMode(given.toInt())};
}

}
