#pragma once

#include "server/hub/answers.h"
#include "wire/result.h"

#include <QString>
#include <QStringList>

// Tags and words that people and groups are found by (protocol.md §6.2, §9.2).
namespace confab::server {

/// Lower case, without those that can't be tags, each once, sorted.
QStringList cleanTags(const QStringList &tags);
/// `basic:`, `email:` and `tel:` name a person; only the server gives or takes them.
bool isReservedTag(const QString &tag);
bool isAliasTag(const QString &tag);
/// What a client asks its tags to become: 403 if reserved ones differ from the present ones, 422 if
/// there are too many or an alias is no good.
wire::Result<QStringList, Answer> changedTags(
    const QStringList &present, const QStringList &wish, int most);
/// The words of a display name, lower case, for finding people by name.
QStringList nameWords(const QString &name);

} // namespace confab::server
