#include "widgets/listtime.h"

#include <QCoreApplication>
#include <QLocale>

namespace confab {

QString listTime(const QDateTime &moment, const QDateTime &now)
{
    if (!moment.isValid())
        return {};
    const QLocale locale;
    const QDateTime local = moment.toLocalTime();
    const qint64 days = local.date().daysTo(now.toLocalTime().date());
    if (days <= 0) {
        // The C locale's short format has seconds.
        QString format = locale.timeFormat(QLocale::ShortFormat);
        return locale.toString(local.time(), format.remove(QStringLiteral(":ss")));
    }
    if (days == 1)
        return QCoreApplication::translate("confab::ListTime", "Yesterday");
    if (days < 7)
        return locale.dayName(local.date().dayOfWeek(), QLocale::ShortFormat);
    return locale.toString(local.date(), QLocale::ShortFormat);
}

}
