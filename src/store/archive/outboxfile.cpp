#include "store/archive/outboxfile.h"

#include "store/archive/columns.h"
#include "store/archive/salvage.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>

namespace confab {

using namespace columns;

namespace {

Database::Migrations migrations()
{
    return {
        {
            QStringLiteral("CREATE TABLE outbox("
                           "id INTEGER PRIMARY KEY AUTOINCREMENT, cid TEXT NOT NULL UNIQUE,"
                           "topic TEXT NOT NULL, head BLOB, content BLOB, text TEXT,"
                           "sha256 BLOB NOT NULL, created INTEGER, state INTEGER NOT NULL,"
                           "tries INTEGER NOT NULL, error TEXT)"),
            QStringLiteral("CREATE TABLE drafts(topic TEXT PRIMARY KEY, text TEXT NOT NULL) "
                           "WITHOUT ROWID"),
        },
        {
            QStringLiteral("ALTER TABLE outbox ADD COLUMN reason INTEGER NOT NULL DEFAULT 0"),
            QStringLiteral("ALTER TABLE outbox ADD COLUMN after INTEGER NOT NULL DEFAULT 0"),
            QStringLiteral("CREATE TABLE server("
                           "id INTEGER PRIMARY KEY CHECK (id = 1), epoch TEXT NOT NULL)"),
        },
        {
            QStringLiteral("ALTER TABLE drafts ADD COLUMN caret INTEGER NOT NULL DEFAULT -1"),
            QStringLiteral("ALTER TABLE drafts ADD COLUMN reply_to INTEGER NOT NULL DEFAULT 0"),
            QStringLiteral("ALTER TABLE drafts ADD COLUMN edits INTEGER NOT NULL DEFAULT 0"),
        },
        {
            QStringLiteral("CREATE TABLE uploads("
                           "id TEXT PRIMARY KEY, cid TEXT NOT NULL, position INTEGER NOT NULL,"
                           "mime TEXT, name TEXT, size INTEGER NOT NULL, ref TEXT, "
                           "expires INTEGER) WITHOUT ROWID"),
            QStringLiteral("CREATE INDEX uploads_of ON uploads(cid)"),
        },
        {
            // The words without marks, as a message made from the draft reads.
            QStringLiteral("ALTER TABLE drafts ADD COLUMN words TEXT"),
            QStringLiteral("ALTER TABLE drafts ADD COLUMN fixed BLOB"),
        },
    };
}

/// What the column state says; the order of Delivery may change, files do not.
enum class StoredState { Waiting = 0, Failed = 1 };

StoredState storedState(Delivery state)
{
    return state == Delivery::Failed ? StoredState::Failed : StoredState::Waiting;
}

/// As stored: numbers in files stay what they are when the enum changes.
constexpr std::array kReasons{StuckReason::None, StuckReason::TooLarge, StuckReason::NotAllowed,
    StuckReason::ChatGone, StuckReason::Refused, StuckReason::ServerFault, StuckReason::Unanswered,
    StuckReason::Damaged};

int storedReason(StuckReason reason)
{
    return int(std::find(kReasons.begin(), kReasons.end(), reason) - kReasons.begin());
}

StuckReason toReason(int stored)
{
    return stored >= 0 && size_t(stored) < kReasons.size() ? kReasons[size_t(stored)]
                                                           : StuckReason::Refused;
}

/// Of all that is sent or shown. Lengths keep the parts apart.
QByteArray checksum(const PendingMessage &message)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const QByteArrayList parts{message.cid.toUtf8(), message.topic.toUtf8(),
                               message.head.blob().bytes(), message.content.bytes(),
                               message.text.toUtf8()};
    for (const QByteArray &part : parts) {
        hash.addData(QByteArray::number(part.size()) + ':');
        hash.addData(part);
    }
    return hash.result();
}

/// In the order of the columns after cid.
QVariantList values(const PendingMessage &message)
{
    return {message.topic,       fromBlob(message.head.blob()),    fromBlob(message.content),
            message.text,        checksum(message),                fromTime(message.created),
            int(storedState(message.state)), message.tries, message.error,
            storedReason(message.reason), message.after};
}

PendingMessage toPending(const SqlRow &row, const QString &damaged)
{
    PendingMessage message;
    message.cid = row.text(0);
    message.topic = row.text(1);
    message.head = wire::Head(toBlob(row, 2));
    message.content = toBlob(row, 3);
    message.text = row.text(4);
    message.created = toTime(row, 6);
    const bool failed = row.integer(7) == int(StoredState::Failed);
    message.state = failed ? Delivery::Failed : Delivery::Queued;
    message.tries = row.integer(8);
    message.error = row.text(9);
    message.reason = toReason(row.integer(10));
    message.after = row.integer(11);
    if (row.bytes(5) != checksum(message)) {
        message.state = Delivery::Failed;
        message.reason = StuckReason::Damaged;
        message.error = damaged;
    }
    return message;
}

}

OutboxFile::OutboxFile(const QString &folder)
    : m_database(folder + QStringLiteral("/outbox.db"), Database::Durability::Full, migrations())
{
}

