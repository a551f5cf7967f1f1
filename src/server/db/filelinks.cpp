#include "server/db/filelinks.h"

#include "server/files/fileid.h"
#include "server/logevent.h"

namespace confab::server {

template <typename... Values>
bool FileLinks::run(const QString &sql, const Values &...values)
{
    Statement statement(m_connection.prepared(sql));
    const bool ok = statement.run(values...);
    if (!ok)
        LogEvent::warning("database-write-failed").with("reason", statement.errorText());
    return ok;
}

bool FileLinks::add(const Link &link)
{
    return run(QStringLiteral("INSERT OR IGNORE INTO filelinks(file, topic, seq, owner)"
                              " SELECT id, ?, ?, ? FROM files WHERE id = ?"),
               link.topicId, link.seq, link.owner, link.file)
        && run(QStringLiteral("UPDATE files SET unlinked = 0 WHERE id = ?"), link.file);
}

bool FileLinks::remove(const Link &link)
{
    return run(QStringLiteral("DELETE FROM filelinks"
                              " WHERE file = ? AND topic = ? AND seq = ? AND owner = ?"),
               link.file, link.topicId, link.seq, link.owner)
        && run(QStringLiteral("UPDATE files SET unlinked = ? WHERE id = ?"
                              " AND NOT EXISTS (SELECT 1 FROM filelinks WHERE file = files.id)"),
            QDateTime::currentDateTimeUtc(), link.file);
}

bool FileLinks::addMessage(qint64 topicId, wire::Seq seq, const QStringList &fileIds)
{
    bool ok = true;
    for (const QString &id : fileIds)
        ok = ok && add({id, topicId, seq, {}});
    return ok;
}

bool FileLinks::removeMessages(qint64 topicId, const wire::SeqRange &range)
{
    QList<Link> links;
    {
        Statement row(m_connection.prepared(
            QStringLiteral("SELECT file, seq FROM filelinks"
                           " WHERE topic = ? AND topic > 0 AND seq >= ? AND seq < ?")));
        if (!row.run(topicId, range.low, range.hi))
            return false;
        while (row.next())
            links.append({row.text(0), topicId, row.number(1), {}});
    }
    bool ok = true;
    for (const Link &link : std::as_const(links))
        ok = ok && remove(link);
    return ok;
}

bool FileLinks::setPhoto(const QString &owner, const QString &photoUrl)
{
    const QString wanted = fileIdOfUrl(photoUrl);
    QStringList present;
    {
        Statement row(m_connection.prepared(
            QStringLiteral("SELECT file FROM filelinks WHERE owner = ? AND owner <> ''")));
        if (!row.run(owner))
            return false;
        while (row.next())
            present.append(row.text(0));
    }
    bool ok = true;
    for (const QString &file : std::as_const(present)) {
        if (file != wanted)
            ok = ok && remove({file, 0, 0, owner});
    }
    return ok && (wanted.isEmpty() || present.contains(wanted) || add({wanted, 0, 0, owner}));
}

}
