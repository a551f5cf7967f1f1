#pragma once

#include "server/hub/hubstate.h"

namespace confab::server {

/// The topic `fnd`: a query for each session, answered from tags and, because people look for
/// people, from login names, aliases and words of display names (protocol.md §9.2).
class Find
{
public:
    explicit Find(HubState &hub)
        : m_hub(hub)
    {
    }

    void set(const RequestPtr &request, const wire::SetQuery &query);
    void answer(const RequestPtr &request, const wire::GetQuery &query);

private:
    void answerSub(const RequestPtr &request);
    void answerTags(const RequestPtr &request, const QStringList &tags);
    std::optional<wire::Subscription> line(const FoundRecord &found, const wire::UserId &seeker);

    HubState &m_hub;
};

} // namespace confab::server
