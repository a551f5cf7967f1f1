#include "widgets/chatpanes.h"

#include "models/topiclistmodel.h"
#include "widgets/banner.h"
#include "widgets/conversation/conversationpage.h"
#include "widgets/listpane.h"
#include "widgets/search/searchpane.h"

namespace confab {

namespace {

constexpr int kOnePaneBelow = 720;
constexpr int kSmallListBelow = 840;
constexpr int kSmallList = 248;
constexpr int kLeastList = 220;
constexpr int kMostList = 420;
constexpr int kLeastConversation = 420;

}

ChatPanes::ChatPanes(const Theme &theme, QWidget *parent)
    : QSplitter(Qt::Horizontal, parent)
    , m_theme(theme)
    , m_list(new ListPane(theme, this))
    , m_conversation(new ConversationPage(theme, this))
    , m_banner(new Banner(theme, m_conversation))
{
    setObjectName(QStringLiteral("panes"));
    setChildrenCollapsible(false);
    m_conversation->setBanner(m_banner);
    addWidget(m_list);
    addWidget(m_conversation);
    setStretchFactor(0, 0);
    setStretchFactor(1, 1);
    connectPanes();
}

void ChatPanes::connectPanes()
{
    connect(m_list, &ListPane::topicChosen, this, &ChatPanes::openTopic);
    connect(m_list, &ListPane::searchRequested, this, &ChatPanes::searchFor);
    connect(m_conversation, &ConversationPage::backRequested, this, [this] {
        closeTopic();
        showListOnly(true);
        m_list->focusList();
    });
    connect(this, &QSplitter::splitterMoved, this, [this](int position) {
        if (m_panes == Panes::Two)
            m_listWidth = position;
    });
    for (const Banner *banner : {m_banner, m_list->banner()}) {
        connect(banner, &Banner::activated, this, &ChatPanes::bannerActivated);
        connect(banner, &Banner::passwordEntered, this, &ChatPanes::passwordEntered);
    }
}

ChatPanes::Panes ChatPanes::panesFor(int windowWidth)
{
    if (windowWidth < kOnePaneBelow)
        return Panes::One;
    return windowWidth < kSmallListBelow ? Panes::SmallList : Panes::Two;
}

void ChatPanes::arrange(int windowWidth, int listWidth)
{
    m_listWidth = qBound(kLeastList, listWidth, kMostList);
    setPanes(panesFor(windowWidth), windowWidth);
}

void ChatPanes::fit(int windowWidth)
{
    if (const Panes panes = panesFor(windowWidth); panes != m_panes)
        setPanes(panes, windowWidth);
}

void ChatPanes::setPanes(Panes panes, int windowWidth)
{
    m_panes = panes;
    const bool one = panes == Panes::One;
    m_conversation->setBackVisible(one);
    m_list->setMinimumWidth(one ? 0 : kLeastList);
    m_list->setMaximumWidth(one ? QWIDGETSIZE_MAX : kMostList);
    m_conversation->setMinimumWidth(one ? 0 : kLeastConversation);
    showListOnly(m_topic.isNull());
    if (one)
        return;
    const int width = panes == Panes::SmallList ? kSmallList : m_listWidth;
    setSizes({width, qMax(kLeastConversation, windowWidth - width - handleWidth())});
}

void ChatPanes::showListOnly(bool listOnly)
{
    m_listOnly = listOnly;
    const bool one = m_panes == Panes::One;
    m_list->setVisible(!one || listOnly);
    m_conversation->setVisible(!one || !listOnly);
    m_list->setOpenTopic(one ? QString() : m_openName);
    placeBanner();
}

void ChatPanes::setBanner(const BannerContent &banner)
{
    m_content = banner;
    placeBanner();
}

void ChatPanes::placeBanner()
{
    const bool inList = m_panes == Panes::One && m_listOnly;
    m_banner->setContent(inList ? BannerContent() : m_content);
    m_list->banner()->setContent(inList ? m_content : BannerContent());
}

void ChatPanes::setTopics(TopicList *topics, TopicListModel *model)
{
    closeTopic();
    if (m_topics)
        disconnect(m_topics, nullptr, this, nullptr);
    m_topics = topics;
    m_list->setModel(model);
    m_conversation->setTopic(topics, nullptr);
    showListOnly(true);
    if (!topics)
        return;
    connect(topics, &TopicList::aboutToRemove, this, [this](int row) {
        if (m_topics->at(row) != m_topic)
            return;
        m_topic = nullptr;
        m_conversation->setTopic(m_topics, nullptr);
    });
    // The list may be filtered anew only when the row is gone.
    connect(topics, &TopicList::removed, this, [this] {
        if (m_topic || m_openName.isEmpty())
            return;
        closeTopic();
        showListOnly(true);
    });
}

void ChatPanes::closeTopic()
{
    if (m_openName.isEmpty())
        return;
    const TopicName closed = m_openName;
    m_openName.clear();
    m_topic = nullptr;
    m_conversation->setTopic(m_topics, nullptr);
    m_list->setOpenTopic({});
    emit topicClosed(closed);
}

void ChatPanes::openTopic(const TopicName &topic)
{
    Topic *found = m_topics ? m_topics->find(topic) : nullptr;
    if (!found)
        return;
    if (found != m_topic) {
        closeTopic();
        m_topic = found;
        m_openName = topic;
        m_conversation->setTopic(m_topics, found);
        emit topicOpened(topic);
    }
    showListOnly(false);
    m_conversation->focusComposer();
}

void ChatPanes::openMessage(const TopicName &topic, Seq seq, const SearchQuery &query)
{
    QWidget *focus = window()->focusWidget();
    openTopic(topic);
    if (m_openName != topic)
        return;
    m_conversation->showMessage(seq, query);
    if (focus && m_panes != Panes::One)
        focus->setFocus(Qt::OtherFocusReason); // the next hit is one key away
}

void ChatPanes::reopenTopic(const TopicName &topic)
{
    if (!m_topic && m_panes != Panes::One)
        openTopic(topic);
}

void ChatPanes::moveIn(const QStringList &topics, int step)
{
    if (topics.isEmpty())
        return;
    // The open chat may be none of them: then its place among all chats decides.
    const QStringList all = m_list->topics();
    const qsizetype count = all.size();
    qsizetype at = all.indexOf(m_openName);
    if (at < 0)
        at = step > 0 ? -1 : count;
    for (at += step; at >= 0 && at < count; at += step) {
        if (topics.contains(all.at(at))) {
            openTopic(all.at(at));
            return;
        }
    }
}

void ChatPanes::focusChat()
{
    if (m_topic)
        m_conversation->focusComposer();
    else
        m_list->focusList();
}

void ChatPanes::focusFilter()
{
    if (m_panes == Panes::One && !m_listOnly)
        showListOnly(true);
    m_list->focusFilter();
}

void ChatPanes::nextRegion()
{
    const QWidget *focus = window()->focusWidget();
    const bool inList = focus && (focus == m_list || m_list->isAncestorOf(focus));
    if (inList && m_conversation->isVisible())
        m_conversation->focusComposer();
    else if (m_list->isVisible())
        m_list->focusList();
}

void ChatPanes::goBack()
{
    if (closeSearch() || m_conversation->closeFind())
        return;
    if (!m_list->clearFilter() && m_conversation->isVisible())
        m_conversation->focusComposer();
}

void ChatPanes::findInChat()
{
    if (m_topic)
        m_conversation->openFind();
}

void ChatPanes::setSearch(SearchResultsModel *everywhere, SearchResultsModel *inChat)
{
    closeSearch();
    m_searchModel = everywhere;
    m_list->setSearchOffered(everywhere);
    m_conversation->setFindModel(inChat);
}

void ChatPanes::searchFor(const QString &text)
{
    openSearch();
    if (m_searching)
        m_search->setText(text);
}

void ChatPanes::openSearch()
{
    if (!m_searchModel)
        return;
    if (!m_search) {
        m_search = new SearchPane(m_theme, m_list);
        connect(m_search, &SearchPane::hitChosen, this, &ChatPanes::openMessage);
        connect(m_search, &SearchPane::closed, this, &ChatPanes::closeSearch);
    }
    if (!std::exchange(m_searching, true)) {
        m_beforeSearch = m_openName;
        m_search->setModel(m_topics, m_searchModel);
    }
    m_search->setOpenTopic(m_openName);
    if (m_panes == Panes::One)
        showListOnly(true);
    m_list->showInstead(m_search);
    m_search->focusField();
}

/// Back to where the person was. Whether there was a search.
bool ChatPanes::closeSearch()
{
    if (!std::exchange(m_searching, false))
        return false;
    m_search->setModel(nullptr, nullptr);
    m_list->showChats();
    const bool stayed = m_openName == m_beforeSearch;
    if (stayed && m_topic) {
        m_conversation->endSearch();
        m_conversation->focusComposer();
    } else if (!stayed && m_topics && m_topics->find(m_beforeSearch)) {
        openTopic(m_beforeSearch);
    } else {
        closeTopic();
        m_list->focusList();
    }
    return true;
}

}
