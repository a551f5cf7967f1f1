#pragma once

#include "wire/jsonblob.h"

#include <QByteArray>
#include <QString>

namespace confab::wire {

/// theCard, the `public` of users and groups: what people see of each other (protocol.md §12).
/// Reading tolerates anything; wrong types count as absent. Names are cleaned of control and
/// direction-override characters and limited to one line (reliability.md T10).
struct Card {
    QString name; ///< `fn`
    QString note;
    QByteArray photo; ///< image bytes carried in place; empty if none
    QString photoType; ///< "png", "jpeg", ...
    QString photoRef; ///< URL of an image kept elsewhere

    static Card fromPublic(const JsonBlob &blob);
    JsonBlob toPublic() const;
    bool operator==(const Card &) const = default;
};

/// `private.comment` of a topic.
QString privateComment(const JsonBlob &priv);
JsonBlob privateWithComment(const QString &comment);
/// `private` of a topic that is being made: it comes back with the list of chats, and tells whether the
/// topic was made although the answer was lost (reliability.md F14).
JsonBlob privateWithNonce(const QString &nonce);
QString privateNonce(const JsonBlob &priv); ///< empty if there is none

}
