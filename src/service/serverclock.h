#pragma once

#include <QDateTime>
#include <QElapsedTimer>

namespace confab {

/// The time of day by the server's clock, as its replies tell it. Ours may be wrong or be set while we
/// run; between two replies a clock that only goes forward counts on (reliability.md F16). A value.
class ServerClock
{
public:
    void note(const QDateTime &told)
    {
        if (!told.isValid())
            return;
        m_told = told;
        m_since.start();
    }
    /// Our own clock until the server has told its time.
    QDateTime now() const
    {
        return m_told.isValid() ? m_told.addMSecs(m_since.elapsed()) : QDateTime::currentDateTimeUtc();
    }

private:
    QDateTime m_told;
    QElapsedTimer m_since;
};

}
