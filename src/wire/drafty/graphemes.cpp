#include "wire/drafty/graphemes.h"

#include <QTextBoundaryFinder>

#include <algorithm>

namespace confab::wire {

namespace {

/// Nothing before the combining marks joins with a neighbour, but for CR LF.
bool isSimpleUnit(QChar c)
{
    return c < QChar(0x300) && c != u'\r' && c != QChar::SoftHyphen;
}

/// Scripts of South and South East Asia, whose clusters Qt finds by rules of their own.
bool isOfBrahmicScript(QChar c)
{
    return (c >= QChar(0x900) && c <= QChar(0x109F)) || (c >= QChar(0x1780) && c <= QChar(0x17FF));
}

bool isSkinTone(char32_t c)
{
    return c >= 0x1F3FB && c <= 0x1F3FF;
}

/// Whether here a text of such a script ends at a character of no script. Qt goes on with the
/// script's own rules there, which tear flags and other emoji of several characters apart.
bool leavesScript(QStringView text, qsizetype at)
{
    if (!isOfBrahmicScript(text.at(at - 1)))
        return false;
    const QChar c = text.at(at);
    const bool isPair = c.isHighSurrogate() && at + 1 < text.size();
    const char32_t next = isPair ? QChar::surrogateToUcs4(c, text.at(at + 1)) : c.unicode();
    return QChar::script(next) == QChar::Script_Common && !QChar::isMark(next) && !isSkinTone(next);
}

/// Code units of a character that never joins with another of this kind beside it: simple ones, and
/// pictures outside of sequences, which are most of what people write with emoji. 0 for all others, for
/// which Qt is asked; that costs ten times as much.
qsizetype plainLength(QStringView text, qsizetype at)
{
    const QChar c = text.at(at);
    if (isSimpleUnit(c))
        return 1;
    if (!c.isHighSurrogate() || at + 1 >= text.size())
        return 0;
    const char32_t code = QChar::surrogateToUcs4(c, text.at(at + 1));
    return code >= 0x1F300 && code <= 0x1FAFF && !isSkinTone(code) ? 2 : 0;
}

/// Where the stretch ends that begins here and that only Qt can divide: between two plain characters.
qsizetype endOfIntricate(QStringView text, qsizetype at)
{
    bool wasPlain = false;
    while (at < text.size()) {
        const qsizetype plain = plainLength(text, at);
        if (plain > 0 && wasPlain)
            break;
        wasPlain = plain > 0;
        at += qMax<qsizetype>(plain, 1);
    }
    return at;
}

}

Graphemes::Graphemes(QStringView text)
    : m_size(text.size())
    , m_isSimple(std::all_of(text.begin(), text.end(), isSimpleUnit))
{
    for (qsizetype at = 0; !m_isSimple && at < m_size;) {
        const qsizetype plain = plainLength(text, at);
        if (plain > 0 && (at + plain == m_size || plainLength(text, at + plain) > 0)) {
            m_begins += at;
            at += plain;
        } else {
            const qsizetype end = endOfIntricate(text, at);
            addIntricate(text, at, end);
            at = end;
        }
    }
}

void Graphemes::addIntricate(QStringView text, qsizetype begin, qsizetype end)
{
    for (qsizetype i = begin + 1; i <= end; ++i) {
        if (i == end || leavesScript(text, i)) {
            addClusters(text, begin, i);
            begin = i;
        }
    }
}

void Graphemes::addClusters(QStringView text, qsizetype begin, qsizetype end)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text.data() + begin, end - begin);
    for (qsizetype at = 0; at >= 0 && at < end - begin; at = finder.toNextBoundary())
        m_begins += begin + at;
}

qsizetype Graphemes::count() const
{
    return m_isSimple ? m_size : m_begins.size();
}

qsizetype Graphemes::position(qsizetype index) const
{
    if (index >= count())
        return m_size;
    return m_isSimple ? index : m_begins.at(index);
}

qsizetype Graphemes::index(qsizetype position) const
{
    if (position >= m_size)
        return count();
    if (m_isSimple)
        return position;
    return std::upper_bound(m_begins.begin(), m_begins.end(), position) - m_begins.begin() - 1;
}

}
