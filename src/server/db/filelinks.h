#pragma once

#include "server/db/connection.h"
#include "wire/ids.h"

#include <QStringList>

namespace confab::server {

/// Who refers to which stored file: messages and the public photos of users and groups (protocol.md
/// §9.4). Counts by rows, so that nothing can drift. A file that loses its last reference is marked
/// with the time, and is collected when it has been without for long enough. Called by the applier,
/// inside its transaction; false means that a statement failed.
class FileLinks
{
public:
    explicit FileLinks(Connection &connection)
        : m_connection(connection)
    {
    }

    /// Ids of no file are skipped.
    bool addMessage(qint64 topicId, wire::Seq seq, const QStringList &fileIds);
    /// Messages [range.low, range.hi).
    bool removeMessages(qint64 topicId, const wire::SeqRange &range);
    /// What a user or group shows of itself refers to this one file, or to none.
    bool setPhoto(const QString &owner, const QString &photoUrl);

private:
    struct Link {
        QString file;
        qint64 topicId = 0; ///< 0 for photos
        wire::Seq seq = 0;
        QString owner; ///< of a photo
    };

    template <typename... Values>
    bool run(const QString &sql, const Values &...values);
    bool add(const Link &link);
    bool remove(const Link &link);

    Connection &m_connection;
};

}
