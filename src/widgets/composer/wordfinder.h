#pragma once

#include "widgets/conversation/emojispans.h"

namespace confab {

/// The words of a text that a dictionary can know: letters of one script with apostrophes in them.
/// Not those with digits or underscores, of one letter, or of scripts that put no space between
/// words.
QList<TextSpan> findWords(QStringView text);

/// The one that this place is in or at the edge of; empty if there is none.
TextSpan wordAt(QStringView text, int position);

}
