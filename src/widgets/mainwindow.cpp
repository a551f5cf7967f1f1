#include "widgets/mainwindow.h"

#include "models/topiclistmodel.h"
#include "widgets/banner.h"
#include "widgets/conversation/conversationpage.h"
#include "widgets/keysdialog.h"
#include "widgets/listpane.h"
#include "widgets/search/searchpane.h"
#include "widgets/signinpages.h"
#include "widgets/windowactions.h"

#include <QCloseEvent>
#include <QPointer>
#include <QScreen>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QWindow>

namespace confab {

namespace {

constexpr int kOnePaneBelow = 720;
constexpr int kSmallListBelow = 840;
constexpr int kSmallList = 248;
constexpr int kLeastList = 220;
constexpr int kMostList = 420;
constexpr int kLeastConversation = 420;
constexpr int kZoomStep = 10;
const QSize kLeastWindow(360, 400);
const QSize kWindowFrame(2, 32); // about what the desktop puts around it

enum class Panes { One, SmallList, Two };

Panes panesFor(int width)
{
    if (width < kOnePaneBelow)
        return Panes::One;
    return width < kSmallListBelow ? Panes::SmallList : Panes::Two;
}

}

class MainWindow::Private
{
public:
    Private(MainWindow *window, const Theme &themeOfWindow);

    void buildPages();
    void connectPages();
    void connectActions();
    void connectBanner(Banner *banner);
    void setPanes(Panes wanted, bool force = false);
    void showListOnly(bool listOnly);
    void updateBanner();
    void closeTopic();
    void choose(const TopicName &name);
    void moveIn(const QStringList &names, int step);
    void nextRegion();
    void toComposer();
    void openSearch();
    bool closeSearch();
    void showHit(const TopicName &chosen, Seq seq, const SearchQuery &query);
    bool hasChats() const { return stack->currentWidget() == splitter; }

