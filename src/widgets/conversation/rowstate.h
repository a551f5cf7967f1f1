#pragma once

#include "store/search/hitmarker.h"

#include <QList>

namespace confab {

/// What changes how a row is painted without changing its geometry.
struct RowState {
    int selectionStart = 0; ///< characters of the text shown
    int selectionEnd = 0;
    bool focused = false; ///< by keyboard: ring around the bubble
    bool found = false; ///< just jumped to: band across the conversation
    QList<TextRange> marks; ///< what a search has found in the text shown
};

}
