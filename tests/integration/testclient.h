#pragma once

#include "service/chatservice.h"
#include "store/archive/archive.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <memory>

/// A whole client without widgets: service, store, archive, network and database threads, in a folder
/// of its own that survives restart().
class TestClient
{
public:
    explicit TestClient(const QUrl &url, confab::ServerKind kind = confab::ServerKind::Tinode)
    {
        m_config.url = url;
        m_config.kind = kind;
        m_config.backoff = {std::chrono::milliseconds(50), std::chrono::milliseconds(500)};
        m_network.start();
        m_database.start();
        make();
    }
    ~TestClient()
    {
        destroy();
        for (QThread *thread : {&m_network, &m_database}) {
            thread->quit();
            thread->wait();
        }
    }

    confab::ChatService &service() { return *m_service; }
    confab::TopicList &topics() { return *m_topics; }
    confab::Topic *topic(const QString &name) { return m_topics->find(name); }
    QString user() const { return m_topics->self(); }
    QByteArray token() const { return m_token; }
    QThread *network() { return &m_network; }
    QString folder() const { return m_folder.path(); }
    QList<confab::Message> heard() const { return m_heard; } ///< by messagesReceived, in this run

    /// The program ends and starts again.
    void restart()
    {
        m_config = m_service->config();
        destroy();
        make();
        m_service->start(m_token);
    }
    void setUrl(const QUrl &url)
    {
        m_config = m_service->config();
        m_config.url = url;
        m_service->setConfig(m_config);
    }
    /// Before the client is used; what it knows is kept.
    void setSessions(confab::SessionFactory sessions) { m_sessions = std::move(sessions); remake(); }
    void setTiming(const confab::ServiceTiming &timing) { m_timing = timing; remake(); }
    void setKeepAlive(const confab::KeepAliveOptions &options)
    {
        m_config.keepAlive = options;
        remake();
    }
    void setPlainText(bool plainText) { m_config.plainText = plainText; remake(); }
    void setPlainChatId(const QString &id) { m_config.plainChatId = id; remake(); }

    /// All rows of a topic as text, pending ones in brackets.
    QStringList rows(const QString &name)
    {
        QStringList texts;
        const confab::Topic *topic = m_topics->find(name);
        for (int row = 0; topic && row < topic->timeline().count(); ++row) {
            texts.append(topic->timeline().isPending(row)
                    ? QLatin1Char('[') + topic->timeline().pending(row).text + QLatin1Char(']')
                    : topic->timeline().message(row).text);
        }
        return texts;
    }

private:
    void make()
    {
        m_topics = std::make_unique<confab::TopicList>();
        m_archive = std::make_unique<confab::Archive>(m_folder.path(), &m_database);
        confab::ChatService::Parts parts;
        parts.sessions = m_sessions;
        parts.timing = m_timing;
        parts.networkThread = &m_network;
        parts.topics = m_topics.get();
        parts.archive = m_archive.get();
        parts.folder = m_folder.path();
        m_service = std::make_unique<confab::ChatService>(m_config, std::move(parts));
        m_heard.clear();
        QObject::connect(m_service.get(), &confab::ChatService::signedIn, m_service.get(),
            [this](const confab::SignedIn &session) { m_token = session.token; });
        QObject::connect(m_service.get(), &confab::ChatService::messagesReceived, m_service.get(),
            [this](const QString &, const QList<confab::Message> &messages) { m_heard += messages; });
    }
    void destroy()
    {
        m_service.reset();
        m_archive.reset();
        m_topics.reset();
    }
    void remake()
    {
        destroy();
        make();
    }

    QTemporaryDir m_folder;
    confab::AccountConfig m_config;
    confab::SessionFactory m_sessions = confab::socketSessionFactory();
    confab::ServiceTiming m_timing;
    QByteArray m_token;
    QList<confab::Message> m_heard;
    QThread m_network;
    QThread m_database;
    std::unique_ptr<confab::TopicList> m_topics;
    std::unique_ptr<confab::Archive> m_archive;
    std::unique_ptr<confab::ChatService> m_service;
};
