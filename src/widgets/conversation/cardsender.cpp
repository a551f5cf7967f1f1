#include "widgets/conversation/cardsender.h"

#include "widgets/conversation/chatsdialog.h"
#include "wire/drafty/drafty.h"

namespace confab {

CardSender::CardSender(const Theme &theme, QWidget *page)
    : QObject(page)
    , m_theme(theme)
    , m_page(page)
{
}

void CardSender::setTopic(TopicList *topics, Topic *topic)
{
    m_topics = topics;
    m_topic = topic;
}

void CardSender::open(AttachKind kind)
{
    if (!m_topics || !m_topic)
        return;
    switch (kind) {
    case AttachKind::Poll:
        return openPoll();
    case AttachKind::Contact:
        return openContact();
    case AttachKind::Pictures:
    case AttachKind::Files:
        return;
    }
}

void CardSender::openPoll()
{
    const TopicName topic = m_topic->name();
    auto *dialog = new PollDialog(m_polls.value(topic), m_page);
    connect(dialog, &PollDialog::edited, this,
        [this, topic](const PollDraft &draft) { m_polls.insert(topic, draft); });
    connect(dialog, &PollDialog::created, this, [this, topic](const OutgoingMessage &poll) {
        m_polls.remove(topic);
        emit sendRequested(topic, poll);
    });
    dialog->open();
}

void CardSender::openContact()
{
    const ChatsDialog::Words words{
        tr("Send contact"), tr("Send"), tr("Enter sends the first one")};
    auto *dialog = new ChatsDialog(m_theme, peopleWrittenTo(*m_topics), words, m_page);
    connect(dialog, &ChatsDialog::chosen, this,
        [this, topic = m_topic->name()](
            const QList<TopicName> &people) { sendContacts(topic, people); });
    dialog->open();
}

void CardSender::sendContacts(const TopicName &topic, const QList<TopicName> &people)
{
    for (const TopicName &person : people) {
        const Topic *known = m_topics ? m_topics->find(person) : nullptr;
        if (!known)
            continue;
        wire::Contact contact;
        contact.card = known->info().card;
        contact.user = person;
        emit sendRequested(topic, OutgoingMessage(wire::Drafty::fromEntity({}, contact)));
    }
}

}
