#include "widgets/windowactions.h"

#include <QAction>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>

namespace confab {

WindowActions::WindowActions(const Theme &theme, QMainWindow *window)
    : QObject(window)
    , m_theme(theme)
    , m_window(window)
{
    addChatActions();
    addViewActions();
    addMovingActions();
}

void WindowActions::makeMenuBar()
{
    m_bar = m_window->menuBar();
    m_bar->setObjectName(QStringLiteral("menuBar"));
    m_bar->setAccessibleName(tr("Menu bar"));
    // A menu bar drawn by the desktop would not be behind Alt.
    m_bar->setNativeMenuBar(false);
    m_bar->hide();
    const auto addMenu = [this](const QString &title, const QList<QAction *> &actions) {
        QMenu *menu = m_bar->addMenu(title);
        for (QAction *action : actions) {
            if (action)
                menu->addAction(action);
            else
                menu->addSeparator();
        }
        connect(menu, &QMenu::aboutToHide, m_bar, &QWidget::hide, Qt::QueuedConnection);
    };
    addMenu(tr("&Chat"), m_chatMenu);
    addMenu(tr("&View"), m_viewMenu);
}

template<typename Signal, typename... Arguments>
QAction *WindowActions::add(const QString &name, const QString &text, const QStringList &keys,
    Signal signal, Arguments... arguments)
{
    auto *action = new QAction(text, m_window);
    action->setObjectName(name);
    QList<QKeySequence> sequences;
    for (const QString &key : keys)
        sequences.append(QKeySequence(key, QKeySequence::PortableText));
    action->setShortcuts(sequences);
    connect(action, &QAction::triggered, this,
        [this, signal, arguments...] { emit(this->*signal)(arguments...); });
    m_window->addAction(action);
    m_all.append(action);
    return action;
}

void WindowActions::addChatActions()
{
    QAction *newChat = add(QStringLiteral("actionNewChat"), tr("&New chat…"),
        {QStringLiteral("Ctrl+N")}, &WindowActions::newChat);
    QAction *filter = add(QStringLiteral("actionFilter"), tr("&Go to a chat"),
        {QStringLiteral("Ctrl+K")}, &WindowActions::filter);
    QAction *search = add(QStringLiteral("actionSearch"), tr("&Search all messages…"),
        {QStringLiteral("Ctrl+Shift+F")}, &WindowActions::searchAll);
    search->setIcon(m_theme.icon(QStringLiteral("search")));
    QAction *find = add(QStringLiteral("actionFind"), tr("&Find in this chat…"),
        {QStringLiteral("Ctrl+F")}, &WindowActions::findInChat);
    QAction *settings = add(QStringLiteral("actionSettings"), tr("&Settings…"),
        {QStringLiteral("Ctrl+,")}, &WindowActions::settings);
    settings->setIcon(m_theme.icon(QStringLiteral("settings")));
    QAction *keys = add(QStringLiteral("actionKeys"), tr("&Keys…"), {QStringLiteral("Ctrl+/")},
        &WindowActions::keys);
    keys->setIcon(m_theme.icon(QStringLiteral("keyboard")));
    QAction *close = add(QStringLiteral("actionClose"), tr("&Close the window"),
        {QStringLiteral("Ctrl+W")}, &WindowActions::closeWindow);
    QAction *quit = add(
        QStringLiteral("actionQuit"), tr("&Quit"), {QStringLiteral("Ctrl+Q")}, &WindowActions::quit);
    quit->setIcon(m_theme.icon(QStringLiteral("log-out")));
    m_accountMenu = {search, settings, keys, quit};
    m_chatMenu = {newChat, filter, nullptr, search, find, nullptr, settings, keys, nullptr, close, quit};
}

void WindowActions::addViewActions()
{
    m_viewMenu = {
        add(QStringLiteral("actionZoomIn"), tr("&Larger text"),
            {QStringLiteral("Ctrl++"), QStringLiteral("Ctrl+=")}, &WindowActions::zoom, 1),
        add(QStringLiteral("actionZoomOut"), tr("&Smaller text"), {QStringLiteral("Ctrl+-")},
            &WindowActions::zoom, -1),
        add(QStringLiteral("actionZoomReset"), tr("&Normal text"), {QStringLiteral("Ctrl+0")},
            &WindowActions::zoom, 0),
        nullptr,
        add(QStringLiteral("actionFullScreen"), tr("&Full screen"), {QStringLiteral("F11")},
            &WindowActions::fullScreen),
    };
}

void WindowActions::addMovingActions()
{
    add(QStringLiteral("actionNextRegion"), tr("Next pane"),
        {QStringLiteral("F6"), QStringLiteral("Shift+F6")}, &WindowActions::nextRegion);
    add(QStringLiteral("actionComposer"), tr("Back to writing"), {QStringLiteral("Esc")},
        &WindowActions::composer);
    add(QStringLiteral("actionNextChat"), tr("Next chat"),
        {QStringLiteral("Alt+Down"), QStringLiteral("Ctrl+PgDown")}, &WindowActions::moveInChats, 1);
    add(QStringLiteral("actionPreviousChat"), tr("Previous chat"),
        {QStringLiteral("Alt+Up"), QStringLiteral("Ctrl+PgUp")}, &WindowActions::moveInChats, -1);
    add(QStringLiteral("actionNextUnread"), tr("Next unread chat"),
        {QStringLiteral("Alt+Shift+Down")}, &WindowActions::moveInUnread, 1);
    add(QStringLiteral("actionPreviousUnread"), tr("Previous unread chat"),
        {QStringLiteral("Alt+Shift+Up")}, &WindowActions::moveInUnread, -1);
    for (int position = 0; position < 9; ++position) {
        add(QStringLiteral("actionChat%1").arg(position + 1), tr("Chat %1").arg(position + 1),
            {QStringLiteral("Ctrl+%1").arg(position + 1)}, &WindowActions::chatAt, position);
    }
}

QList<KeysDialog::Entry> WindowActions::keyList() const
{
    QList<KeysDialog::Entry> entries;
    for (const QAction *action : m_all) {
        // One line stands for the nine chats.
        const QString name = action->objectName();
        if (name.startsWith(QLatin1String("actionChat")) && name != QLatin1String("actionChat1"))
            continue;
        QString text = action->text();
        text.remove(u'&').remove(u'…');
        QStringList keys;
        const QList<QKeySequence> sequences = action->shortcuts();
        for (const QKeySequence &sequence : sequences)
            keys.append(sequence.toString(QKeySequence::NativeText));
        if (name == QLatin1String("actionChat1"))
            entries.append({tr("First to ninth chat"), {tr("Ctrl+1 to 9")}});
        else
            entries.append({text, keys});
    }
    entries.append({tr("Send"), {tr("Enter")}});
    entries.append({tr("New line"), {tr("Shift+Enter")}});
    entries.append({tr("Bold, italic, code"), {tr("Ctrl+B"), tr("Ctrl+I"), tr("Ctrl+E")}});
    entries.append({tr("Strikethrough"), {tr("Ctrl+Shift+X")}});
    entries.append({tr("Paste without formatting"), {tr("Ctrl+Shift+V")}});
    entries.append({tr("Emoji"), {tr("Ctrl+Shift+J")}});
    entries.append({tr("Attach files"), {tr("Ctrl+O")}});
    entries.append({tr("Edit the last own message"), {tr("Up")}});
    entries.append({tr("Choose a message to reply to"), {tr("Ctrl+Up"), tr("Ctrl+Down")}});
    entries.append({tr("Scroll by a page"), {tr("PgUp"), tr("PgDown")}});
    entries.append({tr("Scroll the code of a message"), {tr("Left"), tr("Right")}});
    entries.append({tr("Go to the oldest unread message"), {tr("Shift+PgUp")}});
    entries.append({tr("Menu bar"), {tr("Alt")}});
    return entries;
}

void WindowActions::showMenuBar()
{
    if (!m_bar)
        makeMenuBar();
    m_bar->setVisible(!m_bar->isVisible());
    if (m_bar->isVisible())
        m_bar->setFocus(Qt::MenuBarFocusReason);
}

}
