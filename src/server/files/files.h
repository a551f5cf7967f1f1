#pragma once

#include "server/db/records.h"
#include "server/files/filestore.h"
#include "server/serveroptions.h"
#include "wire/result.h"

#include <QHash>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace confab::server {

class Database;
struct Metrics;

/// The uploaded files of all users: who may keep how much, what is known of each, and when one goes
/// that nothing refers to (protocol.md §9.4, reliability.md T26). Hub's thread; database and
/// metrics outlive it.
class Files : public QObject
{
    Q_OBJECT

public:
    using Clock = std::function<QDateTime()>;
    using Kept = std::function<void(wire::Result<FileRecord, FileError>)>;

    Files(
        const ServerOptions &options, Database &database, Metrics &metrics,
        Clock clock = [] { return QDateTime::currentDateTimeUtc(); });
    ~Files() override;

    /// Sorts what a crash left. The error is a sentence for people.
    std::optional<QString> open();

    qint64 maxSize() const { return m_options.maxFileSize; }
    /// Whether so much more of this user would be kept; the empty user stands for all without an
    /// account. Nothing means yes.
    std::optional<FileError> refusal(const wire::UserId &user, qint64 bytes) const;
    std::unique_ptr<IncomingFile> receive() const;
    /// Keeps what was received; done, unless context is gone, once it would survive a power
    /// failure.
    void keep(std::unique_ptr<IncomingFile> file, const wire::UserId &user, const QObject *context,
        Kept done);

    /// When a file goes unless something refers to it by then.
    QDateTime unlinkedUntil(const FileRecord &record) const;

    struct Opened {
        FileRecord record;
        std::shared_ptr<QFile> content;
    };
    /// Nothing if there is no such file, any more or ever.
    std::optional<Opened> read(const QString &id) const;

    /// Removes some of the files that nothing has referred to for long enough, or so many at once.
    /// Runs by itself every few minutes.
    void collect();

private:
    void store(const FileRecord &record, const QObject *context, const Kept &done);
    void settle(const FileRecord &record);

    const ServerOptions m_options;
    Database &m_database;
    Metrics &m_metrics;
    const Clock m_clock;
    FileStore m_store;
    QTimer m_collector;
    QHash<wire::UserId, qint64> m_underWay; ///< bytes received that the database does not know yet
};

}
