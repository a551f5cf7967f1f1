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

}

Graphemes::Graphemes(QStringView text)
    : m_size(text.size())
    , m_isSimple(std::all_of(text.begin(), text.end(), isSimpleUnit))
{
    if (m_isSimple)
        return;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text.data(), text.size());
    for (qsizetype at = 0; at >= 0 && at < m_size; at = finder.toNextBoundary())
        m_begins += at;
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
