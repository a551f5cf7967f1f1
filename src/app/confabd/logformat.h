#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

namespace confab {

/// One event of the log on one line of key=value pairs:
///     ts=2026-01-31T08:15:00.123Z level=info category=confab.server msg="listening on ws://..."
/// The message is quoted, and whatever could end the quotes, the line, or move a terminal's cursor is
/// escaped, so that nothing a client sends can look like another event.
QByteArray logLine(
    const QDateTime &when, QtMsgType type, const QString &category, const QString &message);

/// From now on everything that Qt's logging is told goes to standard error as logLine().
void installLogFormat();

}
