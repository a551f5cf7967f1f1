#pragma once

#include "store/outgoing.h"
#include "store/topiclist.h"
#include "widgets/conversation/messageitem.h"
#include "widgets/conversation/messagepart.h"
#include "widgets/theme.h"

#include <QObject>
#include <QPointer>

namespace confab {

class ComposerTarget;
class MessageView;

/// Does what MessageView asks for about messages: reactions, forwarding, pins, deletions, buttons;
/// answers and edits by ComposerTarget. Knows how such messages are made; changes nothing itself, but
/// asks by its signals. Child of the page, beside which the view lives.
class MessageCommands : public QObject
{
    Q_OBJECT

public:
    MessageCommands(const Theme &theme, MessageView *view, ComposerTarget *target, QWidget *page);

    void setTopic(TopicList *topics, Topic *topic); ///< both nullptr: none

    void perform(MessageAction action, Seq seq);
    void performOnSelected(MessageAction action, const QList<Seq> &messages);
    void answerButton(Seq seq, const MessagePart::Button &button);
    /// Adds the own reaction, or takes it back.
    void toggleReaction(Seq seq, const QString &emoji);

signals:
    void sendRequested(const TopicName &topic, const confab::OutgoingMessage &message);
    void discardRequested(const TopicName &topic, const QString &cid);
    void deleteRequested(const TopicName &topic, const QList<Seq> &messages, bool forAll);
    /// Numbers without rows: at once, for everybody.
    void deletePartsRequested(const TopicName &topic, const QList<Seq> &parts);
    void pinsRequested(const TopicName &topic, const QList<Seq> &pins);
    /// All emoji are to choose from, for this message; the choice goes to toggleReaction().
    void pickerRequested(confab::Seq seq, const QRect &global);

private:
    void react(Seq seq);
    void pin(Seq seq, bool on);
    void copyLink(Seq seq) const;
    void showVersions(Seq seq);
    void askToDelete(const QList<Seq> &messages);
    void askToForward(const QList<Seq> &messages);
    void forward(const QList<Seq> &messages, const QList<TopicName> &topics);
    void openAddress(Seq seq, const MessagePart::Button &button);
    bool takeAnswerBack(const Message &poll, const QString &choice);
    void endPoll(Seq seq);
    TopicName name() const { return m_topic ? m_topic->name() : TopicName(); }

    const Theme &m_theme;
    MessageView *m_view;
    ComposerTarget *m_target;
    QWidget *m_page;
    QPointer<TopicList> m_topics;
    QPointer<Topic> m_topic;
};

}
