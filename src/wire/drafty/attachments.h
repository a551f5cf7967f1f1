#pragma once

#include "wire/drafty/entity.h"
#include "wire/jsonblob.h"

#include <QByteArray>
#include <QFlags>
#include <QList>
#include <QString>

#include <optional>

namespace confab::wire {

/// What a message carries besides words, by the entities of its Drafty content (protocol.md §8).
enum class EntityKind {
    Link = 1,
    Image = 2,
    File = 4,
    Audio = 8,
    Video = 16,
};
Q_DECLARE_FLAGS(EntityKinds, EntityKind)
Q_DECLARE_OPERATORS_FOR_FLAGS(EntityKinds)

/// An entity that is, or points to, a file. Nothing of it is checked: all of it is the sender's
/// word.
struct Attachment {
    EntityKind kind = EntityKind::File;
    QString mime;
    QString name;
    QByteArray inBand; ///< the file itself, base64 undone; empty if it is only pointed to
    QString reference; ///< address of the file, mostly relative to the server; may be empty
    bool operator==(const Attachment &) const = default;
};

/// None for plain text and whatever is not Drafty.
EntityKinds entityKinds(const JsonBlob &content);
/// Pictures, files, voice and video in the order of the content.
QList<Attachment> attachments(const JsonBlob &content);
/// Nothing in it would be lost by typing its text anew: no media, cards, calls, forms or quotes, which
/// the official clients don't let people edit either (protocol.md §8, §12).
bool isEditable(const JsonBlob &content);
/// What a message answers to a form; looks at nothing else in it.
std::optional<FormReply> formReply(const JsonBlob &content);

}
