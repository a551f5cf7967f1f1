#pragma once

#include "store/topiclist.h"
#include "widgets/theme.h"

#include <QPointer>
#include <QWidget>

class QMenu;
class QToolButton;

namespace confab {

class ElidedLabel;
class HeaderAvatar;

/// Who is written to: avatar, title, presence or members, and what can be done with the chat.
class ConversationHeader : public QWidget
{
    Q_OBJECT

public:
    explicit ConversationHeader(const Theme &theme, QWidget *parent = nullptr);

    void setTopic(TopicList *topics, Topic *topic);
    void setBackVisible(bool visible);
    void setFindVisible(bool visible); ///< whether messages of this chat can be searched

signals:
    void findRequested();
    void dateRequested(); ///< a day to go to is to be chosen
    void backRequested();
    void exportRequested();
    void leaveRequested(); ///< confirmed by the person

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void buildMenu();
    void showTopic();
    void applyTheme();
    void confirmLeave();

    const Theme &m_theme;
    QPointer<TopicList> m_topics;
    QPointer<Topic> m_topic;
    QToolButton *m_back;
    HeaderAvatar *m_avatar;
    ElidedLabel *m_title;
    ElidedLabel *m_subtitle;
    QToolButton *m_find;
    QToolButton *m_more;
    QMenu *m_menu;
    QAction *m_leave = nullptr;
};

}
