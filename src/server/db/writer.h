#pragma once

#include "server/db/operations.h"

#include <QList>
#include <QMutex>
#include <QString>
#include <QThread>
#include <QWaitCondition>

#include <functional>
#include <optional>

namespace confab::server {

class Applier;
class Connection;

/// The one thread that writes. Group commit: everything that queued up while the last transaction
/// ran goes into the next one. If a transaction fails, its operations are tried again one by one,
/// so that only the guilty one is reported as Failed. Once it had nothing to do for a few seconds
/// it lets go of memory.
class Writer : public QThread
{
    Q_OBJECT

public:
    using Deliver = std::function<void(QList<quint64> tickets, QList<WriteOutcome> outcomes)>;

    struct Entry {
        quint64 ticket;
        WriteOperation operation;
    };

    /// deliver is called on the writer thread after each commit, tickets in the order of enqueue().
    Writer(QString path, Deliver deliver);
    ~Writer() override;

    void enqueue(QList<Entry> entries);
    /// Commits what is queued and ends the thread. Waits for it.
    void finish();
    /// Transactions so far, for tests of group commit.
    int commitCount() const;

protected:
    void run() override;

private:
    QList<Entry> takeBatch(Connection &connection);
    QList<WriteOutcome> commit(Connection &connection, Applier &applier, const QList<Entry> &batch);

    const QString m_path;
    const Deliver m_deliver;
    mutable QMutex m_mutex;
    QWaitCondition m_wake;
    QList<Entry> m_queue;
    bool m_finishing = false;
    int m_commits = 0;
};

} // namespace confab::server
