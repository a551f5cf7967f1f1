#pragma once

#include "store/archive/archive.h"
#include "store/archive/database.h"

namespace confab {

/// outbox.db: what the person has written and no server has confirmed. It exists nowhere else, so
/// each commit is synchronous (R1) and each row carries a checksum (F19). Same thread and errors as
/// Database.
class OutboxFile
{
public:
    explicit OutboxFile(const QString &folder);

    bool open() { return m_database.open(Database::Check::Always); }
    void close() { m_database.close(); }
    void releaseMemory() { m_database.releaseMemory(); }
    bool isOpen() const { return m_database.isOpen(); }
    bool setAside() { return m_database.setAside(); }
    const SqlFailure &failure() const { return m_database.failure(); }

    /// After setAside() and open(): takes over what can still be read. Gives the number of rows.
    int salvage();

    /// In the order of enqueue(). What was on its way is Queued again; a row whose checksum is
    /// wrong is Failed with `damaged` as its sentence, so that no altered text is sent unseen.
    bool load(ArchiveSnapshot &snapshot, const QString &damaged);

    /// A cid that is here already is replaced. A draft that the message begins with is gone.
    bool enqueue(const PendingMessage &message);
    bool update(const PendingMessage &message);
    bool drop(const QString &cid);
    bool saveDraft(const TopicName &topic, const Draft &draft);
    bool saveEpoch(const QString &epoch);

private:
    bool saveUploads(const PendingMessage &message);
    bool loadUploads(QList<PendingMessage> &messages);

    Database m_database;
};

}
