#pragma once

#include <QDateTime>
#include <QString>

namespace confab {

/// A moment as a chat list tells it: time today, "Yesterday", weekday within six days, else the date.
/// In the locale and time zone of `now`'s side; empty for an invalid moment.
QString listTime(const QDateTime &moment, const QDateTime &now);

}
