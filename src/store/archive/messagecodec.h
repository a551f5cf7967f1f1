#pragma once

#include "store/archive/columns.h"
#include "store/message.h"

// How what messages carry lies in archive.db. Most contents are the text and nothing else: then a
// number stands for it.
namespace confab::columns {

inline QVariant fromContent(const Message &message)
{
    const bool same = message.content.isString() && message.content.string() == message.text;
    return same ? QVariant(1) : fromBlob(message.content);
}

inline wire::JsonBlob toContent(const SqlRow &row, int column, const QString &text)
{
    return row.isNumber(column) ? wire::JsonBlob::fromString(text) : toBlob(row, column);
}

}
