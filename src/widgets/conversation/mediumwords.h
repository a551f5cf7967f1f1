#pragma once

#include "wire/drafty/entity.h"

#include <QString>

// Words and icons of media in a conversation. Pure functions, any thread.
namespace confab {

QString mediumTitle(const wire::Entity &medium); ///< file name, contact, or what it is
QString mediumDetail(const wire::Entity &medium); ///< size, duration, number; may be empty
QString mediumIcon(const wire::Entity &medium);
/// By type and name of a file.
QString fileIcon(const QString &mime, const QString &name);
QString progressText(qreal share, qint64 size); ///< "1.2 of 5.0 MB"
QString durationText(int milliseconds); ///< "1:05"
QString forwardedText(const QString &name);

inline constexpr int kForwardIcon = 14;

}
