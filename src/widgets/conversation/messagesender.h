#pragma once

#include "store/draft.h"
#include "store/outgoing.h"
#include "store/topiclist.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace confab {

class Composer;
class ComposerTarget;

/// The way of messages from the composer to the outbox. A text stays in the composer until it is on
/// disk (reliability.md R1), also when the person has meanwhile gone on to another chat.
class MessageSender : public QObject
{
    Q_OBJECT

public:
    /// Both outlive it.
    MessageSender(Composer *composer, ComposerTarget *target, QObject *parent);

    void setTopic(TopicList *topics, Topic *topic);
    /// The text of this topic that is on its way to the outbox; null if there is none.
    QString waitingFor(const TopicName &topic) const { return m_sending.value(topic).text; }
    /// What was attached. It answers what the strip in the composer names, as words do; edits are
    /// of words alone.
    void sendMedia(const TopicName &topic, const OutgoingMessage &message);
    /// The text is on disk now: only then it leaves the composer.
    void noteQueued(const TopicName &topic, const QString &cid);
    /// It could not be queued: it stays and may be sent again.
    void noteRefused(const TopicName &topic);

signals:
    void sendRequested(const TopicName &topic, const confab::OutgoingMessage &message);
    /// Of a chat that is not shown.
    void draftChanged(const TopicName &topic, const confab::Draft &draft);

private:
    struct Sending {
        QString cid;
        QString text; ///< as typed
    };

    void send(const wire::Drafty &content);
    TopicName name() const { return m_topic ? m_topic->name() : TopicName(); }

    Composer *m_composer;
    ComposerTarget *m_target;
    QPointer<TopicList> m_topics;
    QPointer<Topic> m_topic;
    QHash<TopicName, Sending> m_sending; ///< on their way to the outbox
};

}
