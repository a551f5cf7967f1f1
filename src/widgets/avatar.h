#pragma once

#include "widgets/theme.h"

#include <QByteArray>
#include <QPainter>
#include <QRectF>
#include <QString>

namespace confab {

/// What an avatar is painted from.
struct AvatarSource {
    QString id; ///< gives the hue
    QString title; ///< gives the initials
    QByteArray photo; ///< encoded image, may be empty; decoded once and cached
    bool savedMessages = false; ///< bookmark instead of initials
};

/// Circle with photo or initials, as the look says; text scripts that join letters get one letter.
void paintAvatar(QPainter &painter, const QRectF &circle, const AvatarSource &source, const Theme &theme);
/// Presence dot at the right foot of `circle`, with a ring in the colour behind it.
void paintPresence(QPainter &painter, const QRectF &circle, const Theme &theme, const QColor &behind);

QString initialsOf(const QString &title);

}
