#pragma once

#include <QLockFile>
#include <QObject>
#include <QThread>
#include <QTimer>
#include <QUrl>

namespace confab::server {
class Server;
}

namespace confab {

/// The server of "Start on this computer": one for all profiles of this user, on loopback, in a thread
/// of the program that came first. The others find its address in the folder; when that program ends,
/// the next one to ask takes over, on the same port. GUI thread.
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

signals:
    void available(const QUrl &channels);
    void failed(const QString &sentence);

private:
    void host();
    void lookForAddress();
    void hosted(const QUrl &url);
    void giveUp(const QString &sentence);
    QUrl knownAddress() const;
    QString addressFile() const;

    QString m_folder;
    QLockFile m_lock;
    QThread m_thread;
    server::Server *m_server = nullptr; ///< lives on m_thread
    QUrl m_url; ///< once it listens
    QTimer m_look; ///< for the address, while another program is starting its server
    int m_looks = 0;
};

}
