#pragma once

#include "widgets/theme.h"

#include <QDialog>
#include <QStringList>

class QLabel;
class QListWidget;
class QStackedWidget;

namespace confab {

class AccountsPage;
class AppearancePage;
class LocalServerPage;
class ServerPage;
class StoragePage;
class WritingPage;

/// The pages of the settings with a list of them beside. Each page has signals of its own and tells
/// every change at once; there is nothing to confirm.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    enum class Page { Accounts, Server, Storage, Appearance, Writing, LocalServer }; // as in the list

    explicit SettingsDialog(const Theme &theme, QWidget *parent = nullptr);

    void showPage(Page page);
    // They live as long as the dialog.
    AccountsPage &accounts() const { return *m_accounts; }
    ServerPage &server() const { return *m_server; } ///< of the account shown
    StoragePage &storage() const { return *m_storage; } ///< of the account shown
    AppearancePage &appearance() const { return *m_appearance; }
    WritingPage &writing() const { return *m_writing; }
    LocalServerPage &localServer() const { return *m_localServer; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    QWidget *buildNav();
    QWidget *buildFoot();
    void addPage(const QString &icon, const QString &name, QWidget *content);
    void labelNav();

    const Theme &m_theme;
    AccountsPage *m_accounts;
    ServerPage *m_server;
    StoragePage *m_storage;
    AppearancePage *m_appearance;
    WritingPage *m_writing;
    LocalServerPage *m_localServer;
    QWidget *m_navPane = nullptr;
    QLabel *m_heading = nullptr;
    QListWidget *m_nav = nullptr;
    QStackedWidget *m_stack;
    QStringList m_pageNames;
};

}
