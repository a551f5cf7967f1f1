#pragma once

#include "app/common/account.h"
#include "app/confab/settingsflow.h"
#include "app/confab/shownaccount.h"
#include "app/confab/signinflow.h"
#include "app/confab/wakewatch.h"
#include "app/confab/writing.h"
#include "widgets/conversation/conversationpage.h"
#include "widgets/mainwindow.h"
#include "widgets/newchatdialog.h"
#include "widgets/theme.h"
#include "wire/topiclink.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace confab {

/// The desktop program put together: profile, threads, accounts, and the one window. GUI thread; made
/// by main() after QApplication, deleted before it.
class Application : public QObject
{
    Q_OBJECT

public:
    /// Shows the window.
    Application(std::unique_ptr<Profile> profile, const DataFolders &folders);
    ~Application() override;

    /// Fills the window with what is on disk, then connects.
    void start();
    /// A message or chat, of whichever account has it (wire/topiclink.h).
    void openLink(const QString &text);
    const MessageView *messages() const { return m_window.conversation()->messages(); }

private:
    Account::Surroundings surroundings();
    Account *account(const QString &id) const;
    Account *current() const;

    void restoreWindow();
    void connectWindow();
    void connectSettings();
    void openAccounts();
    void showAccounts();
    void startAccounts();
    SignInFlow &signIn();
    void adopt(std::shared_ptr<Account> account);
    void watch(Account *account);
    void watchNetwork(Account &opened);
    void show(Account *account);
    void removeAccount(const QString &id);
    void refreshAccounts();
    void tellAboutSecrets(Account *account);
    void followLink();

    void openNewChat();
    void saveWindow();

    // In the order in which they may know each other; destroyed from the last to the first.
    std::unique_ptr<Profile> m_profile;
    Threads m_threads;
    LocalServerHost m_localServer;
    Theme m_theme;
    MainWindow m_window;
    std::vector<std::shared_ptr<Account>> m_accounts;
    WakeWatch m_wakeWatch;
    std::unique_ptr<SignInFlow> m_signIn; ///< none until an account is added
    SettingsFlow m_settings;
    std::unique_ptr<Writing> m_writing; ///< made with the window's parts
    std::unique_ptr<ShownAccount> m_shown;
    std::optional<wire::TopicLink> m_link; ///< to be opened once its chat is known
    QTimer m_refresh; ///< one refreshAccounts() a turn, however many messages came in it
    QPointer<NewChatDialog> m_newChat;
    bool m_started = false; ///< what talks to others
};

}
