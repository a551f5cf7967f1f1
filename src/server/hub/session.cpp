#include "server/hub/session.h"

#include "server/hub/users.h"
#include "wire/servercodec.h"

namespace confab::server {

void Session::send(const wire::ServerMessage &message) const
{
    if (link)
        link->send(wire::encode(message));
}

void Session::sendEncoded(const QByteArray &utf8) const
{
    if (link)
        link->send(utf8);
}

void Session::tell(const Answer &answer, const wire::TopicName &topic,
    const std::optional<wire::CtrlParams> &params) const
{
    wire::Ctrl ctrl;
    ctrl.topic = topic;
    ctrl.code = answer.code;
    ctrl.text = answer.text;
    ctrl.ts = QDateTime::currentDateTimeUtc();
    ctrl.params = params;
    send(ctrl);
}

const wire::UserId &Session::userId() const
{
    static const wire::UserId kNobody;
    return user ? user->record.id : kNobody;
}

void sendToAll(const QList<Session *> &sessions, const wire::ServerMessage &message)
{
    if (sessions.isEmpty())
        return;
    const QByteArray utf8 = wire::encode(message);
    for (const Session *session : sessions)
        session->sendEncoded(utf8);
}

} // namespace confab::server
