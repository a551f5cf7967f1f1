#include "widgets/composer/wordfinder.h"

#include <algorithm>

namespace confab {

namespace {

bool isApostrophe(QChar c)
{
    return c == u'\'' || c == u'\u2019';
}

/// What hangs together with letters, so that these are no word by themselves.
bool belongsToName(QChar c)
{
    return c.isDigit() || c == u'_' || c == u'@' || c == u'#' || c == u'/' || c == u'\\';
}

bool hasSpaces(QChar::Script script)
{
    switch (script) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return false;
    default:
        return true;
    }
}

bool isWordLetter(QChar c)
{
    return c.isLetter() || c.isMark();
}

}

QList<TextSpan> findWords(QStringView text)
{
    QList<TextSpan> words;
    const qsizetype size = text.size();
    for (qsizetype begin = 0; begin < size;) {
        if (!isWordLetter(text.at(begin)) && !belongsToName(text.at(begin))) {
            ++begin;
            continue;
        }
        qsizetype end = begin;
        bool isName = false;
        while (end < size) {
            const QChar c = text.at(end);
            const bool isInner
                = isApostrophe(c) && end > begin && end + 1 < size && text.at(end + 1).isLetter();
            if (!isWordLetter(c) && !belongsToName(c) && !isInner)
                break;
            isName |= belongsToName(c);
            ++end;
        }
        if (!isName && end - begin > 1 && hasSpaces(text.at(begin).script()))
            words += TextSpan{int(begin), int(end - begin)};
        begin = end;
    }
    return words;
}

TextSpan wordAt(QStringView text, int position)
{
    const QList<TextSpan> words = findWords(text);
    const auto word = std::find_if(words.begin(), words.end(), [position](const TextSpan &each) {
        return each.start <= position && position <= each.start + each.length;
    });
    return word == words.end() ? TextSpan() : *word;
}

}
