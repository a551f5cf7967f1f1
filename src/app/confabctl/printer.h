#pragma once

#include "service/chatservice.h"
#include "store/search/searchhit.h"
#include "store/topiclist.h"

namespace confab {

/// Writes results to standard output: readable lines, or one JSON object a line. Each line is flushed,
/// so that a pipe sees it at once.
class Printer
{
public:
    explicit Printer(bool json)
        : m_json(json)
    {
    }

    void message(const TopicList &topics, const TopicName &topic, const Message &message) const;
    void topic(const Topic &topic) const;
    void hit(const TopicList &topics, const SearchHit &hit, const QString &snippet) const;
    void found(const FoundTopic &found) const;
    void pending(const PendingMessage &message) const; ///< of the outbox
    /// How far a message has come; printed as JSON only.
    void queued(const TopicName &topic, const QString &cid) const;
    void sent(const TopicName &topic, const QString &cid, Seq seq) const;
    void whoAmI(const UserId &user, const QString &name, const QString &login, const QString &server) const;

private:
    bool m_json;
};

/// To standard error, with the program's name: what happened and what to do.
void complain(const QString &sentence);

}
