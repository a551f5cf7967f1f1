#pragma once

#include "store/topiclist.h"
#include "widgets/theme.h"
#include "widgets/viewtypes.h"

#include <QPointer>
#include <QSplitter>

namespace confab {

class Banner;
class ConversationPage;
class ListPane;
class SearchPane;
class SearchResultsModel;
class TopicListModel;
struct SearchQuery;

/// The list of chats and the open conversation, side by side or, below 720 px, one at a time; and
/// the search that takes the list's place. Knows which chat is open. GUI thread.
class ChatPanes : public QSplitter
{
    Q_OBJECT

public:
    ChatPanes(const Theme &theme, QWidget *parent);

    ListPane *list() const { return m_list; }
    ConversationPage *conversation() const { return m_conversation; }

    /// As MainWindow has them.
    void setTopics(TopicList *topics, TopicListModel *model);
    void setSearch(SearchResultsModel *everywhere, SearchResultsModel *inChat);
    void setBanner(const BannerContent &banner); ///< above what is shown
    void openTopic(const TopicName &topic);
    void openMessage(const TopicName &topic, Seq seq, const SearchQuery &query);
    void reopenTopic(const TopicName &topic);
    Topic *topic() const { return m_topic; } ///< that is open; nullptr: none

    void moveIn(const QStringList &topics, int step); ///< to the next of these in the list's order
    void focusChat(); ///< the composer, or without a chat the list
    void focusFilter();
    void nextRegion();
    /// One step back: out of a search, out of the filter, to the composer.
    void goBack();
    void openSearch();
    void searchFor(const QString &text); ///< in the messages of all chats
    void findInChat();

    /// For a window of this width, with a list as wide as was chosen for it.
    void arrange(int windowWidth, int listWidth);
    /// Another arrangement only when the width asks for one.
    void fit(int windowWidth);
    int listWidth() const { return m_listWidth; } ///< chosen while there was room

signals:
    void topicOpened(const confab::TopicName &topic);
    void topicClosed(const confab::TopicName &topic); ///< also before another one opens
    void bannerActivated(confab::BannerContent::Kind kind);
    void passwordEntered(const QString &password);

private:
    enum class Panes { One, SmallList, Two };

    static Panes panesFor(int windowWidth);
    void connectPanes();
    void setPanes(Panes panes, int windowWidth);
    void showListOnly(bool listOnly);
    void placeBanner();
    void closeTopic();
    bool closeSearch();

    const Theme &m_theme;
    ListPane *m_list;
    ConversationPage *m_conversation;
    Banner *m_banner; ///< of the conversation; the list has one, too
    BannerContent m_content;
    QPointer<TopicList> m_topics;
    QPointer<Topic> m_topic;
    TopicName m_openName; ///< of m_topic, also when that is gone
    SearchPane *m_search = nullptr; ///< made when first asked for
    QPointer<SearchResultsModel> m_searchModel;
    TopicName m_beforeSearch; ///< the chat that was open then
    bool m_searching = false;
    Panes m_panes = Panes::Two;
    bool m_listOnly = true; ///< in one pane: the list is shown
    int m_listWidth = 0;
};

}
