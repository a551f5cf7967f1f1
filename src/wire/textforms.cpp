#include "wire/textforms.h"

namespace confab::wire {

namespace {

/// The number that these characters write, or -1.
int digits(QStringView text)
{
    int number = 0;
    for (const QChar c : text) {
        if (c < u'0' || c > u'9')
            return -1;
        number = number * 10 + (c.unicode() - u'0');
    }
    return text.isEmpty() ? -1 : number;
}

/// Milliseconds in ".96", more digits cut off; -1 if it is no fraction.
int fraction(QStringView text)
{
    if (text.isEmpty())
        return 0;
    if (text.front() != u'.' || digits(text.mid(1, 9)) < 0)
        return -1;
    int milliseconds = 0;
    for (qsizetype place = 1; place <= 3; ++place)
        milliseconds = milliseconds * 10 + (place < text.size() ? digits(text.mid(place, 1)) : 0);
    return milliseconds;
}

void putDigits(QString &text, qsizetype at, qsizetype width, int number)
{
    for (qsizetype i = at + width - 1; i >= at; --i) {
        text[i] = QChar(u'0' + number % 10);
        number /= 10;
    }
}

}

QDateTime parseTime(const QString &text)
{
    const QStringView view(text);
    const bool isPlainUtc = view.size() >= 20 && view.endsWith(u'Z') && view.at(4) == u'-'
        && view.at(7) == u'-' && view.at(10) == u'T' && view.at(13) == u':' && view.at(16) == u':';
    if (!isPlainUtc)
        return QDateTime::fromString(text, Qt::ISODateWithMs).toUTC();
    const QDate date(digits(view.left(4)), digits(view.mid(5, 2)), digits(view.mid(8, 2)));
    const QTime time(digits(view.mid(11, 2)), digits(view.mid(14, 2)), digits(view.mid(17, 2)),
                     fraction(view.mid(19, view.size() - 20)));
    // A date with a bad time would be taken for midnight.
    return date.isValid() && time.isValid() ? QDateTime(date, time, Qt::UTC) : QDateTime();
}

QString formatTime(const QDateTime &time)
{
    // Qt's own ISO form, many times faster: every packet of a server has a time.
    const QDateTime utc = time.toUTC();
    const QDate date = utc.date();
    const QTime clock = utc.time();
    QString text = QStringLiteral("0000-00-00T00:00:00.000Z");
    putDigits(text, 0, 4, date.year());
    putDigits(text, 5, 2, date.month());
    putDigits(text, 8, 2, date.day());
    putDigits(text, 11, 2, clock.hour());
    putDigits(text, 14, 2, clock.minute());
    putDigits(text, 17, 2, clock.second());
    putDigits(text, 20, 3, clock.msec());
    return text;
}

std::optional<QByteArray> parseBase64(const QString &text)
{
    QByteArray letters = text.toLatin1();
    letters.replace('-', '+').replace('_', '/');
    auto result = QByteArray::fromBase64Encoding(std::move(letters),
                                                 QByteArray::AbortOnBase64DecodingErrors);
    if (!result)
        return std::nullopt;
    return std::move(*result);
}

QString formatBase64(const QByteArray &bytes)
{
    return QString::fromLatin1(bytes.toBase64());
}

}
