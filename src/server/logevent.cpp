#include "server/logevent.h"

#include <QLoggingCategory>

#include <algorithm>

namespace confab::server {

namespace {

Q_LOGGING_CATEGORY(serverLog, "confab.server", QtInfoMsg)

constexpr ushort kDelete = 0x7f;
constexpr ushort kLastControl = 0x9f;

/// Ends or reorders a line for somebody who reads it: controls, separators, direction marks.
bool isUnsafe(QChar c)
{
    return c.unicode() < u' ' || (c.unicode() >= kDelete && c.unicode() <= kLastControl)
        || c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph
        || c.category() == QChar::Other_Format;
}

bool isPlain(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
        || QStringView(u"._:/@%+-[]").contains(c);
}

}

LogEvent::LogEvent(const char *name, bool isWarning)
    : m_isWarning(isWarning)
    , m_isWanted(isWarning ? serverLog().isWarningEnabled() : serverLog().isInfoEnabled())
{
    if (m_isWanted)
        m_line = QLatin1String("event=") + QLatin1String(name);
}

LogEvent::~LogEvent()
{
    if (!m_isWanted)
        return;
    if (m_isWarning)
        qCWarning(serverLog).noquote() << m_line;
    else
        qCInfo(serverLog).noquote() << m_line;
}

LogEvent &LogEvent::with(const char *key, const QString &value)
{
    if (m_isWanted)
        m_line += u' ' + QLatin1String(key) + u'=' + quoted(value);
    return *this;
}

QString LogEvent::quoted(const QString &value)
{
    if (!value.isEmpty() && std::all_of(value.begin(), value.end(), isPlain))
        return value;
    QString result = QStringLiteral("\"");
    for (const QChar c : value) {
        if (c == u'"' || c == u'\\')
            result += u'\\' + QString(c);
        else if (isUnsafe(c))
            result += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            result += c;
    }
    return result + u'"';
}

QByteArrayView LogEvent::category()
{
    return serverLog().categoryName();
}

}
