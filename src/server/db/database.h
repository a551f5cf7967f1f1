#pragma once

#include "server/db/finder.h"
#include "server/db/operations.h"
#include "server/db/reader.h"
#include "server/db/writer.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <optional>

namespace confab::server {

class Connection;

/// The server's files: confab.db (SQLite, WAL) and key (256 random bits that sign the tokens), both
/// with mode 0600 in a folder with mode 0700. Reads happen on the thread of this object, writes on
/// a thread of its own; the two see the same file through WAL.
class Database : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<void(const WriteOutcome &)>;

    explicit Database(QObject *parent = nullptr);
    ~Database() override;

    /// The error is a sentence for people. Called once.
    std::optional<QString> open(const QString &dataDir);
    /// Commits what was written; nothing is delivered any more.
    void close();

    const Reader &reader() const { return m_reader; }
    const Finder &finder() const { return m_finder; }
    const QByteArray &tokenKey() const { return m_tokenKey; }
    /// A topic id that was never used.
    qint64 takeTopicId() { return ++m_lastTopicId; }

    /// Queues the operation; what is written in one turn of the event loop reaches the writer
    /// together, so that it shares a transaction. done runs on this object's thread after the
    /// commit, in the order of the calls, unless context is gone by then.
    void write(WriteOperation operation, const QObject *context, Done done);
    void write(WriteOperation operation);

    /// What reading has kept in memory; writing lets go of its own after a rest.
    void releaseMemory();

    /// Transactions so far.
    int commitCount() const;

private:
    struct Waiting {
        QPointer<const QObject> context;
        Done done;
    };

    void queue(quint64 ticket, WriteOperation operation);
    void handOver();
    void deliver(const QList<quint64> &tickets, const QList<WriteOutcome> &outcomes);

    std::unique_ptr<Connection> m_connection;
    Reader m_reader;
    Finder m_finder;
    std::unique_ptr<Writer> m_writer;
    QList<Writer::Entry> m_queued; ///< in this turn
    QHash<quint64, Waiting> m_waiting;
    quint64 m_lastTicket = 0;
    qint64 m_lastTopicId = 0;
    QByteArray m_tokenKey;
};

} // namespace confab::server
