#pragma once

#include "wire/ids.h"
#include "wire/jsonblob.h"

#include <QList>

// Messages that everybody finds above a chat, as `aux.pins` lists them (protocol.md §12).
namespace confab::wire {

inline constexpr int kMaxPins = 5; ///< more push out the oldest

/// The oldest pin first; what is no message number is left out.
QList<Seq> pinsOfAux(const JsonBlob &aux);
/// For `{set aux}`, which merges: nothing else of it is touched.
JsonBlob auxOfPins(const QList<Seq> &pins);

}
