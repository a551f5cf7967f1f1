#include "widgets/conversation/dateseeker.h"

namespace confab {

namespace {

constexpr int kMostLooks = 60; // of a history that does not go forward in time

}

DateSeeker::DateSeeker(const QDate &day)
    : m_day(day)
    , m_begin(day.startOfDay().toSecsSinceEpoch())
{
}

int DateSeeker::follow(const MessageRows &rows, int row)
{
    const int last = rows.count() - 1;
    if (rows.dayAt(row) < m_day) {
        while (row < last && rows.seqAt(row + 1) > 0 && !rows.isCutAbove(row + 1)
            && rows.dayAt(row) < m_day)
            ++row;
    } else {
        while (row > 0 && !rows.isCutAbove(row) && rows.dayAt(row - 1) >= m_day)
            --row;
    }
    const bool isFrom = rows.dayAt(row) >= m_day;
    const Seq seq = rows.seqAt(row);
    if (isFrom && (m_from == 0 || seq <= m_from)) {
        m_from = seq;
        m_timeFrom = rows.timeAt(row).toSecsSinceEpoch();
        const bool begins = row > 0 && !rows.isCutAbove(row) && rows.dayAt(row - 1) < m_day;
        const bool isFirst = row == 0 && rows.placeOf(row) == 0;
        return begins || isFirst ? row : -1;
    }
    if (!isFrom && seq >= m_before) {
        m_before = seq;
        m_timeBefore = rows.timeAt(row).toSecsSinceEpoch();
    }
    return -1;
}

/// The first message, to know the length of the history; then by how far the day lies between the times that
/// are known, and now and then the middle, for histories with long pauses.
Seq DateSeeker::guess() const
{
    if (m_before == 0)
        return 1;
    double share = 0.5;
    if (m_looks % 4 != 0 && m_timeBefore < m_timeFrom)
        share = double(m_begin - m_timeBefore) / double(m_timeFrom - m_timeBefore);
    const double span = m_from - m_before;
    return qBound(m_before + 1, m_before + Seq(span * share), m_from - 1);
}

DateSeeker::Look DateSeeker::look(const MessageRows &rows)
{
    int row = rows.count() - 1;
    while (row >= 0 && rows.seqAt(row) == 0)
        --row;
    if (row < 0)
        return {0, true};
    // The newest message first, then wherever the last guess led.
    if (m_looks++ > 0)
        row = rows.rowAtPlace(rows.placeOfSeq(guess()));
    for (const int each : {row, qMax(0, row - 1)}) {
        if (const int found = follow(rows, each); found >= 0)
            return {rows.seqAt(found), true};
    }
    if (m_from == 0)
        return {0, true};
    if (m_from - m_before <= 1 || m_looks > kMostLooks)
        return {m_from, true};
    const Seq next = guess();
    if (!rows.isLoaded(next))
        return {next, false};
    // Nothing stands there any more: what is next to it was looked at.
    const int near = rows.rowAtPlace(rows.placeOfSeq(next));
    if (near < 0 || rows.seqAt(near) >= m_from)
        m_before = qMax(m_before, next);
    return look(rows);
}

}
