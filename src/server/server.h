#pragma once

#include "server/serveroptions.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace confab::server {

class Database;
class FolderLock;
class Hub;
class Listener;
class EchoUser;
class Files;

/// The Tinode-compatible server: composes listener, hub and database. All of it but password hashing
/// and the database writer lives on the thread of this object; move it to a thread of its own before
/// start(). `confabd` runs one on its main thread, `confab` one on a server thread.
class Server : public QObject
{
    Q_OBJECT

public:
    explicit Server(ServerOptions options);
    ~Server() override;

public slots:
    /// Ends with started() or failed(). Called once.
    void start();
    /// Stops accepting, tells clients with 205, commits, then emits stopped(). Within 5 s.
    void stop();
    /// Who may make an account from now on; everything else takes a new start.
    void setRegistration(confab::server::Registration registration);

signals:
    /// Listening, at for example ws://127.0.0.1:6060.
    void started(const QUrl &url);
    /// A sentence for people: the port is taken, the folder can't be written, ...
    void failed(const QString &sentence);
    void stopped();

private:
    void fail(const QString &sentence);
    void finish();
    void tearDown();

    ServerOptions m_options;
    // In this order: each one uses those above it.
    std::unique_ptr<FolderLock> m_lock;
    std::unique_ptr<Database> m_database;
    std::unique_ptr<Hub> m_hub;
    std::unique_ptr<EchoUser> m_echo;
    std::unique_ptr<Files> m_files;
    std::unique_ptr<Listener> m_listener;
    bool m_stopping = false;
};

}
