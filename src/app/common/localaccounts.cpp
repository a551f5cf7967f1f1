#include "app/common/localaccounts.h"

#include "server/admin/administration.h"

namespace confab {

using server::Administration;

LocalAccounts::LocalAccounts(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
{
    m_work.setMaxThreadCount(1);
}

LocalAccounts::~LocalAccounts()
{
    m_work.waitForDone();
}

void LocalAccounts::list()
{
    m_work.start([this] {
        QList<server::AccountRow> accounts;
        if (const auto opened = Administration::open(m_folder, Administration::IfMissing::Refuse)) {
            (*opened)->eachUser([&](const server::AccountRow &account) {
                if (!account.login.isEmpty())
                    accounts.append(account);
                return true;
            });
        }
        QMetaObject::invokeMethod(
            this, [this, accounts] { emit listed(accounts); }, Qt::QueuedConnection);
    });
}

void LocalAccounts::change(const Change &change)
{
    m_work.start([this, change] {
        const auto opened = Administration::open(m_folder, Administration::IfMissing::Refuse);
        const QString error = opened ? change(**opened).value_or(QString()) : opened.error();
        QMetaObject::invokeMethod(
            this, [this, error] { emit finished(error); }, Qt::QueuedConnection);
    });
    list();
}

void LocalAccounts::add(const QString &login, const QString &password, const QString &name)
{
    change([=](Administration &administration) {
        return administration.addUser(login, password.toUtf8(), name);
    });
}

void LocalAccounts::setPassword(const QString &login, const QString &password)
{
    change([=](Administration &administration) {
        return administration.setPassword(login, password.toUtf8());
    });
}

void LocalAccounts::setDisabled(const QString &login, bool disabled)
{
    change([=](Administration &administration) {
        return administration.setDisabled(login, disabled);
    });
}

void LocalAccounts::remove(const QString &login)
{
    change([=](Administration &administration) { return administration.removeUser(login); });
}

void LocalAccounts::makeInvite(int uses, int days)
{
    m_work.start([=, this] {
        const auto opened = Administration::open(m_folder, Administration::IfMissing::Refuse);
        const auto invite = opened ? (*opened)->makeInvite(uses, days)
                                   : wire::Result<Administration::Invite, QString>(opened.error());
        QMetaObject::invokeMethod(
            this,
            [this, invite] {
                if (invite)
                    emit invited(invite->code, invite->expires);
                else
                    emit finished(invite.error());
            },
            Qt::QueuedConnection);
    });
}

}
