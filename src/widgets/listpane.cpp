#include "widgets/listpane.h"

#include "models/topiclistmodel.h"
#include "widgets/accountbutton.h"
#include "widgets/banner.h"
#include "widgets/confabstyle.h"
#include "widgets/fieldhelpers.h"
#include "widgets/iconlabel.h"
#include "widgets/searchoffer.h"
#include "widgets/topiclistview.h"
#include "widgets/underlinetabs.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>

namespace confab {

namespace {

constexpr int kBarHeight = 56;
constexpr int kCompactBarHeight = 44;
constexpr int kEmptyButtonWidth = 176;
constexpr int kTabsLeft = 6; // the words begin ten further

using Tab = TopicFilterModel::Tab;

}

ListPane::ListPane(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("listPane"));
    setAccessibleName(tr("Chats"));
    m_refresh.setSingleShot(true);
    m_refresh.setInterval(0);
    connect(&m_refresh, &QTimer::timeout, this, &ListPane::refresh);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildBar());
    buildTabs();
    auto *tabs = new QHBoxLayout;
    tabs->setContentsMargins(kTabsLeft, 0, 0, 0);
    tabs->addWidget(m_tabs);
    column->addLayout(tabs);
    m_banner = new Banner(theme, this);
    m_banner->setObjectName(QStringLiteral("listBanner"));
    column->addWidget(m_banner);
    m_view = new TopicListView(theme, this);
    m_view->setObjectName(QStringLiteral("topicList"));
    m_view->setAccessibleName(tr("Chats"));
    m_view->setModel(&m_filterModel);
    m_stack = new QStackedWidget(this);
    m_stack->addWidget(m_view);
    m_stack->addWidget(buildEmpty());
    column->addWidget(m_stack, 1);
    m_searchOffer = new SearchOffer(theme, this);
    column->addWidget(m_searchOffer);
    connect(m_searchOffer, &QAbstractButton::clicked, this,
        [this] { emit searchRequested(m_searchOffer->words()); });
    connect(m_view, &TopicListView::openRequested, this, [this](const QModelIndex &index) {
        emit topicChosen(index.data(TopicListModel::NameRole).toString());
    });
    connect(&m_filterModel, &QAbstractItemModel::rowsInserted, this, &ListPane::scheduleRefresh);
    connect(&m_filterModel, &QAbstractItemModel::rowsRemoved, this, &ListPane::scheduleRefresh);
    connect(&m_filterModel, &QAbstractItemModel::layoutChanged, this, &ListPane::scheduleRefresh);
    connect(&m_filterModel, &QAbstractItemModel::modelReset, this, &ListPane::scheduleRefresh);
    refresh();
}

QWidget *ListPane::buildBar()
{
    auto *bar = new QWidget(this);
    const auto applyHeight = [this, bar] {
        bar->setMinimumHeight(m_theme.isCompact() ? kCompactBarHeight : kBarHeight);
    };
    applyHeight();
    connect(&m_theme, &Theme::changed, bar, applyHeight);
    m_account = new AccountButton(m_theme, bar);
    connect(m_account, &AccountButton::menuRequested, this, &ListPane::showMenu);
    m_filter = new QLineEdit(bar);
    m_filter->setObjectName(QStringLiteral("filter"));
    m_filter->setAccessibleName(tr("Filter chats"));
    m_filter->setPlaceholderText(tr("Filter chats"));
    m_filter->setProperty(ConfabStyle::kRole, QStringLiteral("quiet"));
    m_filter->installEventFilter(this);
    addLeadingIcon(m_filter, m_theme, QStringLiteral("search"));
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filterModel.setText(text);
        m_view->scrollToTop(); // Enter opens the first
        m_searchOffer->setWords(text);
        scheduleRefresh();
    });
    auto *plus = new QToolButton(bar);
    plus->setObjectName(QStringLiteral("newChat"));
    plus->setAccessibleName(tr("New chat"));
    plus->setToolTip(tr("New chat (Ctrl+N)"));
    plus->setIcon(m_theme.icon(QStringLiteral("plus")));
    plus->setIconSize({20, 20});
    plus->setFixedSize(36, 36);
    plus->setFocusPolicy(Qt::StrongFocus);
    connect(plus, &QToolButton::clicked, this, &ListPane::newChatRequested);
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(12, 0, 8, 0);
    row->setSpacing(0);
    row->addWidget(m_account);
    row->addSpacing(8);
    row->addWidget(m_filter, 1);
    row->addSpacing(4);
    row->addWidget(plus);
    return bar;
}

