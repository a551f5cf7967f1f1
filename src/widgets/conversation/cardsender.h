#pragma once

#include "store/outgoing.h"
#include "store/topiclist.h"
#include "widgets/composer/attachmenu.h"
#include "widgets/conversation/polldialog.h"

#include <QHash>
#include <QPointer>

namespace confab {

/// Sends what is put together in a dialog: polls and contacts. What was begun of a poll waits for the
/// next time in its chat. Child of the page, over which its dialogs open.
class CardSender : public QObject
{
    Q_OBJECT

public:
    CardSender(const Theme &theme, QWidget *page);

    void setTopic(TopicList *topics, Topic *topic); ///< both nullptr: none
    void open(AttachKind kind); ///< does nothing about files

signals:
    void sendRequested(const TopicName &topic, const confab::OutgoingMessage &message);

private:
    void openPoll();
    void openContact();
    void sendContacts(const TopicName &topic, const QList<TopicName> &people);

    const Theme &m_theme;
    QWidget *m_page;
    QPointer<TopicList> m_topics;
    QPointer<Topic> m_topic;
    QHash<TopicName, PollDraft> m_polls; ///< begun and not sent
};

}
