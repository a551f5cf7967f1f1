#include "server/server.h"

#include "server/db/database.h"
#include "server/db/folderlock.h"
#include "server/echouser.h"
#include "server/files/files.h"
#include "server/hub/hub.h"
#include "server/logevent.h"
#include "server/net/listener.h"

#include <utility>

namespace confab::server {

Server::Server(ServerOptions options)
    : m_options(std::move(options))
{
}

Server::~Server() = default;

void Server::start()
{
    auto lock = FolderLock::take(m_options.dataDir);
    if (!lock) {
        fail(lock.error());
        return;
    }
    m_lock = std::move(lock).value();
    m_database = std::make_unique<Database>();
    if (const std::optional<QString> sentence = m_database->open(m_options.dataDir)) {
        fail(*sentence);
        return;
    }
    m_hub = std::make_unique<Hub>(m_options, *m_database);
    if (m_options.echoUser)
        m_echo = std::make_unique<EchoUser>(*m_hub);
    m_files = std::make_unique<Files>(m_options, *m_database, m_hub->metrics());
    if (const std::optional<QString> sentence = m_files->open()) {
        fail(*sentence);
        return;
    }
    m_listener = std::make_unique<Listener>(m_options, *m_hub, *m_files);
    // Queued, because the listener is deleted there.
    connect(m_listener.get(), &Listener::closed, this, &Server::finish, Qt::QueuedConnection);
    const auto url = m_listener->listen();
    if (!url) {
        fail(url.error());
        return;
    }
    LogEvent::info("listening").with("url", url->toString());
    emit started(*url);
}

void Server::stop()
{
    if (!m_listener) {
        emit stopped();
        return;
    }
    if (m_stopping)
        return;
    m_stopping = true;
    LogEvent::info("stopping").with("sessions", m_hub->sessionCount());
    m_hub->announceShutdown();
    m_listener->close();
}

void Server::setRegistration(Registration registration)
{
    m_options.registration = registration;
    if (m_hub)
        m_hub->setRegistration(registration);
}

void Server::fail(const QString &sentence)
{
    LogEvent::warning("not-started").with("reason", sentence);
    m_listener.reset();
    tearDown();
    emit failed(sentence);
}

void Server::finish()
{
    m_listener.reset();
    tearDown();
    LogEvent::info("stopped");
    emit stopped();
}

void Server::tearDown()
{
    m_files.reset();
    m_echo.reset();
    m_hub.reset();
    if (m_database)
        m_database->close();
    m_database.reset();
    m_lock.reset();
}

}
