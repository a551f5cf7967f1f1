#pragma once

#include "wire/result.h"

#include <QLocalServer>
#include <QFile>
#include <QObject>
#include <QString>

#include <memory>

namespace confab {

/// Keeps a profile to one program at a time, so that no message is sent twice (reliability.md F20).
/// A second start may ask the first to show its window, and to open a link. The lock is flock(2) on the file "lock", which
/// ends with its process however that ends; QLockFile would wait for the disk at each start (2 to 16 ms
/// measured). GUI thread.
class InstanceLock : public QObject
{
    Q_OBJECT

public:
    /// The error says which program holds the profile.
    static wire::Result<std::unique_ptr<InstanceLock>, QString> take(const QString &folder);
    ~InstanceLock() override;

    /// Listens for later starts; until then they are only refused.
    void listen();
    /// From a later start: true if the holder was reached and shows its window now.
    /// `link` is one line of text, or empty.
    static bool askToShow(const QString &folder, const QString &link = {});

signals:
    void showRequested(const QString &link); ///< empty: nothing is to be opened

private:
    explicit InstanceLock(const QString &folder);
    static QString socketName(const QString &folder);

    QString m_folder;
    QFile m_file;
    QLocalServer m_server;
};

}