    MainWindow *q;
    const Theme &theme;
    WindowActions *actions = nullptr;
    QStackedWidget *stack = nullptr; ///< none: nothing is built yet
    QSplitter *splitter = nullptr;
    ListPane *list = nullptr;
    ConversationPage *conversation = nullptr;
    Banner *banner = nullptr;
    SignInPages *signIn = nullptr;
    SearchPane *search = nullptr; ///< made when first asked for
    QPointer<SearchResultsModel> searchModel;
    TopicName beforeSearch; ///< the chat that was open then
    bool searching = false;
    QPointer<TopicList> topics;
    QPointer<Topic> topic;
    TopicName openName; ///< of `topic`, also when that is gone
    BannerContent content;
    ErrorText error;
    Panes panes = Panes::Two;
    bool listOnly = true; ///< in one pane: the list is shown
    int listWidth = 300; ///< chosen in two panes
    bool altAlone = false;
    bool painted = false;
};

MainWindow::Private::Private(MainWindow *window, const Theme &themeOfWindow)
    : q(window)
    , theme(themeOfWindow)
{
}

void MainWindow::Private::buildPages()
{
    actions = new WindowActions(theme, q);
    stack = new QStackedWidget(q);
    stack->setObjectName(QStringLiteral("pages"));
    signIn = new SignInPages(theme, stack);
    splitter = new QSplitter(Qt::Horizontal, stack);
    splitter->setObjectName(QStringLiteral("panes"));
    splitter->setChildrenCollapsible(false);
    list = new ListPane(theme, splitter);
    list->setMenuActions(actions->accountMenuActions());
    conversation = new ConversationPage(theme, splitter);
    banner = new Banner(theme, conversation);
    conversation->setBanner(banner);
    splitter->addWidget(list);
    splitter->addWidget(conversation);
    splitter->setStretchFactor(0, 0);
    splitter->setStretchFactor(1, 1);
    stack->addWidget(splitter);
    stack->addWidget(signIn);
    q->setCentralWidget(stack);
}

void MainWindow::Private::connectPages()
{
    connect(signIn, &SignInPages::shown, q, [this] { stack->setCurrentWidget(signIn); });
    connect(signIn, &SignInPages::left, q, &MainWindow::showChats);
    connect(list, &ListPane::topicChosen, q, [this](const QString &chosen) { choose(chosen); });
    connect(list, &ListPane::accountChosen, q, &MainWindow::accountChosen);
    connect(list, &ListPane::addAccountRequested, q, &MainWindow::addAccountRequested);
    connect(list, &ListPane::newChatRequested, q, &MainWindow::newChatRequested);
    connect(conversation, &ConversationPage::backRequested, q, [this] {
        closeTopic();
        showListOnly(true);
        list->focusList();
    });
    connect(splitter, &QSplitter::splitterMoved, q, [this](int position) {
        if (panes == Panes::Two)
            listWidth = position;
    });
    connectBanner(banner);
    connectBanner(list->banner());
}

void MainWindow::Private::connectBanner(Banner *strip)
{
    connect(strip, &Banner::passwordEntered, q, &MainWindow::signInRequested);
    connect(strip, &Banner::activated, q, [this](BannerContent::Kind kind) {
        switch (kind) {
        case BannerContent::Kind::None:
        case BannerContent::Kind::Connecting:
            return;
        case BannerContent::Kind::Offline:
        case BannerContent::Kind::Stopped:
            emit q->reconnectRequested();
            return;
        case BannerContent::Kind::SignIn:
            emit q->signInPageRequested();
            return;
        case BannerContent::Kind::Notice:
            if (error.isEmpty()) {
                emit q->noticeClosed();
            } else {
                error = {};
                updateBanner();
            }
            return;
        }
    });
}

void MainWindow::Private::connectActions()
{
    connect(actions, &WindowActions::newChat, q, [this] {
        if (hasChats())
            emit q->newChatRequested();
    });
    connect(actions, &WindowActions::filter, q, [this] {
        if (!hasChats())
            return;
        if (panes == Panes::One && !listOnly)
            showListOnly(true);
        list->focusFilter();
    });
    connect(actions, &WindowActions::searchAll, q, [this] { openSearch(); });
    connect(actions, &WindowActions::findInChat, q, [this] {
        if (hasChats() && topic)
            conversation->openFind();
    });
    connect(actions, &WindowActions::settings, q, &MainWindow::settingsRequested);
    connect(actions, &WindowActions::quit, q, &MainWindow::quitRequested);
    connect(actions, &WindowActions::closeWindow, q, &QWidget::close);
    connect(actions, &WindowActions::keys, q, [this] {
        KeysDialog(theme, actions->keyList(), q).exec();
    });
    connect(actions, &WindowActions::nextRegion, q, [this] { nextRegion(); });
    connect(actions, &WindowActions::composer, q, [this] { toComposer(); });
    connect(actions, &WindowActions::moveInChats, q,
        [this](int step) { moveIn(list->topics(), step); });
    connect(actions, &WindowActions::moveInUnread, q,
        [this](int step) { moveIn(list->unreadTopics(), step); });
    connect(actions, &WindowActions::chatAt, q,
        [this](int position) { choose(list->topics().value(position)); });
    connect(actions, &WindowActions::zoom, q, [this](int step) {
        const int percent = step == 0 ? 100 : theme.textPercent() + step * kZoomStep;
        emit q->textPercentRequested(qBound(80, percent, 200));
    });
    connect(actions, &WindowActions::fullScreen, q,
        [this] { q->setWindowState(q->QWidget::windowState() ^ Qt::WindowFullScreen); });
}

void MainWindow::Private::setPanes(Panes wanted, bool force)
{
    const bool changed = wanted != panes;
    panes = wanted;
    if (!changed && !force)
        return;
    const bool one = panes == Panes::One;
    conversation->setBackVisible(one);
    list->setMinimumWidth(one ? 0 : kLeastList);
    list->setMaximumWidth(one ? QWIDGETSIZE_MAX : kMostList);
    conversation->setMinimumWidth(one ? 0 : kLeastConversation);
    showListOnly(topic.isNull());
    if (!one) {
        const int width = panes == Panes::SmallList ? kSmallList : listWidth;
        splitter->setSizes({width, qMax(kLeastConversation, q->width() - width - 1)});
    }
}

void MainWindow::Private::showListOnly(bool only)
{
    listOnly = only;
    const bool one = panes == Panes::One;
    list->setVisible(!one || listOnly);
    conversation->setVisible(!one || !listOnly);
    list->setOpenTopic(one ? QString() : openName);
    updateBanner();
}

void MainWindow::Private::updateBanner()
{
    BannerContent shown = content;
    if (!error.isEmpty()) {
        shown = {};
        shown.kind = BannerContent::Kind::Notice;
        shown.why = error;
    }
    const bool inList = panes == Panes::One && listOnly;
    banner->setContent(inList ? BannerContent() : shown);
    list->banner()->setContent(inList ? shown : BannerContent());
}

void MainWindow::Private::closeTopic()
{
    if (openName.isEmpty())
        return;
    const TopicName closed = openName;
    openName.clear();
    topic = nullptr;
    conversation->setTopic(topics, nullptr);
    list->setOpenTopic({});
    emit q->topicClosed(closed);
}

void MainWindow::Private::choose(const TopicName &chosen)
{
    Topic *found = topics ? topics->find(chosen) : nullptr;
    if (!found)
        return;
    if (found != topic) {
        closeTopic();
        topic = found;
        openName = chosen;
        conversation->setTopic(topics, found);
        emit q->topicOpened(chosen);
    }
    showListOnly(false);
    conversation->focusComposer();
}

void MainWindow::Private::moveIn(const QStringList &names, int step)
{
    if (!hasChats() || names.isEmpty())
        return;
    // The open chat may be none of the names: then its place among all chats decides.
    const QStringList all = list->topics();
    const qsizetype count = all.size();
    qsizetype at = all.indexOf(openName);
    if (at < 0)
        at = step > 0 ? -1 : count;
    for (at += step; at >= 0 && at < count; at += step) {
        if (names.contains(all.at(at))) {
            choose(all.at(at));
            return;
        }
    }
}

void MainWindow::Private::nextRegion()
{
    if (!hasChats())
        return;
    const QWidget *focus = q->focusWidget();
    const bool inList = focus && (focus == list || list->isAncestorOf(focus));
    if (inList && conversation->isVisible())
        conversation->focusComposer();
    else if (list->isVisible())
        list->focusList();
}

void MainWindow::Private::toComposer()
{
    if (!hasChats()) {
        signIn->goBack();
        return;
    }
    if (closeSearch() || conversation->closeFind())
        return;
    if (!list->clearFilter() && conversation->isVisible())
        conversation->focusComposer();
}

void MainWindow::Private::openSearch()
{
    if (!hasChats() || !searchModel)
        return;
    if (!search) {
        search = new SearchPane(theme, list);
        connect(search, &SearchPane::hitChosen, q,
            [this](const TopicName &chosen, Seq seq, const SearchQuery &query) {
                showHit(chosen, seq, query);
            });
        connect(search, &SearchPane::closed, q, [this] { closeSearch(); });
    }
    if (!std::exchange(searching, true)) {
        beforeSearch = openName;
        search->setModel(topics, searchModel);
    }
    search->setOpenTopic(openName);
    if (panes == Panes::One)
        showListOnly(true);
    list->showInstead(search);
    search->focusField();
}

/// Back to where the person was. Whether there was a search.
bool MainWindow::Private::closeSearch()
{
    if (!std::exchange(searching, false))
        return false;
    search->setModel(nullptr, nullptr);
    list->showChats();
    const bool stayed = openName == beforeSearch;
    if (stayed && topic) {
        conversation->endSearch();
        conversation->focusComposer();
    } else if (!stayed && topics && topics->find(beforeSearch)) {
        choose(beforeSearch);
    } else {
        closeTopic();
        list->focusList();
    }
    return true;
}

void MainWindow::Private::showHit(const TopicName &chosen, Seq seq, const SearchQuery &query)
{
    QWidget *focus = q->focusWidget();
    choose(chosen);
    if (openName != chosen)
        return;
    conversation->showMessage(seq, query);
    if (focus && panes != Panes::One)
        focus->setFocus(Qt::OtherFocusReason); // the next hit is one key away
}

MainWindow::MainWindow(const Theme &theme, QWidget *parent)
    : QMainWindow(parent)
    , d(std::make_unique<Private>(this, theme))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(QStringLiteral("Confab"));
    setMinimumSize(kLeastWindow);
    restore({});
}

