#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <optional>

// How times and bytes are written in JSON strings (protocol.md §11). Pure functions, any thread.
namespace confab::wire {

/// "2026-11-23T09:33:38.96Z", with 0 or more digits of fraction and any zone; UTC. Invalid if it is
/// no time.
QDateTime parseTime(const QString &text);
/// UTC with exactly three digits of fraction (protocol.md §0, point 10).
QString formatTime(const QDateTime &time);
/// Standard or URL-safe, padded or not. Nothing if it is neither.
std::optional<QByteArray> parseBase64(const QString &text);
QString formatBase64(const QByteArray &bytes);

}
