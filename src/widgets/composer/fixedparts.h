#pragma once

#include "wire/drafty/markup.h"

#include <QTextCursor>

class QTextDocument;

namespace confab {

// Parts of a text being written that stand for more than their words: mentions, links behind other
// words (wire/drafty/markup.h). They lie in the formats of the document, so that they move with the
// text and come back with undo; what is typed into one ends it.

/// In place of what the cursor has selected. The cursor stands behind it, and what is typed there
/// is no part of it.
void insertFixed(QTextCursor &cursor, const wire::Drafty &content);
/// A text with its parts in place of what the cursor has selected, as one step of undo.
void insertMarked(QTextCursor &cursor, const wire::MarkedText &text);
/// The selected words stand for themselves again.
void clearFixed(QTextCursor &cursor);

/// Those of the document whose words are all there, left to right.
QList<wire::MarkedText::Fixed> fixedParts(const QTextDocument &document);
/// Those of one block that are in one line, by their place in it. Costs nothing where there are
/// none.
QList<wire::MarkedText::Fixed> fixedParts(const QTextBlock &block);
/// Those between two places, counted from the first.
QList<wire::MarkedText::Fixed> fixedParts(const QTextDocument &document, int begin, int end);

}
