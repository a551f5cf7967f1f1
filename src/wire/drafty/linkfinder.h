#pragma once

#include "wire/drafty/drafty.h"

#include <QList>
#include <QStringView>

namespace confab::wire {

struct FoundEntity {
    qsizetype begin = 0;
    qsizetype length = 0;
    Entity entity; ///< Link, Mention or Hashtag
    bool operator==(const FoundEntity &) const = default;
};

/// Web addresses in a text, left to right. Punctuation behind one is no part of it; brackets are
/// if both are. "www.x" means "http://www.x".
QList<FoundEntity> findLinks(QStringView text);

/// Web addresses, and words of two letters or more behind a '@' or '#' that stands at the begin of
/// a word, left to right, none over another.
QList<FoundEntity> findEntities(QStringView text);

/// What belongs to a word, so that a mark beside it does not act: letters of any script, digits,
/// '_', marks on letters, and media.
bool isWordCharacter(QChar c);

}
