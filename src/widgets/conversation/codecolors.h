#pragma once

#include <QList>
#include <QStringView>

namespace confab {

/// What a stretch of code is, as far as its colour goes.
struct CodeToken {
    enum class Kind { Keyword, Literal, Comment };
    int start = 0;
    int length = 0;
    Kind kind = Kind::Keyword;
    bool operator==(const CodeToken &) const = default;
};

/// Keywords, strings and numbers, comments of the usual languages, by looks alone: nobody says which one
/// it is. In order; the rest is plain. Linear in the length of the text.
QList<CodeToken> codeTokens(QStringView code);

}