void ListPane::buildTabs()
{
    m_tabs = new UnderlineTabs(m_theme, this);
    m_tabs->setObjectName(QStringLiteral("tabs"));
    m_tabs->setAccessibleName(tr("Which chats to show"));
    m_tabs->addTab(tr("All"));
    m_tabs->addTab(tr("Unread"));
    m_tabs->addTab(tr("Groups"));
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int tab) {
        m_filterModel.setTab(tab == 1 ? Tab::Unread : tab == 2 ? Tab::Groups : Tab::All);
        scheduleRefresh();
    });
}

QWidget *ListPane::buildEmpty()
{
    auto *empty = new QWidget(this);
    auto *icon
        = new IconLabel(m_theme, QStringLiteral("message-circle"), 32, &ThemeColors::text2, empty);
    m_emptyText = new QLabel(empty);
    m_emptyText->setObjectName(QStringLiteral("emptyText"));
    m_emptyText->setTextFormat(Qt::PlainText);
    m_emptyText->setAlignment(Qt::AlignHCenter);
    m_emptyText->setWordWrap(true);
    setText(m_emptyText, "body", "text2");
    m_emptyButton = new QPushButton(empty);
    m_emptyButton->setObjectName(QStringLiteral("emptyButton"));
    m_emptyButton->setAccessibleName(tr("New chat"));
    m_emptyButton->setMinimumWidth(kEmptyButtonWidth + 2 * ConfabStyle::kRing);
    connect(m_emptyButton, &QPushButton::clicked, this, [this] {
        if (m_filter->text().isEmpty())
            emit newChatRequested();
        else
            clearFilter();
    });
    auto *column = new QVBoxLayout(empty);
    column->setContentsMargins(32, 16, 32, 16);
    column->setSpacing(0);
    column->addStretch(1);
    column->addWidget(icon, 0, Qt::AlignHCenter);
    column->addSpacing(12);
    column->addWidget(m_emptyText);
    column->addSpacing(16);
    column->addWidget(m_emptyButton, 0, Qt::AlignHCenter);
    column->addStretch(1);
    return empty;
}

void ListPane::setSearchOffered(bool offered)
{
    m_searchOffer->setAvailable(offered);
}

void ListPane::setMenuActions(const QList<QAction *> &actions)
{
    m_menuActions = actions;
}

void ListPane::setAccounts(const QList<AccountEntry> &accounts, const QString &currentId)
{
    m_accounts = accounts;
    m_currentAccount = currentId;
    AccountEntry current;
    for (const AccountEntry &account : accounts) {
        if (account.id == currentId)
            current = account;
    }
    m_account->setAccount(current);
}

void ListPane::showMenu()
{
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("accountMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const AccountEntry &account : std::as_const(m_accounts)) {
        const QString place
            = account.kind == AccountEntry::Kind::Local ? tr("this computer") : account.server;
        QString text = tr("%1, %2", "name, server").arg(account.name, place);
        text.replace(u'&', QStringLiteral("&&"));
        if (account.unread > 0)
            text += u'\t' + tr("%n unread", nullptr, account.unread);
        QAction *action = menu->addAction(text);
        action->setCheckable(true);
        action->setChecked(account.id == m_currentAccount);
        connect(
            action, &QAction::triggered, this, [this, id = account.id] { emit accountChosen(id); });
    }
    if (!m_accounts.isEmpty())
        menu->addSeparator();
    QAction *add = menu->addAction(m_theme.icon(QStringLiteral("plus")), tr("&Add account…"));
    add->setObjectName(QStringLiteral("addAccount"));
    connect(add, &QAction::triggered, this, &ListPane::addAccountRequested);
    menu->addSeparator();
    menu->addActions(m_menuActions);
    menu->popup(m_account->mapToGlobal(QPoint(4, m_account->height())));
}

void ListPane::setModel(TopicListModel *model)
{
    if (m_model)
        disconnect(m_model, nullptr, this, nullptr);
    m_model = model;
    m_known = false;
    m_filter->clear();
    m_filterModel.setSourceModel(model);
    if (model)
        connect(model, &QAbstractItemModel::dataChanged, this, &ListPane::scheduleRefresh);
    refresh();
}

void ListPane::setTopicsKnown(bool known)
{
    m_known = known;
    refresh();
}

