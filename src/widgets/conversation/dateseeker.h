#pragma once

#include "widgets/conversation/messagerows.h"

namespace confab {

/// Finds the first message of a day, or of a later one, in a history that is only partly loaded: each look
/// ends with it, or with a number to load before the next look. Takes a logarithmic number of looks. Pure.
class DateSeeker
{
public:
    explicit DateSeeker(const QDate &day);

    struct Look {
        Seq seq = 0; ///< 0: there is nothing from that day on
        bool found = false; ///< else to be loaded
    };
    Look look(const MessageRows &rows);

private:
    /// From a loaded row to where its part ends or the day begins; the row found, or -1.
    int follow(const MessageRows &rows, int row);
    Seq guess() const;

    QDate m_day;
    Seq m_before = 0; ///< the newest message known to be of an earlier day
    Seq m_from = 0; ///< the oldest one known to be of the day or a later one; 0: none
    qint64 m_begin; ///< of the day; seconds, as those of the two messages
    qint64 m_timeBefore = 0;
    qint64 m_timeFrom = 0;
    int m_looks = 0;
};

}