MainWindow::~MainWindow() = default;

void MainWindow::build()
{
    d->buildPages();
    d->connectPages();
    d->connectActions();
    d->setPanes(panesFor(width()), true);
    layout()->activate(); // or what is shown next would be laid out for sizes that change at once
}

void MainWindow::setAccounts(const QList<AccountEntry> &accounts, const QString &currentId)
{
    d->signIn->setLeavable(!accounts.isEmpty());
    d->list->setAccounts(accounts, currentId);
}

void MainWindow::setTopics(TopicList *topics, TopicListModel *model)
{
    d->closeTopic();
    if (d->topics)
        disconnect(d->topics, nullptr, this, nullptr);
    d->topics = topics;
    d->list->setModel(model);
    d->conversation->setTopic(topics, nullptr);
    d->showListOnly(true);
    if (!topics)
        return;
    connect(topics, &TopicList::aboutToRemove, this, [this](int row) {
        if (d->topics->at(row) != d->topic)
            return;
        d->topic = nullptr;
        d->conversation->setTopic(d->topics, nullptr);
    });
    // The list may be filtered anew only when the row is gone.
    connect(topics, &TopicList::removed, this, [this] {
        if (d->topic || d->openName.isEmpty())
            return;
        d->closeTopic();
        d->showListOnly(true);
    });
}

