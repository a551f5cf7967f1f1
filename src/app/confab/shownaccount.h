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
    ShownAccount(Account &account, MainWindow &window);
    ~ShownAccount() override;

    Account &account() { return m_account; }

private:
    void showPhase();
    void connectConversation();
    void connectMedia();
    void connectWindow();
    void connectSearch(SearchPlace place, SearchResultsModel &model);

    Account &m_account;
    MainWindow &m_window;
    TopicListModel m_model;
    SearchResultsModel m_found; ///< in all chats
    SearchResultsModel m_foundInChat;
};

}
