#pragma once

#include <QtGlobal>

namespace confab {

/// How often this program has had a piece of text shaped so far: HarfBuzz is called through a function of
/// the same name that counts. Only where shapings.cpp is linked into the program itself.
quint64 shapingsMade();

}
