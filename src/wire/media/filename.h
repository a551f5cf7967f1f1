#pragma once

#include <QString>

namespace confab::wire {

/// The name that a stranger gave a file, without anything that could lead out of a folder, hide
/// what it is, or be longer than file systems take. Never empty: one that is gets `unnamed`, with
/// the ending that goes with the type.
QString safeFileName(const QString &name, const QString &mime, const QString &unnamed);

}
