#include "widgets/mainwindow.h"

#include "store/search/searchquery.h"
#include "widgets/chatpanes.h"
#include "widgets/conversation/conversationpage.h"
#include "widgets/keysdialog.h"
#include "widgets/listpane.h"
#include "widgets/signinpages.h"
#include "widgets/windowactions.h"

#include <QCloseEvent>
#include <QScreen>
#include <QStackedWidget>
#include <QTimer>
#include <QWindow>

namespace confab {

namespace {

constexpr int kZoomStep = 10;
const QSize kLeastWindow(360, 400);
const QSize kWindowFrame(2, 32); // about what the desktop puts around it

}

class MainWindow::Private
{
public:
    Private(MainWindow *window, const Theme &themeOfWindow);

    void buildPages();
    void connectPages();
    void connectActions();
    void whereChatsAre(void (WindowActions::*asked)(), void (ChatPanes::*done)());
    void answerBanner(BannerContent::Kind kind);
    void updateBanner();
    bool hasChats() const { return stack->currentWidget() == panes; }

    MainWindow *q;
    const Theme &theme;
    WindowActions *actions = nullptr;
    QStackedWidget *stack = nullptr; ///< none: nothing is built yet
    ChatPanes *panes = nullptr;
    SignInPages *signIn = nullptr;
    BannerContent content;
    ErrorText error;
    int listWidth = 0; ///< until there are panes
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
    panes = new ChatPanes(theme, stack);
    panes->list()->setMenuActions(actions->accountMenuActions());
    stack->addWidget(panes);
    stack->addWidget(signIn);
    q->setCentralWidget(stack);
}

void MainWindow::Private::connectPages()
{
    connect(signIn, &SignInPages::shown, q, [this] { stack->setCurrentWidget(signIn); });
    connect(signIn, &SignInPages::left, q, &MainWindow::showChats);
    connect(panes, &ChatPanes::topicOpened, q, &MainWindow::topicOpened);
    connect(panes, &ChatPanes::topicClosed, q, &MainWindow::topicClosed);
    connect(panes, &ChatPanes::passwordEntered, q, &MainWindow::signInRequested);
    connect(panes, &ChatPanes::bannerActivated, q,
        [this](BannerContent::Kind kind) { answerBanner(kind); });
    const ListPane *list = panes->list();
    connect(list, &ListPane::accountChosen, q, &MainWindow::accountChosen);
    connect(list, &ListPane::addAccountRequested, q, &MainWindow::addAccountRequested);
    connect(list, &ListPane::newChatRequested, q, &MainWindow::newChatRequested);
}

void MainWindow::Private::answerBanner(BannerContent::Kind kind)
{
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
}

/// Keys mean nothing to the chats while a page of accounts is in front of them.
void MainWindow::Private::whereChatsAre(void (WindowActions::*asked)(), void (ChatPanes::*done)())
{
    connect(actions, asked, q, [this, done] {
        if (hasChats())
            (panes->*done)();
    });
}

void MainWindow::Private::connectActions()
{
    connect(actions, &WindowActions::newChat, q, [this] {
        if (hasChats())
            emit q->newChatRequested();
    });
    whereChatsAre(&WindowActions::filter, &ChatPanes::focusFilter);
    whereChatsAre(&WindowActions::searchAll, &ChatPanes::openSearch);
    whereChatsAre(&WindowActions::findInChat, &ChatPanes::findInChat);
    whereChatsAre(&WindowActions::nextRegion, &ChatPanes::nextRegion);
    connect(actions, &WindowActions::composer, q, [this] {
        if (hasChats())
            panes->goBack();
        else
            signIn->goBack();
    });
    connect(actions, &WindowActions::moveInChats, q, [this](int step) {
        if (hasChats())
            panes->moveIn(panes->list()->topics(), step);
    });
    connect(actions, &WindowActions::moveInUnread, q, [this](int step) {
        if (hasChats())
            panes->moveIn(panes->list()->unreadTopics(), step);
    });
    connect(actions, &WindowActions::chatAt, q,
        [this](int position) { panes->openTopic(panes->list()->topics().value(position)); });
    connect(actions, &WindowActions::settings, q, &MainWindow::settingsRequested);
    connect(actions, &WindowActions::quit, q, &MainWindow::quitRequested);
    connect(actions, &WindowActions::closeWindow, q, &QWidget::close);
    connect(actions, &WindowActions::keys, q,
        [this] { KeysDialog(theme, actions->keyList(), q).exec(); });
    connect(actions, &WindowActions::zoom, q, [this](int step) {
        const int percent = step == 0 ? 100 : theme.textPercent() + step * kZoomStep;
        emit q->textPercentRequested(qBound(80, percent, 200));
    });
    connect(actions, &WindowActions::fullScreen, q,
        [this] { q->setWindowState(q->QWidget::windowState() ^ Qt::WindowFullScreen); });
}

void MainWindow::Private::updateBanner()
{
    BannerContent shown = content;
    if (!error.isEmpty()) {
        shown = {};
        shown.kind = BannerContent::Kind::Notice;
        shown.why = error;
    }
    panes->setBanner(shown);
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
    d->panes->arrange(width(), d->listWidth);
    layout()->activate(); // or what is shown next would be laid out for sizes that change at once
}

void MainWindow::setAccounts(const QList<AccountEntry> &accounts, const QString &currentId)
{
    d->signIn->setLeavable(!accounts.isEmpty());
    d->panes->list()->setAccounts(accounts, currentId);
}

void MainWindow::setTopics(TopicList *topics, TopicListModel *model)
{
    d->panes->setTopics(topics, model);
}

void MainWindow::setSearch(SearchResultsModel *everywhere, SearchResultsModel *inChat)
{
    d->panes->setSearch(everywhere, inChat);
}

void MainWindow::setTopicsKnown(bool known)
{
    d->panes->list()->setTopicsKnown(known);
}

void MainWindow::setBanner(const BannerContent &banner)
{
    d->content = banner;
    d->updateBanner();
}

void MainWindow::openTopic(const TopicName &topic)
{
    d->panes->openTopic(topic);
}

void MainWindow::openMessage(const TopicName &topic, Seq seq)
{
    if (seq > 0)
        d->panes->openMessage(topic, seq, {});
    else
        d->panes->openTopic(topic);
}

void MainWindow::reopenTopic(const TopicName &topic)
{
    d->panes->reopenTopic(topic);
}

TopicName MainWindow::currentTopic() const
{
    const Topic *topic = d->panes->topic();
    return topic ? topic->name() : TopicName();
}

void MainWindow::showChats()
{
    d->stack->setCurrentWidget(d->panes);
    d->panes->focusChat();
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
    return d->panes->conversation();
}

WindowState MainWindow::windowState() const
{
    const bool large = isMaximized() || isFullScreen();
    return {large ? normalGeometry().size() : size(),
        d->panes ? d->panes->listWidth() : d->listWidth, isMaximized()};
}

void MainWindow::restore(const WindowState &state)
{
    d->listWidth = state.listWidth;
    const QSize room = screen()->availableSize() - kWindowFrame;
    resize(state.size.boundedTo(room).expandedTo(kLeastWindow));
    if (state.maximized)
        setWindowState(Qt::WindowMaximized);
    if (d->panes)
        d->panes->arrange(width(), d->listWidth);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    emit closing();
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    if (d->panes)
        d->panes->fit(width());
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
