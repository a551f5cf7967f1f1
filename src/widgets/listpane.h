#pragma once

#include "models/topicfiltermodel.h"
#include "widgets/theme.h"
#include "widgets/viewtypes.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace confab {

class AccountButton;
class Banner;
class SearchOffer;
class TopicListModel;
class TopicListView;
class UnderlineTabs;

/// The left pane: own avatar with the account menu, filter, new chat, tabs, and the chats.
class ListPane : public QWidget
{
    Q_OBJECT

public:
    explicit ListPane(const Theme &theme, QWidget *parent = nullptr);

    /// What the account menu ends with.
    void setMenuActions(const QList<QAction *> &actions);
    void setAccounts(const QList<AccountEntry> &accounts, const QString &currentId);
    void setModel(TopicListModel *model); ///< nullptr: no account
    void setTopicsKnown(bool known);
    void setOpenTopic(const QString &name);
    /// For windows that show the list alone; without content elsewhere.
    Banner *banner() const { return m_banner; }

    /// Another pane in the place of all this, which becomes its parent; showChats() takes it away again.
    void showInstead(QWidget *pane);
    void showChats();

    /// The chats as listed now, top to bottom.
    QStringList topics() const;
    QStringList unreadTopics() const;
    void focusList();
    void focusFilter();
    void setSearchOffered(bool offered); ///< whether what is typed can be searched in messages, too
    /// True if there was something to clear.
    bool clearFilter();

signals:
    void topicChosen(const QString &name);
    void accountChosen(const QString &id);
    void addAccountRequested();
    void newChatRequested();
    void searchRequested(const QString &text); ///< in the messages of all chats

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *buildBar();
    void buildTabs();
    QWidget *buildEmpty();
    void showMenu();
    void scheduleRefresh();
    void refresh();
    void showEmptyText();

    const Theme &m_theme;
    TopicFilterModel m_filterModel;
    QPointer<TopicListModel> m_model;
    QList<AccountEntry> m_accounts;
    QString m_currentAccount;
    QList<QAction *> m_menuActions;
    AccountButton *m_account = nullptr;
    QLineEdit *m_filter = nullptr;
    UnderlineTabs *m_tabs = nullptr;
    Banner *m_banner = nullptr;
    QStackedWidget *m_stack = nullptr;
    TopicListView *m_view = nullptr;
    QPointer<QWidget> m_instead;
    QLabel *m_emptyText = nullptr;
    QPushButton *m_emptyButton = nullptr;
    SearchOffer *m_searchOffer = nullptr;
    QTimer m_refresh; ///< one look at the counts for many changes
    bool m_known = false;
};

}
