#pragma once

#include "wire/drafty/drafty.h"

#include <QHash>
#include <QStringList>

// Which files of the server a text points to, and how they get their addresses.
namespace confab::wire {

/// References to files of the server itself, each once, in the order of the text: what a server
/// that cleans up has to be told with the message (extra.attachments, protocol.md §4).
QStringList serverReferences(const Drafty &document);

/// What takes the place of a reference: another one, or the bytes themselves.
struct FilledReference {
    QString ref;
    QString base64; ///< with bytes in place of the preview that was there
    bool operator==(const FilledReference &) const = default;
};

/// The same text with other references, by the old ones. Those that are not named stay.
Drafty withReferences(const Drafty &document, const QHash<QString, FilledReference> &filled);

}
