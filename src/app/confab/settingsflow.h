#pragma once

#include "app/common/account.h"
#include "service/serverprobe.h"
#include "widgets/settingsdialog.h"
#include "widgets/settingsvalues.h"
#include "widgets/viewtypes.h"

#include <QObject>
#include <QPointer>

namespace confab {

class LocalServerHost;
class Profile;
class StorageSettings;
class Theme;
class Threads;
class Writing;

/// The settings dialog while it is open: filled from the account shown and from the profile, and what
/// is changed in it put into effect at once. What concerns the list of accounts is for the owner to do.
/// GUI thread.
class SettingsFlow : public QObject
{
    Q_OBJECT

public:
    /// All outlive the flow.
    struct Parts {
        Theme *theme = nullptr;
        QWidget *window = nullptr; ///< parent of the dialog
        Profile *profile = nullptr;
        Threads *threads = nullptr;
        LocalServerHost *localServer = nullptr;
    };

    explicit SettingsFlow(const Parts &parts);

    /// Outlives the flow's dialog; there before the first open().
    void setWriting(Writing *writing) { m_writing = writing; }
    void open();
    void close();
    /// Again whenever either changes; `shown` is nullptr while there is no account.
    void setAccounts(const QList<AccountEntry> &accounts, Account *shown);
    void applyAppearance(const AppearanceSettings &settings);

signals:
    void accountChosen(const QString &id);
    void addAccountRequested();
    void removeAccountRequested(const QString &id);

private:
    void connectDialog();
    void connectServer();
    void connectWriting();
    void fillAccounts();
    void fillServer();
    void applyServer(const ServerSettings &settings);
    void test(const QString &typed, const QString &apiKey);

    Parts m_parts;
    Writing *m_writing = nullptr;
    ServerProbe m_probe;
    QList<AccountEntry> m_accounts;
    QPointer<Account> m_shown;
    QPointer<SettingsDialog> m_dialog;
    QPointer<StorageSettings> m_storage; ///< belongs to the dialog
};

}
