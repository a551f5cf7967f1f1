#pragma once

#include <QList>
#include <QString>

#include <algorithm>
#include <cstdio>

namespace confab::bars {

/// The bars of reliability.md §6 run in a small form, and in their full one where ./test --soak asks.
inline bool isFull()
{
    return qEnvironmentVariableIntValue("CONFAB_SOAK") > 0;
}

inline int times(int small, int full)
{
    return isFull() ? full : small;
}

/// What a bar has found. Not by the log, of which Qt Test leaves out what comes after 2,000 lines.
inline void tell(const char *bar, const QString &figures)
{
    std::printf("%s (%s): %s\n", bar, isFull() ? "full" : "small", qPrintable(figures));
    std::fflush(stdout);
}

inline qint64 percentile(QList<qint64> values, int percent)
{
    if (values.isEmpty())
        return 0;
    std::sort(values.begin(), values.end());
    return values.at(std::min(values.size() - 1, values.size() * percent / 100));
}

}
