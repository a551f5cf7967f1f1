#include "server/hub/request.h"

#include <utility>

namespace confab::server {

Request::Request(std::shared_ptr<Session> session, QString id, wire::TopicName topic,
    std::function<void()> finished)
    : m_session(std::move(session))
    , m_id(std::move(id))
    , m_topic(std::move(topic))
    , m_time(QDateTime::currentDateTimeUtc())
    , m_finished(std::move(finished))
{
}

Request::~Request()
{
    m_finished();
}

QString Request::address() const
{
    return m_session->link ? m_session->link->remoteAddress() : QString();
}

void Request::reply(const Answer &answer, const std::optional<wire::CtrlParams> &params) const
{
    if (m_id.isEmpty() && answer.code < kMalformed.code)
        return;
    wire::Ctrl ctrl;
    ctrl.id = m_id;
    ctrl.topic = m_topic;
    ctrl.code = answer.code;
    ctrl.text = answer.text;
    ctrl.ts = m_time;
    ctrl.params = params;
    m_session->send(ctrl);
}

void Request::replyPart(const Answer &answer, const QString &what, std::optional<int> count) const
{
    wire::CtrlParams params;
    params.what = what;
    params.count = count;
    reply(answer, params);
}

void Request::reply(wire::Meta meta) const
{
    meta.id = m_id;
    meta.topic = m_topic;
    meta.ts = m_time;
    m_session->send(meta);
}

} // namespace confab::server
