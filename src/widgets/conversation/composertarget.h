#pragma once

#include "store/outgoing.h"
#include "store/topiclist.h"
#include "widgets/theme.h"

#include <QHash>
#include <QObject>
#include <QPointer>

namespace confab {

class Composer;
class MessageView;
class TargetStrip;

/// What the text in the composer is for: an answer, an edit, or neither. Shows it above the text
/// and keeps what an edit has pushed aside. Child of the page, beside which view and composer live.
/// GUI thread.
class ComposerTarget : public QObject
{
    Q_OBJECT

public:
    ComposerTarget(const Theme &theme, MessageView *view, Composer *composer, QObject *parent);

    /// After the composer has got the draft of this topic; both nullptr: none.
    void setTopic(TopicList *topics, Topic *topic);
    void startReply(Seq seq);
    void startEdit(Seq seq);
    /// What was typed, as answer or edit if it is one. Nothing of it if it edits nothing.
    OutgoingMessage toSend(const wire::Drafty &typed) const;
    /// The composer has let go of what was sent: what an edit had pushed aside comes back.
    void noteSent();

signals:
    void discardRequested(const TopicName &topic, const QString &cid);
    void messageRequested(confab::Seq seq); ///< to be shown

private:
    void editStuck(const QString &cid);
    void endTarget();
    void editLast();
    void moveReplyTarget(int step);
    void showTarget();
    TargetStrip *makeStrip(Seq seq, bool isEdit);
    wire::Drafty quoteOf(const Message &original) const;
    TopicName name() const { return m_topic ? m_topic->name() : TopicName(); }

    const Theme &m_theme;
    MessageView *m_view;
    Composer *m_composer;
    QPointer<TopicList> m_topics;
    QPointer<Topic> m_topic;
    QHash<TopicName, Draft> m_pushedAside; ///< what was being written when an edit began
    bool m_isTargetUnknown = false; ///< what is answered or edited is not loaded yet
    bool m_isEditing = false; ///< the composer holds an own message
};

}
