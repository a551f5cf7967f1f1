#include "widgets/settings/accountspage.h"

#include "widgets/confabstyle.h"

#include "ui_accountsform.h"

#include <QMessageBox>

namespace confab {

AccountsPage::AccountsPage(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_ui(std::make_unique<Ui::AccountsForm>())
{
    m_ui->setupUi(this);
    m_ui->add->setIcon(theme.icon(QStringLiteral("plus")));
    m_ui->accounts->viewport()->setBackgroundRole(QPalette::Button);
    m_ui->accounts->setIconSize({18, 18});
    connect(m_ui->add, &QPushButton::clicked, this, &AccountsPage::addAccountRequested);
    connect(m_ui->show, &QPushButton::clicked, this, [this] { emit accountChosen(chosenAccount()); });
    connect(m_ui->remove, &QPushButton::clicked, this, &AccountsPage::confirmRemove);
    connect(m_ui->accounts, &QListWidget::currentRowChanged, this, &AccountsPage::showChoice);
    showChoice();
}

AccountsPage::~AccountsPage() = default;

void AccountsPage::setAccounts(const QList<AccountEntry> &accounts, const QString &currentId)
{
    m_currentId = currentId;
    QListWidget *list = m_ui->accounts;
    list->clear();
    for (const AccountEntry &account : accounts) {
        const bool local = account.kind == AccountEntry::Kind::Local;
        const QString place = local ? tr("this computer") : account.server;
        const QString icon = local ? QStringLiteral("laptop") : QStringLiteral("server");
        QString text = tr("%1, %2", "name, server").arg(account.name, place);
        if (account.id == currentId)
            text = tr("%1 (shown now)").arg(text);
        auto *item = new QListWidgetItem(m_theme.icon(icon), text, list);
        item->setData(Qt::UserRole, account.id);
        item->setSizeHint({0, m_theme.lineHeight(TextStyle::Body) + 12});
        if (account.id == currentId)
            list->setCurrentItem(item);
    }
    showChoice();
}

QString AccountsPage::chosenAccount() const
{
    const QListWidgetItem *item = m_ui->accounts->currentItem();
    return item ? item->data(Qt::UserRole).toString() : QString();
}

void AccountsPage::showChoice()
{
    const QString chosen = chosenAccount();
    m_ui->show->setEnabled(!chosen.isEmpty() && chosen != m_currentId);
    m_ui->remove->setEnabled(!chosen.isEmpty());
}

void AccountsPage::confirmRemove()
{
    const QString id = chosenAccount();
    QMessageBox box(QMessageBox::NoIcon, tr("Remove account"), tr("Remove this account?"),
        QMessageBox::NoButton, window());
    box.setObjectName(QStringLiteral("removeAccount"));
    box.setInformativeText(tr("This computer forgets its chats, drafts and unsent messages. What is on "
                              "a server elsewhere stays there."));
    QPushButton *remove = box.addButton(tr("Remove account"), QMessageBox::DestructiveRole);
    remove->setObjectName(QStringLiteral("confirmRemove"));
    remove->setProperty(ConfabStyle::kRole, QStringLiteral("danger"));
    QPushButton *keep = box.addButton(tr("Keep"), QMessageBox::RejectRole);
    box.setDefaultButton(keep);
    box.setEscapeButton(keep);
    box.exec();
    if (box.clickedButton() == remove)
        emit removeAccountRequested(id);
}

}
