#include "wire/drafty/linemarks.h"

#include "wire/drafty/linkfinder.h"

#include <algorithm>
#include <optional>

namespace confab::wire {

namespace {

constexpr QStringView kFence = u"```";
constexpr qsizetype kMaxLanguage = 20;

class MarkFinder
{
public:
    explicit MarkFinder(QStringView line)
        : m_line(line)
        , m_isLiteral(line.size(), false)
    {
    }

    QList<MarkPair> find()
    {
        addPairs(SpanKind::Code);
        for (const MarkPair &pair : std::as_const(m_pairs))
            setLiteral(pair.open, pair.close + 1);
        for (const FoundEntity &link : findLinks(m_line))
            protect(link);
        for (const SpanKind kind : {SpanKind::Bold, SpanKind::Italic, SpanKind::Strike})
            addPairs(kind);
        nest();
        return m_pairs;
    }

private:
    void setLiteral(qsizetype begin, qsizetype end)
    {
        std::fill(m_isLiteral.begin() + begin, m_isLiteral.begin() + end, true);
    }

    /// Marks at the very end of an address may be meant for what is around it.
    void protect(const FoundEntity &link)
    {
        qsizetype end = link.begin + link.length;
        while (end > link.begin && (m_line.at(end - 1) == u'_' || m_line.at(end - 1) == u'~'))
            --end;
        setLiteral(link.begin, end);
    }

    bool isMark(qsizetype at, QChar mark) const
    {
        return m_line.at(at) == mark && !m_isLiteral.at(at);
    }

    /// '_' is part of a word for its own kind only: _*a*_ is both, a__b is neither.
    static bool holdsOn(QChar neighbour, QChar mark)
    {
        return neighbour == u'_' ? mark == u'_' : isWordCharacter(neighbour);
    }

    bool opens(qsizetype at, QChar mark) const
    {
        return isMark(at, mark) && (at == 0 || !holdsOn(m_line.at(at - 1), mark))
            && at + 1 < m_line.size() && !m_line.at(at + 1).isSpace() && m_line.at(at + 1) != mark;
    }

    bool closes(qsizetype at, QChar mark) const
    {
        return isMark(at, mark) && !m_line.at(at - 1).isSpace()
            && (at + 1 == m_line.size() || !holdsOn(m_line.at(at + 1), mark));
    }

    void addPairs(SpanKind kind)
    {
        const QChar mark = markOf(kind);
        if (!m_line.contains(mark))
            return;
        for (qsizetype open = 0; open < m_line.size(); ++open) {
            if (!opens(open, mark))
                continue;
            qsizetype close = open + 2;
            while (close < m_line.size() && !closes(close, mark))
                ++close;
            if (close >= m_line.size())
                return; // nor does anything close one that opens later
            m_pairs += MarkPair{kind, open, close};
            open = close;
        }
    }

    /// Of two pairs that cross, the one that opens later is as typed.
    void nest()
    {
        std::sort(m_pairs.begin(), m_pairs.end(),
            [](const MarkPair &a, const MarkPair &b) { return a.open < b.open; });
        QList<MarkPair> kept;
        QList<qsizetype> ends;
        for (const MarkPair &pair : std::as_const(m_pairs)) {
            while (!ends.isEmpty() && ends.last() < pair.open)
                ends.removeLast();
            if (!ends.isEmpty() && pair.close > ends.last())
                continue;
            ends += pair.close;
            kept += pair;
        }
        m_pairs = kept;
    }

    QStringView m_line;
    QList<bool> m_isLiteral;
    QList<MarkPair> m_pairs;
};

bool isLanguageCharacter(QChar c)
{
    return c.isLetterOrNumber() || c == u'+' || c == u'#' || c == u'-';
}

}

QList<MarkPair> findMarks(QStringView line)
{
    return MarkFinder(line).find();
}

bool isFence(QStringView line)
{
    const QStringView language = line.trimmed().mid(kFence.size());
    return line.startsWith(kFence) && language.size() <= kMaxLanguage
        && std::all_of(language.begin(), language.end(), isLanguageCharacter);
}

bool isClosingFence(QStringView line)
{
    return line.startsWith(kFence) && line.trimmed() == kFence;
}

QChar markOf(SpanKind kind)
{
    if (kind == SpanKind::Bold)
        return u'*';
    if (kind == SpanKind::Italic)
        return u'_';
    if (kind == SpanKind::Strike)
        return u'~';
    return kind == SpanKind::Code ? QChar(u'`') : QChar();
}

}