bool OutboxFile::saveUploads(const PendingMessage &message)
{
    bool saved = true;
    for (int i = 0; saved && i < message.uploads.size(); ++i) {
        const Upload &upload = message.uploads.at(i);
        saved = m_database.run(
            QStringLiteral("INSERT OR REPLACE INTO uploads(id, cid, position, mime, name, size, ref, "
                           "expires) VALUES(?, ?, ?, ?, ?, ?, ?, ?)"),
            {upload.id, message.cid, i, upload.mime, upload.name, upload.size, upload.ref,
             fromTime(upload.expires)});
    }
    return saved;
}

bool OutboxFile::loadUploads(QList<PendingMessage> &messages)
{
    QHash<QString, qsizetype> places;
    for (qsizetype i = 0; i < messages.size(); ++i)
        places.insert(messages.at(i).cid, i);
    return m_database.each(
        QStringLiteral("SELECT cid, id, mime, name, size, ref, expires FROM uploads "
                       "ORDER BY cid, position"),
        {}, [&](const SqlRow &row) {
            const qsizetype place = places.value(row.text(0), -1);
            if (place >= 0)
                messages[place].uploads.append({row.text(1), row.text(2), row.text(3),
                                                row.number(4), row.text(5), toTime(row, 6)});
        });
}

bool OutboxFile::load(ArchiveSnapshot &snapshot, const QString &damaged)
{
    return m_database.each(QStringLiteral("SELECT cid, topic, head, content, text, sha256, created, "
                                          "state, tries, error, reason, after FROM outbox "
                                          "ORDER BY id"),
                           {},
                           [&](const SqlRow &row) {
                               snapshot.outbox.append(toPending(row, damaged));
                           })
        && loadUploads(snapshot.outbox)
        && m_database.each(QStringLiteral("SELECT topic, text, caret, reply_to, edits, "
                                          "fixed FROM drafts"),
                           {}, [&](const SqlRow &row) {
                               snapshot.drafts.insert(
                                   row.text(0),
                                   {row.text(1), row.integer(2),
                                    row.integer(3), row.integer(4),
                                    wire::fixedFromBlob(toBlob(row, 5))});
                           })
        && m_database.each(QStringLiteral("SELECT epoch FROM server"), {},
                           [&](const SqlRow &row) { snapshot.epoch = row.text(0); });
}

int OutboxFile::salvage()
{
    return confab::salvage(m_database.asidePath(), m_database,
                           {QStringLiteral("outbox"), QStringLiteral("drafts"),
                            QStringLiteral("uploads")});
}

bool OutboxFile::enqueue(const PendingMessage &message)
{
    // The draft that it was goes with it, or a crash right after would bring it back.
    return m_database.transaction([&] {
        return m_database.run(
                   QStringLiteral(
                       "INSERT INTO outbox(cid, topic, head, content, text, sha256, created, state, "
                       "tries, error, reason, after) "
                       "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                       "ON CONFLICT(cid) DO UPDATE SET topic=excluded.topic, head=excluded.head, "
                       "content=excluded.content, text=excluded.text, sha256=excluded.sha256, "
                       "created=excluded.created, state=excluded.state, tries=excluded.tries, "
                       "error=excluded.error, reason=excluded.reason, after=excluded.after"),
                   QVariantList{message.cid} + values(message))
            && saveUploads(message)
            && m_database.run(QStringLiteral("DELETE FROM drafts WHERE topic = ?1 "
                                             "AND (substr(?2, 1, length(text)) = text "
                                             "OR substr(?2, 1, length(words)) = words)"),
                              {message.topic, message.text});
    });
}

bool OutboxFile::update(const PendingMessage &message)
{
    return m_database.transaction([&] {
        return saveUploads(message)
            && m_database.run(
                QStringLiteral("UPDATE outbox SET topic=?, head=?, content=?, text=?, sha256=?, "
                               "created=?, state=?, tries=?, error=?, reason=?, after=? "
                               "WHERE cid=?"),
                values(message) + QVariantList{message.cid});
    });
}

bool OutboxFile::drop(const QString &cid)
{
    return m_database.transaction([&] {
        return m_database.run(QStringLiteral("DELETE FROM uploads WHERE cid = ?"), {cid})
            && m_database.run(QStringLiteral("DELETE FROM outbox WHERE cid = ?"), {cid});
    });
}

bool OutboxFile::saveDraft(const TopicName &topic, const Draft &draft)
{
    if (draft.isEmpty())
        return m_database.run(QStringLiteral("DELETE FROM drafts WHERE topic = ?"), {topic});
    // An empty text is not NULL, whatever QString says.
    const QString text = draft.text.isNull() ? QLatin1String("") : draft.text;
    const QString words = wire::parseMarkup({text, draft.fixed, {}}).trimmed().text();
    return m_database.run(QStringLiteral("INSERT OR REPLACE INTO drafts(topic, text, caret, reply_to, "
                                         "edits, words, fixed) VALUES(?, ?, ?, ?, ?, ?, ?)"),
                          {topic, text, draft.caret, draft.replyTo, draft.edits, words,
                           fromBlob(wire::toBlob(draft.fixed))});
}

bool OutboxFile::saveEpoch(const QString &epoch)
{
    return m_database.run(QStringLiteral("INSERT OR REPLACE INTO server(id, epoch) VALUES(1, ?)"),
                          {epoch});
}

}
