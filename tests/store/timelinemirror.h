#pragma once

#include "store/timeline.h"

#include <QObject>
#include <QStringList>

namespace confab {

/// A copy of a timeline's rows made from its signals alone, as a view's model would. Keeps the first
/// thing that did not fit.
class TimelineMirror : public QObject
{
public:
    explicit TimelineMirror(const Timeline &timeline)
        : m_timeline(timeline)
        , m_rows(allRows(timeline))
    {
        connect(&timeline, &Timeline::aboutToInsertRows, this, [this](int first, int last) {
            begin(first, last);
            expect(first >= 0 && first <= last && first <= m_rows.size(), "insertion outside the rows");
        });
        connect(&timeline, &Timeline::rowsInserted, this, [this] {
            for (int row = m_first; row <= m_last; ++row)
                m_rows.insert(row, rowOf(m_timeline, row));
            end();
        });
        connect(&timeline, &Timeline::aboutToRemoveRows, this, [this](int first, int last) {
            begin(first, last);
            expect(first >= 0 && first <= last && last < m_rows.size(), "removal outside the rows");
        });
        connect(&timeline, &Timeline::rowsRemoved, this, [this] {
            m_rows.remove(m_first, m_last - m_first + 1);
            end();
        });
        connect(&timeline, &Timeline::aboutToMoveRow, this, [this](int from, int to) {
            begin(from, to);
            expect(to < from && from < m_rows.size(), "a move that is none");
        });
        connect(&timeline, &Timeline::rowMoved, this, [this] {
            m_rows.move(m_first, m_last);
            end();
        });
        connect(&timeline, &Timeline::rowsChanged, this, [this](int first, int last) {
            expect(!m_open, "a change between the two signals of another");
            for (int row = first; row <= last; ++row)
                m_rows[row] = rowOf(m_timeline, row);
            ++m_signals;
        });
    }

    const QStringList &rows() const { return m_rows; }
    QString problem() const { return m_problem; }
    /// Pairs and rowsChanged since the last call.
    int takeSignals() { return std::exchange(m_signals, 0); }

    static QString rowOf(const Timeline &timeline, int row)
    {
        if (timeline.isPending(row))
            return timeline.pending(row).cid + u':' + QString::number(int(timeline.pending(row).state));
        const Message &message = timeline.message(row);
        return QString::number(message.seq) + u':' + message.text;
    }

    static QStringList allRows(const Timeline &timeline)
    {
        QStringList rows;
        for (int row = 0; row < timeline.count(); ++row)
            rows.append(rowOf(timeline, row));
        return rows;
    }

private:
    void begin(int first, int last)
    {
        expect(!m_open, "a second change begun before the first was done");
        expect(m_rows.size() == m_timeline.count(), "rows changed before it was announced");
        m_open = true;
        m_first = first;
        m_last = last;
    }

    void end()
    {
        expect(m_open, "an end without a beginning");
        expect(m_rows.size() == m_timeline.count(), "row count differs from the store's (I8)");
        m_open = false;
        ++m_signals;
    }

    void expect(bool holds, const char *problem)
    {
        if (!holds && m_problem.isEmpty())
            m_problem = QString::fromLatin1(problem);
    }

    const Timeline &m_timeline;
    QStringList m_rows;
    QString m_problem;
    bool m_open = false;
    int m_first = 0;
    int m_last = 0;
    int m_signals = 0;
};

}
