#include "app/confabd/logformat.h"

#include "server/logevent.h"

#include <cstdio>
#include <cstdlib>

namespace confab {

using server::LogEvent;

namespace {

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

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QByteArray line
        = logLine(QDateTime::currentDateTimeUtc(), type, context.category, message);
    std::fwrite(line.constData(), 1, size_t(line.size()), stderr);
    std::fflush(stderr);
    if (type == QtFatalMsg)
        std::abort();
}

}

QByteArray logLine(
    const QDateTime &when, QtMsgType type, const QByteArray &category, const QString &message)
{
    const QString head = QStringLiteral("ts=%1 level=%2 ")
                             .arg(when.toUTC().toString(Qt::ISODateWithMs), levelOf(type));
    // An event of the server has made its values harmless already.
    const QString facts = category == LogEvent::category()
        ? message
        : QStringLiteral("event=message category=%1 msg=%2")
              .arg(LogEvent::quoted(QString::fromUtf8(category)),
                  LogEvent::quoted(message.trimmed()));
    return (head + facts).toUtf8() + '\n';
}

void installLogFormat()
{
    qInstallMessageHandler(&handle);
}

}
