#pragma once

#include "wire/drafty/markup.h"

class QMimeData;

namespace confab {

/// Words with the styles that a message can have: rich text, Markdown, or a text of our own, with
/// everything else of it dropped; otherwise the words alone. Loads nothing from anywhere.
wire::MarkedText pastedText(const QMimeData &data);

/// The same words as they are, without marks that act by themselves.
wire::MarkedText plainPastedText(const QMimeData &data);

/// What a part of our own text is on the clipboard, beside its words.
QMimeData *copiedText(const wire::MarkedText &text);

}
