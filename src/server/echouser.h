#pragma once

#include "server/hub/link.h"
#include "wire/clientmessage.h"
#include "wire/servermessage.h"

#include <QHash>
#include <QList>
#include <QMap>
#include <QObject>

namespace confab::server {

class Hub;

/// Echo, a contact that lives in the server and answers every direct message with the same words, so
/// that a first message on a fresh server gets a reply. It speaks the protocol like any client: it
/// marks a message read and publishes the answer under a client message id made from the number
/// answered, so that after a crash in between nothing is answered twice. What came while the server
/// was down is answered at the next start, the newest hundred of each chat. Hub's thread; the hub
/// outlives it.
class EchoUser : public QObject, public Link
{
    Q_OBJECT

public:
    /// Signs in, and makes Echo a contact of every account made from now on.
    explicit EchoUser(Hub &hub, QObject *parent = nullptr);
    ~EchoUser() override;

    void send(const QByteArray &utf8) override;
    void close(int code, const QString &reason) override;
    QString remoteAddress() const override;
    void authenticated() override;

private:
    struct Chat {
        wire::Seq answered = 0; ///< up to here
        bool loading = true; ///< the page asked for on joining is still arriving, newest first
        QMap<wire::Seq, wire::Data> waiting;
    };

    void processInbox();
    void handle(const wire::Ctrl &ctrl);
    void handle(const wire::Meta &meta);
    void handle(const wire::Pres &pres);
    void handle(const wire::Data &data);
    void join(const wire::TopicName &topic, wire::Seq since);
    void leaveOldest();
    void answerWaiting(const wire::TopicName &topic);
    void answer(const wire::TopicName &topic, const wire::Data &data);

    Hub &m_hub;
    wire::UserId m_user;
    QList<QByteArray> m_inbox;
    QHash<wire::TopicName, Chat> m_chats; ///< those that are attached
    QList<wire::TopicName> m_order; ///< of m_chats, the longest unused first
};

}
