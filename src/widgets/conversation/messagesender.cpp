#include "widgets/conversation/messagesender.h"

#include "widgets/composer/sentpart.h"
#include "widgets/conversation/composer.h"
#include "widgets/conversation/composertarget.h"
#include "widgets/conversation/messagerights.h"

#include <QUuid>

namespace confab {

MessageSender::MessageSender(Composer *composer, ComposerTarget *target, QObject *parent)
    : QObject(parent)
    , m_composer(composer)
    , m_target(target)
{
    connect(composer, &Composer::sendRequested, this, &MessageSender::send);
}

void MessageSender::setTopic(TopicList *topics, Topic *topic)
{
    m_topics = topics;
    m_topic = topic;
}

void MessageSender::send(const wire::Drafty &content)
{
    const QString typed = m_composer->text();
    // A plain endpoint takes what was typed as it is, and what is too long for any is refused
    // whole.
    const bool isMarked = isRich(*m_topic) && typed.size() <= wire::Drafty::kMaxText;
    OutgoingMessage message = isMarked ? m_target->toSend(content) : OutgoingMessage(typed);
    const QString cid = QUuid::createUuid().toString(QUuid::WithoutBraces);
    message.head.setCid(cid);
    m_sending.insert(name(), {cid, typed});
    emit sendRequested(name(), message);
}

void MessageSender::sendMedia(const TopicName &topic, const OutgoingMessage &message)
{
    const Draft draft = m_composer->draft();
    if (topic != name() || draft.replyTo == 0 || draft.edits != 0) {
        emit sendRequested(topic, message);
        return;
    }
    OutgoingMessage answer = m_target->toSend(message.content);
    answer.uploads = message.uploads;
    m_composer->setTarget(0, 0, nullptr);
    emit sendRequested(topic, answer);
}

void MessageSender::noteQueued(const TopicName &topic, const QString &cid)
{
    const auto sending = m_sending.constFind(topic);
    if (sending == m_sending.constEnd() || sending->cid != cid)
        return;
    const QString text = sending->text;
    m_sending.erase(sending);
    if (topic == name()) {
        m_composer->accept();
        m_target->noteSent();
        return;
    }
    // The person has gone on to another chat: the text waits there as a draft.
    if (const Topic *left = m_topics ? m_topics->find(topic) : nullptr)
        emit draftChanged(topic, draftAfterSending(left->draft(), text));
}

void MessageSender::noteRefused(const TopicName &topic)
{
    m_sending.remove(topic);
    if (topic == name())
        m_composer->refuse();
}

}
