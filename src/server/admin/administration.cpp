#include "server/admin/administration.h"

#include "server/admin/datafolder.h"
#include "server/db/accounttable.h"
#include "server/db/applier.h"
#include "server/db/connection.h"
#include "server/db/reader.h"
#include "server/hub/accountrules.h"
#include "server/hub/invitecode.h"
#include "server/hub/passwords.h"
#include "server/hub/tags.h"
#include "wire/card.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

namespace confab::server {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Administration", text);
}

std::optional<QString> flawOf(const QByteArray &password)
{
    if (isGoodPassword(password))
        return std::nullopt;
    return tr("A password has 3 to 1,024 bytes. Choose another one.");
}

QString noMemoryForHash()
{
    return tr("There is not enough memory to hash the password. Try again later.");
}

}

Administration::Administration(const QString &dataDir)
    : m_dataDir(dataDir)
    , m_connection(std::make_unique<Connection>())
    , m_accounts(std::make_unique<AccountTable>(*m_connection))
{
}

Administration::~Administration() = default;

wire::Result<std::unique_ptr<Administration>, QString> Administration::open(
    const QString &dataDir, IfMissing ifMissing)
{
    std::unique_ptr<Administration> administration(new Administration(dataDir));
    if (ifMissing == IfMissing::Refuse && !hasDatabase(dataDir))
        return noServerIn(dataDir);
    if (const auto error = openDatabase(*administration->m_connection, dataDir))
        return *error;
    return administration;
}

std::optional<QString> Administration::inTransaction(const std::function<bool()> &change)
{
    if (m_connection->run(QStringLiteral("BEGIN IMMEDIATE")) && change()
        && m_connection->run(QStringLiteral("COMMIT"))) {
        tellServer();
        return std::nullopt;
    }
    m_connection->run(QStringLiteral("ROLLBACK"));
    return tr(
        "The database could not be written. Check the free space of the disk, then try again.");
}

/// Where there is no such file, no server watches it.
void Administration::tellServer() const
{
    QFile file(QDir(m_dataDir).filePath(kAccountsChangedName));
    file.open(QIODevice::WriteOnly | QIODevice::ExistingOnly);
}

std::optional<QString> Administration::changeUser(
    const QString &login, const std::function<bool(const wire::UserId &)> &change)
{
    const std::optional<wire::UserId> user = m_accounts->userOf(login.toLower());
    if (!user)
        return tr("Nobody has the login “%1”. See confabd user list.").arg(login);
    return inTransaction([&] { return change(*user); });
}

std::optional<QString> Administration::addUser(
    const QString &login, const QByteArray &password, const QString &displayName)
{
    const QString name = login.toLower();
    if (!isGoodLogin(name))
        return tr("“%1” can't be a login. Use 2 to 32 letters, digits, _ and dots.").arg(login);
    if (const auto flaw = flawOf(password))
        return flaw;
    QByteArray secret = password;
    const QByteArray hash = hashPassword(secret);
    if (hash.isEmpty())
        return noMemoryForHash();
    wire::Card card;
    card.name = displayName.isEmpty() ? login : displayName;
    const UserRecord user = newUser(
        wire::SetDesc{std::nullopt, card.toPublic(), {}, {}}, QDateTime::currentDateTimeUtc());
    WriteOutcome outcome;
    const auto error = inTransaction([&] {
        outcome = Applier(*m_connection)
                      .apply(AddUser{user, {user.id, name, hash}, {QLatin1String("basic:") + name},
                          nameWords(card.name)});
        return outcome.status == WriteStatus::Committed || outcome.status == WriteStatus::Duplicate;
    });
    if (error)
        return error;
    if (outcome.status == WriteStatus::Duplicate)
        return tr("The login “%1” is taken. Choose another one.").arg(name);
    return std::nullopt;
}

std::optional<QString> Administration::setPassword(const QString &login, const QByteArray &password)
{
    if (const auto flaw = flawOf(password))
        return flaw;
    QByteArray secret = password;
    const QByteArray hash = hashPassword(secret);
    if (hash.isEmpty())
        return noMemoryForHash();
    return changeUser(
        login, [&](const wire::UserId &user) { return m_accounts->setPasswordHash(user, hash); });
}

std::optional<QString> Administration::setDisabled(const QString &login, bool disabled)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    return changeUser(login,
        [&](const wire::UserId &user) { return m_accounts->setDisabled(user, disabled, now); });
}

std::optional<QString> Administration::removeUser(const QString &login)
{
    return changeUser(login, [&](const wire::UserId &user) {
        RemoveUser operation{user, {}};
        for (const TopicRecord &topic : Reader(*m_connection).topicsOwnedBy(user))
            operation.topics.append({topic.id, topic.key});
        const WriteOutcome outcome = Applier(*m_connection).apply(operation);
        return outcome.status == WriteStatus::Committed && m_accounts->noteChange(user);
    });
}

void Administration::eachUser(const std::function<bool(const AccountRow &)> &take)
{
    m_accounts->each(take);
}

wire::Result<Administration::Invite, QString> Administration::makeInvite(int uses, int days)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const Invite invite{randomInviteCode(), now.addDays(days)};
    if (const auto error = inTransaction([&] {
            return m_accounts->addInvite(inviteHash(invite.code), uses, invite.expires, now);
        }))
        return *error;
    return invite;
}

}
