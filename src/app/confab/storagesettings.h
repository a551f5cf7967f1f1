#pragma once

#include "app/common/account.h"

#include <QObject>
#include <QPointer>

namespace confab {

class StoragePage;

/// The settings page about what an account keeps on this computer, filled from its archive and acting
/// on it. Lives as long as the page, its parent; GUI thread.
class StorageSettings : public QObject
{
    Q_OBJECT

public:
    explicit StorageSettings(StoragePage &page);

    void setAccount(Account *account); ///< nullptr: none

private:
    void measure();
    void showUse(const StorageUse &use);
    void showRebuild();
    void rebuild();
    void limitMedia(qint64 bytes);
    void exportAll();

    StoragePage &m_page;
    QPointer<Account> m_account;
    bool m_rebuilding = false;
};

}
