#pragma once

#include "app/common/localaccounts.h"

#include <QLockFile>
#include <QObject>
#include <QStringList>
#include <QThread>
#include <QThreadPool>
#include <QTimer>
#include <QUrl>

namespace confab::server {
class Server;
}

namespace confab {

/// The server of "Start on this computer": one for all profiles of this user, in a thread
/// of the program that came first. The others find its address in the folder; when that program ends,
/// the next one to ask takes over, on the same port. On loopback only, unless it is shared with the
/// networks of this computer. GUI thread.
class LocalServerHost : public QObject
{
    Q_OBJECT

public:
    explicit LocalServerHost(const QString &folder, QObject *parent = nullptr);
    /// Stops the server if it is ours, and waits until its last commit.
    ~LocalServerHost() override;

    /// Ends with available() or failed(). May be asked again at any time, as when the link is lost.
    void ensure();
    bool isHosting() const { return m_server != nullptr; }
    /// Some program of this user has started it.
    bool isKnown() const { return knownAddress().isValid(); }
    QString folder() const { return m_folder; }

    /// Whether other computers may connect; kept in the folder.
    bool isShared() const;
    /// A server that runs here starts again at once, on the same port, and tells with available().
    void setShared(bool shared);
    /// Where clients connect, as people type it: this computer's addresses on its networks if it is
    /// shared, otherwise loopback.
    QStringList addresses() const;

    /// Whether others have to bring an invite code to make an account; kept in the folder. Programs
    /// on this computer never do.
    bool isByInvite() const;
    void setByInvite(bool byInvite);

    LocalAccounts &accounts() { return m_accounts; }
    /// Ends with backedUp(). One at a time.
    void backUp(const QString &file);

signals:
    void available(const QUrl &channels);
    void failed(const QString &sentence);
    void backupProgressed(int percent);
    /// An empty error: all went well; otherwise a sentence.
    void backedUp(const QString &file, const QString &error);

private:
    void host();
    void lookForAddress();
    void hosted(const QUrl &url);
    void keepAddress();
    void giveUp(const QString &sentence);
    void endServer();
    QUrl knownAddress() const;
    QString addressFile() const;
    QString sharedFile() const;
    QString inviteFile() const;
    /// A choice is a file that is there or not; false after failed().
    bool keepChoice(const QString &file, bool chosen);

    QString m_folder;
    QLockFile m_lock;
    QThread m_thread;
    server::Server *m_server = nullptr; ///< lives on m_thread
    QUrl m_url; ///< once it listens
    QTimer m_look; ///< for the address, while another program is starting its server
    int m_looks = 0;
    LocalAccounts m_accounts;
    QThreadPool m_work; ///< backups, which wait for the disk
};

}
