#pragma once

#include "server/server.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

/// A server on a free port of loopback, on the test's own thread, with a folder of its own that
/// survives restart().
class RunningServer
{
public:
    explicit RunningServer(confab::server::ServerOptions options = {})
        : m_options(std::move(options))
    {
        m_options.dataDir = m_folder.filePath(QStringLiteral("server"));
        start();
    }
    ~RunningServer() { stop(); }

    QUrl url(const QString &path = QStringLiteral("/v0/channels")) const
    {
        QUrl url = m_url;
        url.setPath(path);
        return url;
    }
    quint16 port() const { return static_cast<quint16>(m_url.port()); }
    confab::server::ServerOptions &options() { return m_options; }

    void restart()
    {
        stop();
        start();
    }
    void stop()
    {
        if (!m_server)
            return;
        QSignalSpy stopped(m_server.get(), &confab::server::Server::stopped);
        m_server->stop();
        QTRY_COMPARE(stopped.size(), 1);
        m_server.reset();
    }

private:
    void start()
    {
        m_server = std::make_unique<confab::server::Server>(m_options);
        QSignalSpy started(m_server.get(), &confab::server::Server::started);
        QSignalSpy failed(m_server.get(), &confab::server::Server::failed);
        m_server->start();
        QVERIFY2(failed.isEmpty(), qPrintable(failed.value(0).value(0).toString()));
        QCOMPARE(started.size(), 1);
        m_url = started[0][0].toUrl();
    }

    QTemporaryDir m_folder;
    confab::server::ServerOptions m_options;
    QUrl m_url;
    std::unique_ptr<confab::server::Server> m_server;
};
