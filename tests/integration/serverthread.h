#pragma once

#include "server/server.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <memory>

/// The local server on a thread of its own, as the desktop program runs it. Its folder and its port
/// survive restart().
class ServerThread
{
public:
    explicit ServerThread(confab::server::ServerOptions options = {})
        : m_options(std::move(options))
    {
        m_options.dataDir = m_folder.filePath(QStringLiteral("server"));
        m_thread.start();
        start();
    }
    ~ServerThread()
    {
        stop();
        m_thread.quit();
        m_thread.wait();
    }

    QUrl url(const QString &path = QStringLiteral("/v0/channels")) const
    {
        QUrl url = m_url;
        url.setPath(path);
        return url;
    }

    void start()
    {
        auto *server = new confab::server::Server(m_options);
        server->moveToThread(&m_thread);
        m_server = server;
        QSignalSpy started(server, &confab::server::Server::started);
        QSignalSpy failed(server, &confab::server::Server::failed);
        QMetaObject::invokeMethod(server, &confab::server::Server::start);
        QTRY_VERIFY2(started.size() + failed.size() == 1, "the server did not start");
        QVERIFY2(failed.isEmpty(), qPrintable(failed.value(0).value(0).toString()));
        m_url = started[0][0].toUrl();
        m_options.port = static_cast<quint16>(m_url.port());
    }
    void stop()
    {
        if (!m_server)
            return;
        QSignalSpy stopped(m_server, &confab::server::Server::stopped);
        QMetaObject::invokeMethod(m_server, &confab::server::Server::stop);
        QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, 10'000);
        kill();
    }
    /// Without a word to anybody.
    void kill()
    {
        QSignalSpy gone(m_server, &QObject::destroyed);
        std::exchange(m_server, nullptr)->deleteLater();
        QTRY_COMPARE(gone.size(), 1);
    }

    /// As if somebody had cleared the disk of uploaded files.
    void dropFiles()
    {
        QDir files(m_options.dataDir + QStringLiteral("/files"));
        QVERIFY(files.removeRecursively());
    }

private:
    QTemporaryDir m_folder;
    confab::server::ServerOptions m_options;
    QThread m_thread;
    confab::server::Server *m_server = nullptr;
    QUrl m_url;
};
