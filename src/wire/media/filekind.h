#pragma once

#include <QByteArrayView>
#include <QString>

// What a file is by its first bytes and its name, whatever its sender says. Pure functions.
namespace confab::wire {

/// Containers of sound and film that are played; none of them is a playlist, which could name other
/// places (reliability.md T13).
bool isPlayable(QByteArrayView head);

/// Something that a click could run: by its first bytes, or by a name that a desktop runs.
bool isExecutable(const QString &name, QByteArrayView head);

}
