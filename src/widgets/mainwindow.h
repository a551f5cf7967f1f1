#pragma once

#include "store/topiclist.h"
#include "widgets/theme.h"
#include "widgets/viewtypes.h"

#include <QMainWindow>

#include <memory>

namespace confab {

class ConversationPage;
class SearchResultsModel;
class SignInPages;
class TopicListModel;

/// What is remembered of a window between starts; never its position, which Wayland forbids.
struct WindowState {
    QSize size{1280, 800};
    int listWidth = 300;
    bool maximized = false;
    bool operator==(const WindowState &) const = default;
};

/// The one window: either the pages on which accounts are added, or chat list and conversation side by
/// side (below 720 px one at a time). Shows one account at a time. Emits what the person wants, calls no
/// service. GUI thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// An empty window. `theme` outlives it.
    explicit MainWindow(const Theme &theme, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// What is in it; once, before any call but restore() and show(). Building after show() lets the
    /// desktop map and frame the window meanwhile; the first thing painted is complete either way.
    void build();

    /// In the order of the account menu.
    void setAccounts(const QList<AccountEntry> &accounts, const QString &currentId);
    /// The chats of the account shown; both nullptr: none. Ends what was shown before, keeps ownership
    /// with the caller, who calls this again before deleting either.
    void setTopics(TopicList *topics, TopicListModel *model);
    /// What searches find: in all chats, and in the open one. Of the same account and rules as the chats.
    void setSearch(SearchResultsModel *everywhere, SearchResultsModel *inChat);
    /// True once the list is known to be complete, so that an empty one may say "No chats yet".
    void setTopicsKnown(bool known);
    void setBanner(const BannerContent &banner);
    /// Opens a chat and puts the focus into the composer; an unknown topic is ignored.
    void openTopic(const TopicName &topic);
    /// And goes to a message in it; seq 0: to none.
    void openMessage(const TopicName &topic, Seq seq);
    /// Opens the chat of the last time, unless one is open already or there is no room beside the list.
    void reopenTopic(const TopicName &topic);
    TopicName currentTopic() const; ///< empty when none is open

    void showChats();
    /// Something asked for could not be done: shown in the banner's place until closed.
    void showError(const ErrorText &error);

    // They live as long as the window; the composition root connects to their signals.
    SignInPages *signInPages() const; ///< in front as soon as one of them is shown
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
    /// For the first time, with what is in it.
    void painted();
    /// The window is about to close (window manager or Ctrl+W); the composition root keeps the state.
    void closing();

protected:
    void closeEvent(QCloseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

}
