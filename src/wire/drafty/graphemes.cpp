#include "wire/drafty/graphemes.h"

#include <QTextBoundaryFinder>

#include <algorithm>

namespace confab::wire {

namespace {

struct Units {
    char16_t first;
    char16_t last;
};

/// Letters and signs that never join with a neighbour, of what most people write: Greek and
/// Cyrillic, punctuation, kana, Chinese and Korean. Before the combining marks nothing does, but
/// for CR LF. In order.
constexpr Units kSimple[] = {{0x370, 0x482}, {0x48A, 0x590}, {0x2010, 0x2027}, {0x3041, 0x3096},
    {0x30A1, 0x30FA}, {0x3400, 0x9FFF}, {0xAC00, 0xD7A3}};

bool isSimpleUnit(QChar c)
{
    if (c < QChar(0x300))
        return c != u'\r' && c != QChar::SoftHyphen;
    for (const Units &units : kSimple) {
        if (c.unicode() <= units.last)
            return c.unicode() >= units.first;
    }
    return false;
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

/// A character of no script that is more than one unit or joins with others, such as emoji.
bool isPicture(QStringView text, qsizetype at)
{
    const QChar c = text.at(at);
    if (isSimpleUnit(c) || isOfBrahmicScript(c))
        return false;
    const bool isPair = c.isHighSurrogate() && at + 1 < text.size();
    const char32_t code = isPair ? QChar::surrogateToUcs4(c, text.at(at + 1)) : c.unicode();
    return QChar::script(code) == QChar::Script_Common && !QChar::isMark(code) && !isSkinTone(code);
}

bool isCombiningMark(QChar c)
{
    return c >= QChar(0x300) && c <= QChar(0x36F);
}

/// Code units of a cluster that never joins with another of this kind beside it: simple units,
/// those with marks on them, and pictures outside of sequences, which are most of what people
/// write. 0 for all others, for which Qt is asked; that costs ten times as much.
qsizetype plainLength(QStringView text, qsizetype at)
{
    const QChar c = text.at(at);
    if (isSimpleUnit(c)) {
        qsizetype length = 1;
        const bool takesMarks = c >= u' ' && (c < QChar(0x7F) || c > QChar(0x9F));
        while (takesMarks && at + length < text.size() && isCombiningMark(text.at(at + length)))
            ++length;
        return length;
    }
    if (!c.isHighSurrogate() || at + 1 >= text.size())
        return 0;
    const char32_t code = QChar::surrogateToUcs4(c, text.at(at + 1));
    return code >= 0x1F300 && code <= 0x1FAFF && !isSkinTone(code) ? 2 : 0;
}

/// Where the stretch ends that begins here and that only Qt can divide: between two plain clusters.
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
    if (m_isSimple)
        return;
    m_begins.reserve(m_size / 2);
    qsizetype at = 0;
    qsizetype plain = plainLength(text, 0);
    while (at < m_size) {
        const qsizetype next = at + plain;
        const qsizetype nextPlain = next < m_size ? plainLength(text, next) : 1;
        if (plain > 0 && nextPlain > 0) {
            m_begins.append(at);
            at = next;
            plain = nextPlain;
        } else {
            const qsizetype end = endOfIntricate(text, at);
            addIntricate(text, at, end);
            at = end;
            plain = at < m_size ? plainLength(text, at) : 0;
        }
    }
}

/// A text of a Brahmic script is divided before a picture: Qt goes on with the script's own rules
/// there, which tear flags and other emoji of several characters apart.
void Graphemes::addIntricate(QStringView text, qsizetype begin, qsizetype end)
{
    bool isBrahmic = false;
    for (qsizetype i = begin + 1; i <= end; ++i) {
        isBrahmic = isBrahmic || isOfBrahmicScript(text.at(i - 1));
        if (i == end || (isBrahmic && isPicture(text, i))) {
            addClusters(text, begin, i);
            begin = i;
            isBrahmic = false;
        }
    }
}

void Graphemes::addClusters(QStringView text, qsizetype begin, qsizetype end)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text.data() + begin, end - begin);
    for (qsizetype at = 0; at >= 0 && at < end - begin; at = finder.toNextBoundary())
        m_begins.append(begin + at);
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