void MainWindow::setSearch(SearchResultsModel *everywhere, SearchResultsModel *inChat)
{
    d->closeSearch();
    d->searchModel = everywhere;
    d->conversation->setFindModel(inChat);
}

void MainWindow::setTopicsKnown(bool known)
{
    d->list->setTopicsKnown(known);
}

void MainWindow::setBanner(const BannerContent &banner)
{
    d->content = banner;
    d->updateBanner();
}

void MainWindow::openTopic(const TopicName &topic)
{
    d->choose(topic);
}

void MainWindow::openMessage(const TopicName &topic, Seq seq)
{
    if (seq > 0)
        d->showHit(topic, seq, {});
    else
        d->choose(topic);
}

void MainWindow::reopenTopic(const TopicName &topic)
{
    if (!d->topic && d->panes != Panes::One)
        d->choose(topic);
}

TopicName MainWindow::currentTopic() const
{
    return d->topic ? d->topic->name() : TopicName();
}

void MainWindow::showChats()
{
    d->stack->setCurrentWidget(d->splitter);
    if (d->topic)
        d->conversation->focusComposer();
    else
        d->list->focusList();
}

void MainWindow::showError(const ErrorText &error)
{
    d->error = error;
    d->updateBanner();
}

SignInPages *MainWindow::signInPages() const
{
    return d->signIn;
}

ConversationPage *MainWindow::conversation() const
{
    return d->conversation;
}

WindowState MainWindow::windowState() const
{
    const bool large = isMaximized() || isFullScreen();
    return {large ? normalGeometry().size() : size(), d->listWidth, isMaximized()};
}

void MainWindow::restore(const WindowState &state)
{
    d->listWidth = qBound(kLeastList, state.listWidth, kMostList);
    const QSize room = screen()->availableSize() - kWindowFrame;
    resize(state.size.boundedTo(room).expandedTo(kLeastWindow));
    if (state.maximized)
        setWindowState(Qt::WindowMaximized);
    if (d->stack)
        d->setPanes(panesFor(width()), true);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    emit closing();
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    if (d->stack)
        d->setPanes(panesFor(width()));
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    // Whichever widget has the focus: Alt alone is the window's.
    windowHandle()->installEventFilter(this);
}

/// Its children are painted after it, in the same turn of the event loop.
void MainWindow::paintEvent(QPaintEvent *event)
{
    QMainWindow::paintEvent(event);
    if (d->stack && !std::exchange(d->painted, true))
        QTimer::singleShot(0, this, &MainWindow::painted);
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (d->actions && watched == windowHandle()) {
        // A key that is a shortcut comes as ShortcutOverride alone.
        if (event->type() == QEvent::KeyPress || event->type() == QEvent::ShortcutOverride) {
            d->altAlone = static_cast<QKeyEvent *>(event)->key() == Qt::Key_Alt;
        } else if (event->type() == QEvent::KeyRelease) {
            if (d->altAlone && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Alt)
                d->actions->showMenuBar();
            d->altAlone = false;
        } else if (event->type() == QEvent::MouseButtonPress) {
            d->altAlone = false;
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

}
