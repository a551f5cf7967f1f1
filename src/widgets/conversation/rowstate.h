#pragma once

#include "store/search/hitmarker.h"
#include "widgets/conversation/partlayout.h"

#include <optional>

namespace confab {

/// What changes how a row is painted without changing its geometry.
struct RowState {
    int selectionStart = 0; ///< characters of the text shown
    int selectionEnd = 0;
    bool focused = false; ///< by keyboard: ring around the bubble
    bool found = false; ///< just jumped to: band across the conversation
    int hoveredCode = -1; ///< part under the pointer that is a code block; shows copy button, scroll bar
    CodeOffsets offsets;
    bool hovered = false; ///< compact: the row under the pointer
    std::optional<bool> chosen; ///< while several messages are being chosen: whether this one is
    QList<TextRange> marks; ///< what a search has found in the text shown
};

}
