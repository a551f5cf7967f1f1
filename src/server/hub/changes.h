#pragma once

#include "server/hub/hubstate.h"

#include <functional>

namespace confab::server {

/// Changes what describes accounts and topics: set of desc, tags and aux, and of one's own rights
/// on `me` (protocol.md §9.2).
class Changes
{
public:
    explicit Changes(HubState &hub)
        : m_hub(hub)
    {
    }

    /// Own rights and private notes are all that a session may set without being attached.
    using SetOwnSub
        = std::function<void(const RequestPtr &, const TopicPtr &, const wire::SetSub &)>;
    void setUnattached(
        const RequestPtr &request, const wire::SetQuery &query, const SetOwnSub &setSub);

    void setMe(const RequestPtr &request, const wire::SetQuery &query);
    void setDesc(const RequestPtr &request, const TopicPtr &topic, const wire::SetDesc &desc);
    void setTags(const RequestPtr &request, const TopicPtr &topic, const QStringList &tags);
    void setAux(const RequestPtr &request, const TopicPtr &topic, const wire::JsonBlob &aux);

private:
    void setMyDesc(const RequestPtr &request, const wire::SetDesc &desc);
    void setMyTags(const RequestPtr &request, const QStringList &tags);
    void setMyMode(const RequestPtr &request, const wire::SetSub &set);
    void setPrivate(const RequestPtr &request, const TopicPtr &topic, const wire::JsonBlob &patch);

    HubState &m_hub;
};

}
