#pragma once

#include "service/attachments.h"
#include "service/requesttable.h"
#include "service/roster.h"
#include "service/serviceerror.h"
#include "service/storewriter.h"

#include <QObject>

namespace confab {

/// What a person does to chats as a whole: begin one, make a group, leave, and change the own name.
/// GUI thread.
class TopicActions : public QObject
{
    Q_OBJECT

public:
    TopicActions(StoreWriter *writer, RequestTable *requests, Attachments *attachments,
        Roster *roster, QObject *parent = nullptr);

    void startChat(const UserId &user);
    void createGroup(const QString &name, const QList<UserId> &members);
    void leaveTopic(const TopicName &topic);
    void requestWriting(const TopicName &topic);
    void setDisplayName(const QString &name);
    /// Signed in again; these are all chats. A group whose creation was not answered is among them, or
    /// is asked for once more (reliability.md F14).
    void resume(const QList<wire::Subscription> &chats);

signals:
    void ready(const TopicName &topic);
    /// By the person's own wish; it goes from the list next.
    void left(const TopicName &topic);
    void failed(const confab::ServiceError &error);

private:
    struct Creation {
        QString nonce; ///< kept by the server with the topic
        wire::Card card;
        QList<UserId> members;
        int tries = 0;
    };
    static constexpr int kMaxTries = 3;

    void create(Creation &creation);
    void findOut(); ///< whether what was not answered has been made
    Creation *creation(const QString &nonce);
    void takeCreated(const QString &nonce, const Reply &reply);
    void addSubscribed(const TopicName &name, const Reply &reply, const wire::Card &card);
    void invite(const TopicName &group, QList<UserId> members);
    void fail(const Reply &reply);

    StoreWriter *m_writer;
    RequestTable *m_requests;
    Attachments *m_attachments;
    Roster *m_roster;
    QList<Creation> m_creations; ///< not answered yet
};

}
