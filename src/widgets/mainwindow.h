#pragma once

#include "store/topiclist.h"
#include "widgets/theme.h"
#include "widgets/viewtypes.h"

#include <QMainWindow>

#include <memory>

namespace confab {

class ConversationPage;
class FirstRunPage;
class LoginPage;
class NamePage;
class PlainPage;
class TopicListModel;

/// What is remembered of a window between starts; never its position, which Wayland forbids.
struct WindowState {
    QSize size{1280, 800};
    int listWidth = 300;
    bool maximized = false;
    bool operator==(const WindowState &) const = default;
};

/// The one window: either the pages of the first run, or chat list and conversation side by side
/// (below 720 px one at a time). Shows one account at a time. Emits what the person wants, calls no
/// service. GUI thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// `theme` outlives the window.
    explicit MainWindow(const Theme &theme, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// In the order of the account menu. With no account Back leads to the first run, else to the chats.
    void setAccounts(const QList<AccountEntry> &accounts, const QString &currentId);
    /// The chats of the account shown; both nullptr: none. Ends what was shown before, keeps ownership
    /// with the caller, who calls this again before deleting either.
    void setTopics(TopicList *topics, TopicListModel *model);
    /// True once the list is known to be complete, so that an empty one may say "No chats yet".
    void setTopicsKnown(bool known);
    void setBanner(const BannerContent &banner);
    /// Opens a chat and puts the focus into the composer; an unknown topic is ignored.
    void openTopic(const TopicName &topic);
    TopicName currentTopic() const; ///< empty when none is open

    void showFirstRun(); ///< the two choices
    void showNamePage(const QString &suggestedName);
    void showLogin();
    void showPlain();
    void showChats();
    /// Something asked for could not be done: shown in the banner's place until closed.
    void showError(const ErrorText &error);

    // The pages live as long as the window; the composition root connects to their signals.
    FirstRunPage *firstRunPage() const;
    NamePage *namePage() const;
    LoginPage *loginPage() const;
    PlainPage *plainPage() const;
    ConversationPage *conversation() const;

    WindowState windowState() const;
    /// Before show(). A window that would be larger than the screen is made to fit.
    void restore(const WindowState &state);

signals:
    void topicOpened(const TopicName &topic);
    void topicClosed(const TopicName &topic); ///< no longer shown; also before another one opens
    void accountChosen(const QString &id);
    void addAccountRequested();
    void newChatRequested();
    void settingsRequested();
    void quitRequested();
    /// "Try now" of the banner.
    void reconnectRequested();
    /// The banner's password field; empty `login` of the banner: signInPageRequested() instead.
    void signInRequested(const QString &password);
    void signInPageRequested();
    void noticeClosed();
    void textPercentRequested(int percent); ///< zoom keys
    /// The window is about to close (window manager or Ctrl+W); the composition root keeps the state.
    void closing();

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

}
