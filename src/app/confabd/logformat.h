#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace confab {

/// One event of the log on one line of key=value pairs:
///     ts=2026-01-31T08:15:00.123Z level=info event=listening url=ws://127.0.0.1:6060
/// What comes from libraries and not from the server (server/logevent.h) is quoted whole:
///     ts=... level=warning event=message category=qt.network msg="..."
/// Nothing that a client sends can end a line or look like another event.
QByteArray logLine(
    const QDateTime &when, QtMsgType type, const QByteArray &category, const QString &message);

/// From now on everything that Qt's logging is told goes to standard error as logLine().
void installLogFormat();

}
