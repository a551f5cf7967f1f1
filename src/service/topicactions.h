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
    void setDisplayName(const QString &name);

signals:
    void ready(const TopicName &topic);
    void failed(const confab::ServiceError &error);

private:
    void addSubscribed(const TopicName &name, const Reply &reply, const wire::Card &card);
    void invite(const TopicName &group, QList<UserId> members);
    void fail(const Reply &reply);

    StoreWriter *m_writer;
    RequestTable *m_requests;
    Attachments *m_attachments;
    Roster *m_roster;
};

}
