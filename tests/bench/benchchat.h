#pragma once

#include "models/messagelistmodel.h"
#include "store/topiclist.h"

namespace confab {

/// An account with one chat of many messages, all loaded. Chats of any size end with the same page.
class BenchChat
{
public:
    explicit BenchChat(int count);

    void add(Seq first, Seq last);
    /// The next ones, as if they had just arrived.
    void append(int count);

    TopicList topics;
    Topic *topic = nullptr;
    MessageListModel model{topics};

private:
    int m_shift = 0; ///< of the texts
    QDateTime m_start;
};

}