void ListPane::setOpenTopic(const QString &name)
{
    m_filterModel.setKept(name);
    m_view->setOpenTopic(name);
}

QStringList ListPane::topics() const
{
    QStringList names;
    for (int row = 0; row < m_filterModel.rowCount(); ++row)
        names.append(m_filterModel.index(row, 0).data(TopicListModel::NameRole).toString());
    return names;
}

QStringList ListPane::unreadTopics() const
{
    QStringList names;
    for (int row = 0; row < m_filterModel.rowCount(); ++row) {
        const QModelIndex index = m_filterModel.index(row, 0);
        if (index.data(TopicListModel::UnreadRole).toInt() > 0)
            names.append(index.data(TopicListModel::NameRole).toString());
    }
    return names;
}

void ListPane::focusList()
{
    if (m_stack->currentWidget() != m_view) {
        m_filter->setFocus(Qt::TabFocusReason);
        return;
    }
    if (!m_view->currentIndex().isValid())
        m_view->setCurrentIndex(m_filterModel.index(0, 0));
    m_view->setFocus(Qt::TabFocusReason);
}

void ListPane::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

bool ListPane::clearFilter()
{
    if (m_filter->text().isEmpty())
        return false;
    m_filter->clear();
    return true;
}

void ListPane::scheduleRefresh()
{
    if (!m_refresh.isActive())
        m_refresh.start();
}

void ListPane::refresh()
{
    int unread = 0;
    if (m_model) {
        for (int row = 0; row < m_model->rowCount(); ++row)
            unread += m_model->index(row).data(TopicListModel::UnreadRole).toInt();
    }
    m_tabs->setCount(1, unread);
    const bool empty = m_filterModel.rowCount() == 0;
    if (empty)
        showEmptyText();
    m_stack->setCurrentIndex(empty ? 1 : 0);
}

void ListPane::showEmptyText()
{
    const auto show = [this](const QString &text, const QString &button, bool primary) {
        m_emptyText->setText(text);
        m_emptyButton->setVisible(!button.isEmpty());
        if (button.isEmpty())
            return;
        m_emptyButton->setText(button);
        m_emptyButton->setAccessibleName(button);
        m_emptyButton->setIcon(primary ? m_theme.icon(QStringLiteral("plus")) : QIcon());
        m_emptyButton->setProperty(
            ConfabStyle::kRole, primary ? QStringLiteral("primary") : QString());
        m_emptyButton->update();
    };
    const bool none = !m_model || m_model->rowCount() == 0;
    if (none && !m_known)
        show(tr("Your chats are on their way."), {}, false);
    else if (none)
        show(tr("No chats yet. Find someone, or let them find you."), tr("New chat"), true);
    else if (!m_filter->text().isEmpty())
        show(tr("No chat matches “%1”.").arg(m_filter->text()), tr("Clear filter"), false);
    else if (m_tabs->currentIndex() == 1)
        show(tr("You have read everything."), {}, false);
    else
        show(tr("No groups yet. Make one with people you know."), tr("New chat"), true);
}

bool ListPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        const bool enter = key == Qt::Key_Return || key == Qt::Key_Enter;
        if (key == Qt::Key_Down) {
            focusList();
            return true;
        }
        if (enter && m_filterModel.rowCount() > 0) {
            emit topicChosen(m_filterModel.index(0, 0).data(TopicListModel::NameRole).toString());
            return true;
        }
        if (enter && !m_searchOffer->isHidden()) {
            m_searchOffer->click();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

/// What lies below is disabled, so that the keyboard does not find it.
void ListPane::showInstead(QWidget *pane)
{
    m_instead = pane;
    pane->setParent(this);
    pane->setGeometry(rect());
    for (QWidget *child : findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly))
        child->setEnabled(child == pane);
    pane->show();
    pane->raise();
}

void ListPane::showChats()
{
    if (!m_instead)
        return;
    m_instead->hide();
    m_instead = nullptr;
    for (QWidget *child : findChildren<QWidget *>(QString(), Qt::FindDirectChildrenOnly))
        child->setEnabled(true);
}

void ListPane::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (m_instead)
        m_instead->setGeometry(rect());
}

void ListPane::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colors().window);
    painter.fillRect(QRect(0, m_tabs->geometry().bottom(), width(), 1), m_theme.colors().divider);
    if (!m_searchOffer->isHidden())
        painter.fillRect(QRect(0, m_searchOffer->y() - 1, width(), 1), m_theme.colors().divider);
}

}
