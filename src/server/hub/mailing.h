#pragma once

#include "server/hub/session.h"
#include "wire/servermessage.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace confab::server {

/// What many sessions are about to be sent: each different packet is encoded once, however many get
/// it. Meant for a few variants, such as the two names of a direct chat.
template <typename Packet>
class Mailing
{
public:
    void add(const Packet &packet, Session *session) { variant(packet).append(session); }
    void add(const Packet &packet, const QList<Session *> &sessions)
    {
        if (!sessions.isEmpty())
            variant(packet) += sessions;
    }
    void send() const
    {
        for (const auto &[packet, sessions] : m_variants)
            sendToAll(sessions, packet);
    }

private:
    QList<Session *> &variant(const Packet &packet)
    {
        const auto known = std::find_if(m_variants.begin(), m_variants.end(),
            [&packet](const auto &entry) { return entry.first == packet; });
        if (known != m_variants.end())
            return known->second;
        return m_variants.emplace_back(packet, QList<Session *>()).second;
    }

    std::vector<std::pair<Packet, QList<Session *>>> m_variants;
};

/// News on a topic, for some to add to.
inline wire::Pres presOn(const wire::TopicName &topic, wire::PresKind what, const QString &src = {})
{
    wire::Pres pres;
    pres.topic = topic;
    pres.what = what;
    pres.src = src;
    return pres;
}

}
