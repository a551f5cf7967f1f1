#pragma once

#include "server/hub/answers.h"
#include "server/hub/link.h"
#include "wire/clientmessage.h"
#include "wire/servermessage.h"

#include <QHash>
#include <QList>

#include <memory>
#include <optional>

namespace confab::server {

struct Topic;
struct User;

/// One connection: who it is, what it is attached to, and which of its requests run or wait. Lives
/// as long as its link or a request that still runs; the link is null once detached.
struct Session {
    enum class Stage { New, Greeted, SignedIn };

    explicit Session(Link *theLink)
        : link(theLink)
    {
    }

    void send(const wire::ServerMessage &message) const;
    void sendEncoded(const QByteArray &utf8) const;
    /// A ctrl that answers no request.
    void tell(const Answer &answer, const wire::TopicName &topic = {},
        const std::optional<wire::CtrlParams> &params = std::nullopt) const;

    const wire::UserId &userId() const;

    Link *link = nullptr;
    Stage stage = Stage::New;
    std::shared_ptr<User> user; ///< set from sign-in on
    QString ua;
    QString lang;
    bool onMe = false;
    bool onFind = false;
    QString findQuery;
    QHash<QString, std::shared_ptr<Topic>> attached; ///< by topic key

    QList<wire::ClientMessage> waiting; ///< a deque takes memory even while it is empty
    int running = 0;
    bool onlyPublishing = false; ///< all that run are `pub`, so another may join them
    bool pumping = false;
};

/// One encode, many recipients.
void sendToAll(const QList<Session *> &sessions, const wire::ServerMessage &message);

} // namespace confab::server
