#include "app/confabd/logformat.h"

#include <cstdio>
#include <cstdlib>

namespace confab {

namespace {

constexpr ushort kDelete = 0x7f;
constexpr ushort kLastControl = 0x9f;

QString levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return QStringLiteral("debug");
    case QtInfoMsg:
        return QStringLiteral("info");
    case QtWarningMsg:
        return QStringLiteral("warning");
    case QtCriticalMsg:
        return QStringLiteral("critical");
    case QtFatalMsg:
        return QStringLiteral("fatal");
    }
    return {};
}

/// Ends or reorders a line for somebody who reads it: controls, separators, direction marks.
bool isUnsafe(QChar c)
{
    return c.unicode() < u' ' || (c.unicode() >= kDelete && c.unicode() <= kLastControl)
        || c.category() == QChar::Separator_Line || c.category() == QChar::Separator_Paragraph
        || c.category() == QChar::Other_Format;
}

QString quoted(const QString &text)
{
    QString result = QStringLiteral("\"");
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            result += u'\\' + QString(c);
        else if (isUnsafe(c))
            result += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            result += c;
    }
    return result + u'"';
}

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QByteArray line = logLine(
        QDateTime::currentDateTimeUtc(), type, QString::fromUtf8(context.category), message);
    std::fwrite(line.constData(), 1, size_t(line.size()), stderr);
    std::fflush(stderr);
    if (type == QtFatalMsg)
        std::abort();
}

}

QByteArray logLine(
    const QDateTime &when, QtMsgType type, const QString &category, const QString &message)
{
    return QStringLiteral("ts=%1 level=%2 category=%3 msg=%4\n")
        .arg(when.toUTC().toString(Qt::ISODateWithMs), levelOf(type), category,
            quoted(message.trimmed()))
        .toUtf8();
}

void installLogFormat()
{
    qInstallMessageHandler(&handle);
}

}
