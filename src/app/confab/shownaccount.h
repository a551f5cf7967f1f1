#pragma once

#include "app/common/account.h"
#include "models/searchresultsmodel.h"
#include "models/topiclistmodel.h"
#include "widgets/mainwindow.h"

#include <QObject>

namespace confab {

/// Ties the account that is on screen to the window: the store to the views, the window's intents to
/// the service. Made when an account is shown, deleted before another one is. GUI thread.
class ShownAccount : public QObject
{
    Q_OBJECT

public:
    /// Opens the chat that was open last, and remembers which is.
    ShownAccount(Account &account, MainWindow &window, Profile &profile);
    ~ShownAccount() override;

    Account &account() { return m_account; }

private:
    void showPhase();
    void reopenLastChat();
    void connectConversation();
    void connectMedia();
    void connectWindow();
    void connectSearch(SearchPlace place, SearchResultsModel &model);

    Account &m_account;
    MainWindow &m_window;
    Profile &m_profile;
    TopicListModel m_model;
    SearchResultsModel m_found; ///< in all chats
    SearchResultsModel m_foundInChat;
};

}
