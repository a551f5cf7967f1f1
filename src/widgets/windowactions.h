#pragma once

#include "widgets/keysdialog.h"
#include "widgets/theme.h"

#include <QHash>
#include <QList>
#include <QObject>

class QAction;
class QMainWindow;
class QMenuBar;

namespace confab {

/// The commands of the main window: their keys, and the menu bar that shows itself behind Alt.
class WindowActions : public QObject
{
    Q_OBJECT

public:
    WindowActions(const Theme &theme, QMainWindow *window);

    /// Settings, keys, quit: what the account menu ends with.
    QList<QAction *> accountMenuActions() const { return m_accountMenu; }
    QList<KeysDialog::Entry> keyList() const;
    /// Shows the menu bar until a menu has been left.
    void showMenuBar();

signals:
    void newChat();
    void filter();
    void searchAll();
    void findInChat();
    void settings();
    void quit();
    void closeWindow();
    void keys();
    void nextRegion();
    void composer();
    void moveInChats(int step); ///< +1 down, -1 up
    void moveInUnread(int step);
    void chatAt(int position); ///< from 0
    void zoom(int step); ///< +1, -1; 0: back to 100 %
    void fullScreen();

private:
    template<typename Signal, typename... Arguments>
    QAction *add(const QString &name, const QString &text, const QStringList &keys, Signal signal,
        Arguments... arguments);
    void addChatActions();
    void addViewActions();
    void addMovingActions();
    void makeMenuBar();

    const Theme &m_theme;
    QMainWindow *m_window;
    QList<QAction *> m_all;
    QList<QAction *> m_accountMenu;
    QList<QAction *> m_chatMenu; ///< nullptr: a separator
    QList<QAction *> m_viewMenu;
    QMenuBar *m_bar = nullptr; ///< none until it is first shown: few ever do
};

}
