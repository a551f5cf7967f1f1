#include "server/files/files.h"

#include "server/db/database.h"
#include "server/files/fileid.h"
#include "server/logevent.h"
#include "server/metrics.h"

#include <QDir>

#include <utility>

namespace confab::server {

namespace {

using namespace std::chrono_literals;

constexpr auto kCollectEvery = 5min;
constexpr int kCollectedAtOnce = 200;

}

Files::Files(const ServerOptions &options, Database &database, Metrics &metrics, Clock clock)
    : m_options(options)
    , m_database(database)
    , m_metrics(metrics)
    , m_clock(std::move(clock))
    , m_store(QDir(options.dataDir).filePath(QStringLiteral("files")))
{
    m_collector.setInterval(kCollectEvery);
    connect(&m_collector, &QTimer::timeout, this, &Files::collect);
}

Files::~Files() = default;

std::optional<QString> Files::open()
{
    if (const std::optional<QString> sentence = m_store.open())
        return sentence;
    const QStringList pending = m_store.pending();
    for (const QString &id : pending) {
        if (isFileId(id) && m_database.reader().file(id))
            m_store.accept(id);
        else
            m_store.removePending(id);
    }
    m_collector.start();
    return std::nullopt;
}

std::optional<FileError> Files::refusal(const wire::UserId &user, qint64 bytes) const
{
    if (bytes > m_options.maxFileSize)
        return FileError::TooLarge;
    const qint64 present = m_database.reader().fileBytesOf(user) + m_underWay.value(user);
    if (m_options.fileQuota > 0 && present + bytes > m_options.fileQuota)
        return FileError::QuotaExceeded;
    if (m_store.freeBytes() - bytes < m_options.freeSpaceFloor)
        return FileError::DiskFull;
    return std::nullopt;
}

std::unique_ptr<IncomingFile> Files::receive() const
{
    return m_store.receive(m_options.maxFileSize);
}

void Files::keep(
    std::unique_ptr<IncomingFile> file, const wire::UserId &user, const QObject *context, Kept done)
{
    if (const std::optional<FileError> error = refusal(user, file->size()))
        return done(*error);
    const FileType type = file->type();
    const FileRecord record{file->id(), user, file->size(), type.mime, m_clock()};
    m_underWay[user] += record.size;
    const QPointer<const QObject> guard(context);
    m_store.synchronize(std::move(file), this, [this, record, guard, done](bool ok) {
        if (ok)
            return store(record, guard, done);
        settle(record);
        m_store.removePending(record.id);
        if (guard)
            done(FileError::DiskFull); // nothing else makes fsync fail on a sound disk
    });
}

void Files::store(const FileRecord &record, const QObject *context, const Kept &done)
{
    const QPointer<const QObject> guard(context);
    m_database.write(
        AddFile{record}, this, [this, record, guard, done](const WriteOutcome &outcome) {
            settle(record);
            const bool committed = outcome.status == WriteStatus::Committed;
            const bool kept = committed && m_store.accept(record.id);
            if (!committed)
                m_store.removePending(record.id);
            if (kept) {
                ++m_metrics.uploadedFiles;
                m_metrics.uploadedBytes += quint64(record.size);
            }
            if (!guard)
                return;
            if (kept)
                done(record);
            else
                done(outcome.status == WriteStatus::DiskFailed ? FileError::DiskFull
                                                               : FileError::Failed);
        });
}

void Files::settle(const FileRecord &record)
{
    qint64 &bytes = m_underWay[record.user];
    bytes -= record.size;
    if (bytes <= 0)
        m_underWay.remove(record.user);
}

QDateTime Files::unlinkedUntil(const FileRecord &record) const
{
    return record.created.addSecs(std::chrono::seconds(m_options.unlinkedFileLifetime).count());
}

std::optional<Files::Opened> Files::read(const QString &id) const
{
    const std::optional<FileRecord> record
        = isFileId(id) ? m_database.reader().file(id) : std::nullopt;
    if (!record)
        return std::nullopt;
    std::shared_ptr<QFile> content = m_store.read(id);
    if (!content || content->size() != record->size) {
        LogEvent::warning("file-damaged");
        return std::nullopt;
    }
    return Opened{*record, content};
}

void Files::collect()
{
    const QDateTime before
        = m_clock().addSecs(-std::chrono::seconds(m_options.unlinkedFileLifetime).count());
    for (const QString &id : m_database.reader().unlinkedFiles(before, kCollectedAtOnce)) {
        m_store.retire(id);
        m_database.write(RemoveUnlinkedFile{id}, this, [this, id](const WriteOutcome &outcome) {
            // Somebody may have referred to it meanwhile.
            if (outcome.status == WriteStatus::Committed && outcome.number > 0) {
                m_store.removePending(id);
                ++m_metrics.collectedFiles;
            } else {
                m_store.accept(id);
            }
        });
    }
}

}
