#pragma once

#include "widgets/theme.h"
#include "widgets/viewtypes.h"

#include <QWidget>

#include <memory>

namespace confab {

namespace Ui {
class AccountsForm;
}

/// All accounts: show one, add one, remove one.
class AccountsPage : public QWidget
{
    Q_OBJECT

public:
    explicit AccountsPage(const Theme &theme, QWidget *parent = nullptr);
    ~AccountsPage() override;

    void setAccounts(const QList<AccountEntry> &accounts, const QString &currentId);

signals:
    void accountChosen(const QString &id);
    void addAccountRequested();
    /// Confirmed by the person: forget the account and what this computer keeps of it.
    void removeAccountRequested(const QString &id);

private:
    QString chosenAccount() const;
    void showChoice();
    void confirmRemove();

    const Theme &m_theme;
    std::unique_ptr<Ui::AccountsForm> m_ui;
    QString m_currentId;
};

}
