#pragma once

#include <QHash>
#include <QList>
#include <QString>

namespace confab {

/// One word of a text, in the form that the search index knows it by.
struct FoldedWord {
    QString word; ///< without case and accents
    int begin = 0; ///< in code units of the text
    int end = 0;
    bool operator==(const FoldedWord &) const = default;
};

/// Cuts text into words for searching. Case, accents and vowel points are folded away ("Crème" is
/// "creme", "ß" is "ss"). Scripts without spaces between words, as Chinese, Japanese and Thai, give
/// each pair of neighbouring characters as a word, because there a word has mostly two characters
/// (performance.md §4). Every emoji is a word. Words hold only letters, digits, marks and symbols, so
/// they need no escaping anywhere. Remembers what characters fold to: not to be shared by threads.
class WordFolder
{
public:
    /// All words in the order of the text. `whole`: of a text that is to be found. Otherwise of one
    /// that is looked for, where the last character of a run without spaces is no word of its own.
    QList<FoldedWord> words(QStringView text, bool whole = true);

    /// Whether it is of a script without spaces: a pair, or a character.
    static bool isUnspaced(const QString &word);

    static constexpr int kLongestWord = 64; ///< the rest of longer ones is left out

private:
    enum class Kind : quint8 { Space, Letter, Unspaced, Symbol, Ignored };
    struct Folded {
        Kind kind = Kind::Space;
        QString text;
    };

    const Folded &fold(char32_t character);
    static Folded folded(char32_t character);
    void addPairs(const QList<FoldedWord> &run, bool whole, QList<FoldedWord> &words);

    QHash<char32_t, Folded> m_known; ///< of what is not ASCII
};

}
