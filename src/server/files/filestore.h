#pragma once

#include "server/files/incomingfile.h"

#include <QFile>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QThreadPool>

#include <functional>
#include <memory>
#include <optional>

namespace confab::server {

/// Uploaded files on disk: one folder with mode 0700 in the data folder, files with mode 0600 named
/// by their ids, and `pending/` in it for those that come or go. A file belongs in the folder when
/// the database has its row; what a crash left in `pending/` is sorted by that at the next start.
/// Hub's thread; waiting for the disk happens on a thread of its own.
class FileStore : public QObject
{
    Q_OBJECT

public:
    explicit FileStore(const QString &folder, QObject *parent = nullptr);
    ~FileStore() override;

    /// Makes the folders. The error is a sentence for people.
    std::optional<QString> open();

    qint64 freeBytes() const;
    std::unique_ptr<IncomingFile> receive(qint64 maxSize) const;
    /// Puts the received bytes on the disk for good; done with whether that worked, on this thread,
    /// unless context is gone. The file is still pending then.
    void synchronize(
        std::unique_ptr<IncomingFile> file, const QObject *context, std::function<void(bool)> done);

    /// Into the folder: its row is committed.
    bool accept(const QString &id) const;
    /// Out of it: its row is about to go. removePending() follows, or accept() if it stayed.
    void retire(const QString &id) const;
    void removePending(const QString &id) const;
    QStringList pending() const;

    /// To read from; null when it is not there.
    std::unique_ptr<QFile> read(const QString &id) const;

private:
    struct Waiting {
        QPointer<const QObject> context;
        std::function<void(bool)> done;
    };

    void deliver(quint64 job, bool ok);
    QString path(const QString &id) const;
    QString pendingPath(const QString &id) const;

    const QString m_folder;
    const QString m_pendingFolder;
    QHash<quint64, Waiting> m_waiting;
    quint64 m_lastJob = 0;
    QThreadPool m_pool;
};

}
