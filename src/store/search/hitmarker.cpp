#include "store/search/hitmarker.h"

#include <algorithm>

namespace confab {

namespace {

/// Where in this word the term's word stands. Folding may change lengths; then it is all of the word.
std::optional<TextRange> partOf(const FoldedWord &word, const QString &wanted, bool exact)
{
    const qsizetype at = exact ? (word.word == wanted ? 0 : -1) : word.word.indexOf(wanted);
    if (at < 0)
        return std::nullopt;
    if (word.word.size() != word.end - word.begin)
        return TextRange{word.begin, word.end};
    const int begin = word.begin + int(at);
    return TextRange{begin, begin + int(wanted.size())};
}

/// The stretch that begins with this word, if the whole term is there.
std::optional<TextRange> rangeAt(const QList<FoldedWord> &words, int first, const SearchTerm &term)
{
    const int count = int(term.words.size());
    if (first + count > int(words.size()))
        return std::nullopt;
    if (count == 1)
        return partOf(words.at(first), term.words.first(), term.exact);
    for (int i = 0; i < count; ++i) {
        const QString &word = words.at(first + i).word;
        const bool last = i == count - 1;
        if (last && !term.exact ? !word.startsWith(term.words.at(i)) : word != term.words.at(i))
            return std::nullopt;
    }
    return TextRange{words.at(first).begin, words.at(first + count - 1).end};
}

QList<TextRange> joined(QList<TextRange> ranges)
{
    std::sort(ranges.begin(), ranges.end(),
              [](const TextRange &a, const TextRange &b) { return a.begin < b.begin; });
    QList<TextRange> result;
    for (const TextRange &range : std::as_const(ranges)) {
        if (!result.isEmpty() && range.begin <= result.last().end)
            result.last().end = std::max(result.last().end, range.end);
        else
            result.append(range);
    }
    return result;
}

}

HitMarker::HitMarker(SearchQuery query)
    : m_query(std::move(query))
{
}

QList<TextRange> HitMarker::marks(const QString &text)
{
    QList<TextRange> ranges;
    if (m_query.terms.isEmpty())
        return ranges;
    const QList<FoldedWord> words = m_folder.words(text);
    for (int first = 0; first < int(words.size()); ++first) {
        for (const SearchTerm &term : std::as_const(m_query.terms)) {
            if (const auto range = rangeAt(words, first, term))
                ranges.append(*range);
        }
    }
    return joined(ranges);
}

bool HitMarker::contains(const QString &text, const SearchTerm &term)
{
    const QList<FoldedWord> words = m_folder.words(text);
    for (int first = 0; first < int(words.size()); ++first) {
        if (rangeAt(words, first, term))
            return true;
    }
    return false;
}

Snippet HitMarker::snippet(const QString &text)
{
    const QList<TextRange> all = marks(text);
    int begin = all.isEmpty() ? 0 : std::max(0, all.first().begin - kLead);
    const int space = int(text.indexOf(u' ', begin));
    if (begin > 0 && space >= 0 && space < all.first().begin)
        begin = space + 1;
    if (begin > 0 && text.at(begin).isLowSurrogate())
        ++begin;
    int end = int(std::min<qsizetype>(begin + kSnippet, text.size()));
    if (end < text.size() && text.at(end).isLowSurrogate())
        --end;
    Snippet result;
    const QString lead = begin > 0 ? QStringLiteral("…") : QString();
    result.text = lead + text.mid(begin, end - begin);
    for (QChar &character : result.text) {
        if (character.isSpace())
            character = u' ';
    }
    if (end < text.size())
        result.text += u'…';
    for (const TextRange &mark : all) {
        if (mark.begin < end)
            result.marks.append({mark.begin - begin + int(lead.size()),
                                 std::min(mark.end, end) - begin + int(lead.size())});
    }
    return result;
}

}
