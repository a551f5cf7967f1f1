#pragma once

#include "store/outgoing.h"
#include "store/topiclist.h"
#include "widgets/conversation/messageitem.h"
#include "widgets/conversation/messagepart.h"
#include "widgets/theme.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace confab {

class Composer;
class MessageView;
class TargetStrip;

/// Does what MessageView and Composer ask for about messages: answers, edits, reactions,
/// forwarding, pins, deletions, buttons. Knows how such messages are made; changes nothing itself,
/// but asks by its signals. Child of the page, beside which view and composer live.
class MessageCommands : public QObject
{
    Q_OBJECT

public:
    MessageCommands(const Theme &theme, MessageView *view, Composer *composer, QWidget *page);

    /// After the composer has got the draft of this topic; both nullptr: none.
    void setTopic(TopicList *topics, Topic *topic);
    /// What was typed, as answer or edit if it is one. Nothing of it if it edits nothing.
    OutgoingMessage toSend(const wire::Drafty &typed) const;
    /// The composer has let go of what was sent: what an edit had pushed aside comes back.
    void noteSent();

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
    void messageRequested(confab::Seq seq); ///< to be shown
    /// All emoji are to choose from, for this message; the choice goes to toggleReaction().
    void pickerRequested(confab::Seq seq, const QRect &global);

private:
    const Message *message(Seq seq) const; ///< loaded, in its newest version; nullptr if not
    void startReply(Seq seq);
    void startEdit(Seq seq);
    void editStuck(const QString &cid);
    void endTarget();
    void editLast();
    void moveReplyTarget(int step);
    void showTarget();
    TargetStrip *makeStrip(Seq seq, bool isEdit);
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
    wire::Drafty quoteOf(const Message &original) const;
    QString authorOf(const Message &message) const;
    UserId authorIdOf(const Message &message) const;
    TopicName name() const { return m_topic ? m_topic->name() : TopicName(); }

    const Theme &m_theme;
    MessageView *m_view;
    Composer *m_composer;
    QWidget *m_page;
    QPointer<TopicList> m_topics;
    QPointer<Topic> m_topic;
    QHash<TopicName, Draft> m_pushedAside; ///< what was being written when an edit began
    bool m_isTargetUnknown = false; ///< what is answered or edited is not loaded yet
    bool m_isEditing = false; ///< the composer holds an own message
};

}
