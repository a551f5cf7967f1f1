#pragma once

#include "server/hub/answers.h"
#include "server/hub/session.h"

#include <QDateTime>

#include <functional>
#include <memory>

namespace confab::server {

/// One client message while it is being served. Whoever still has to answer holds it; when the last
/// holder lets go, the session goes on with its next message. A request without id gets only
/// refusals.
class Request {
public:
    Request(std::shared_ptr<Session> session, QString id, wire::TopicName topic,
        std::function<void()> finished);
    ~Request();
    Request(const Request &) = delete;
    Request &operator=(const Request &) = delete;

    Session &session() const { return *m_session; }
    /// To keep the session while a commit or a password check runs.
    const std::shared_ptr<Session> &sharedSession() const { return m_session; }
    User &user() const { return *m_session->user; }
    const wire::UserId &userId() const { return m_session->userId(); }
    const QString &id() const { return m_id; }
    /// Of the client, as far as it is still there.
    QString address() const;
    /// As the client named it; setTopic() after `new` got its real name.
    const wire::TopicName &topic() const { return m_topic; }
    void setTopic(const wire::TopicName &topic) { m_topic = topic; }
    /// When the request came: the time of everything that it changes.
    const QDateTime &time() const { return m_time; }
    void setTime(const QDateTime &time) { m_time = time; }

    void reply(
        const Answer &answer, const std::optional<wire::CtrlParams> &params = std::nullopt) const;
    /// 204 or 208 for one part of a get.
    void replyPart(
        const Answer &answer, const QString &what, std::optional<int> count = std::nullopt) const;
    /// Fills in id, topic and time.
    void reply(wire::Meta meta) const;

private:
    std::shared_ptr<Session> m_session;
    QString m_id;
    wire::TopicName m_topic;
    QDateTime m_time;
    std::function<void()> m_finished;
};

using RequestPtr = std::shared_ptr<Request>;

} // namespace confab::server
