#pragma once

#include "app/common/instancelock.h"
#include "service/accountconfig.h"
#include "wire/result.h"

#include <QList>
#include <QSettings>
#include <QString>

#include <memory>

namespace confab {

/// Where everything of this user lies: profiles and the local server that they share.
struct DataFolders {
    QString root; ///< XDG data folder of Confab, or what --data-dir says

    static DataFolders standard();
    QString profile(const QString &nameOrFolder) const; ///< a name, or a folder when it holds a '/'
    QString localServer() const;
};

/// One profile: settings and the list of accounts, each account in a folder of its own. Exclusive:
/// one program at a time. Files and folders are readable by their owner only. GUI thread.
class Profile
{
public:
    /// Makes the folder if it is missing. The error is a sentence: in use, or can't be written.
    static wire::Result<std::unique_ptr<Profile>, QString> open(const QString &folder);

    const QString &folder() const { return m_folder; }
    QSettings &settings() { return m_settings; }
    InstanceLock &lock() { return *m_lock; }

    QList<AccountConfig> accounts() const; ///< in the order they were added
    QString accountFolder(const QString &id) const;
    /// Gives the account an id and a folder.
    AccountConfig add(AccountConfig config);
    void save(const AccountConfig &config);
    /// Removes the account with all that its folder holds.
    void remove(const QString &id);

    QString currentAccount() const;
    void setCurrentAccount(const QString &id);
    /// The chat that was open last in an account; empty: none.
    wire::TopicName lastChat(const QString &id) const;
    void setLastChat(const QString &id, const wire::TopicName &chat);

private:
    Profile(const QString &folder, std::unique_ptr<InstanceLock> lock);

    QString m_folder;
    std::unique_ptr<InstanceLock> m_lock;
    QSettings m_settings;
};

}
