#pragma once

#include "wire/drafty/span.h"

#include <QTextCursor>

namespace confab {

/// Puts the marks of Bold, Italic, Strike or Code (wire/drafty/linemarks.h) around what is
/// selected, or around the word at the caret, or takes them away; lines each for themselves, lines
/// of code between fences. Where marks would not act, as inside a word, the words become a fixed
/// part (fixedparts.h). One step of undo. Returns the cursor to go on with: the words are selected,
/// without their marks.
QTextCursor toggleMark(QTextCursor cursor, wire::SpanKind kind);

/// Makes the selected words a link. False, with nothing done, where there are none in one line.
bool linkSelection(QTextCursor cursor, const QString &url);

}
