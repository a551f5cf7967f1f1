#include "app/common/profile.h"

#include "app/common/applog.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>
#include <QUuid>

namespace confab {

namespace {

const auto kOrder = QStringLiteral("accounts/order");
const auto kCurrent = QStringLiteral("accounts/current");
const auto kLastChat = QStringLiteral("lastChat/"); // and the account

QString tr(const char *text)
{
    return QCoreApplication::translate("Profile", text);
}

bool makePrivateFolder(const QString &folder)
{
    const auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    return QDir().mkpath(folder) && QFile::setPermissions(folder, ownerOnly)
        && QFileInfo(folder).isWritable();
}

QString kindWord(ServerKind kind)
{
    switch (kind) {
    case ServerKind::Local:
        return QStringLiteral("local");
    case ServerKind::Tinode:
        return QStringLiteral("tinode");
    case ServerKind::Plain:
        return QStringLiteral("plain");
    }
    return {};
}

ServerKind kindOf(const QString &word)
{
    if (word == QLatin1String("local"))
        return ServerKind::Local;
    return word == QLatin1String("plain") ? ServerKind::Plain : ServerKind::Tinode;
}

std::chrono::milliseconds milliseconds(
    const QSettings &file, const QString &key, std::chrono::milliseconds fallback)
{
    return std::chrono::milliseconds(file.value(key, qint64(fallback.count())).toLongLong());
}

AccountConfig read(const QSettings &file, const QString &id)
{
    AccountConfig config;
    config.id = id;
    config.kind = kindOf(file.value(QStringLiteral("kind")).toString());
    config.url = QUrl(file.value(QStringLiteral("url")).toString());
    config.apiKey = file.value(QStringLiteral("apiKey")).toString();
    config.login = file.value(QStringLiteral("login")).toString();
    config.displayName = file.value(QStringLiteral("displayName")).toString();
    config.user = file.value(QStringLiteral("user")).toString();
    const KeepAliveOptions standard;
    config.keepAlive.interval
        = milliseconds(file, QStringLiteral("keepAlive/intervalMs"), standard.interval);
    config.keepAlive.deadline
        = milliseconds(file, QStringLiteral("keepAlive/deadlineMs"), standard.deadline);
    config.reconnect = file.value(QStringLiteral("reconnect"), true).toBool();
    config.mediaLimit = file.value(QStringLiteral("mediaLimit"), config.mediaLimit).toLongLong();
    config.plainText = file.value(QStringLiteral("plain/textFrames"), false).toBool();
    config.plainChatId = file.value(QStringLiteral("plain/chatId")).toString();
    return config;
}

void write(QSettings &file, const AccountConfig &config)
{
    file.setValue(QStringLiteral("version"), 1);
    file.setValue(QStringLiteral("kind"), kindWord(config.kind));
    file.setValue(QStringLiteral("url"), config.url.toString());
    file.setValue(QStringLiteral("apiKey"), config.apiKey);
    file.setValue(QStringLiteral("login"), config.login);
    file.setValue(QStringLiteral("displayName"), config.displayName);
    file.setValue(QStringLiteral("user"), config.user);
    file.setValue(
        QStringLiteral("keepAlive/intervalMs"), qint64(config.keepAlive.interval.count()));
    file.setValue(
        QStringLiteral("keepAlive/deadlineMs"), qint64(config.keepAlive.deadline.count()));
    file.setValue(QStringLiteral("reconnect"), config.reconnect);
    file.setValue(QStringLiteral("mediaLimit"), config.mediaLimit);
    file.setValue(QStringLiteral("plain/textFrames"), config.plainText);
    file.setValue(QStringLiteral("plain/chatId"), config.plainChatId);
}

}

DataFolders DataFolders::standard()
{
    return {QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation)
        + QStringLiteral("/confab")};
}

QString DataFolders::profile(const QString &nameOrFolder) const
{
    if (nameOrFolder.contains(u'/'))
        return QDir(nameOrFolder).absolutePath();
    return root + QStringLiteral("/profiles/") + nameOrFolder;
}

QString DataFolders::localServer() const
{
    return root + QStringLiteral("/server");
}

wire::Result<std::unique_ptr<Profile>, QString> Profile::open(const QString &folder)
{
    if (!makePrivateFolder(folder)) {
        return tr("Confab can't write to its folder %1. Check its owner and that the disk is not full.")
            .arg(QDir::toNativeSeparators(folder));
    }
    auto lock = InstanceLock::take(folder);
    if (!lock)
        return lock.error();
    return std::unique_ptr<Profile>(new Profile(folder, std::move(lock).value()));
}

Profile::Profile(const QString &folder, std::unique_ptr<InstanceLock> lock)
    : m_folder(folder)
    , m_lock(std::move(lock))
    , m_settings(folder + QStringLiteral("/profile.ini"), QSettings::IniFormat)
{
}

QList<AccountConfig> Profile::accounts() const
{
    QList<AccountConfig> found;
    for (const QString &id : m_settings.value(kOrder).toStringList()) {
        const QString path = accountFolder(id) + QStringLiteral("/account.ini");
        if (QFileInfo::exists(path))
            found << read(QSettings(path, QSettings::IniFormat), id);
        else
            qCWarning(lcApp) << "account" << id << "has no account.ini, left out";
    }
    return found;
}

QString Profile::accountFolder(const QString &id) const
{
    return m_folder + QStringLiteral("/accounts/") + id;
}

AccountConfig Profile::add(AccountConfig config)
{
    config.id = QUuid::createUuid().toString(QUuid::Id128).left(12);
    save(config);
    m_settings.setValue(kOrder, m_settings.value(kOrder).toStringList() << config.id);
    m_settings.sync();
    return config;
}

void Profile::save(const AccountConfig &config)
{
    makePrivateFolder(accountFolder(config.id));
    QSettings file(accountFolder(config.id) + QStringLiteral("/account.ini"), QSettings::IniFormat);
    write(file, config);
    file.sync();
    if (file.status() != QSettings::NoError)
        qCWarning(lcApp) << "account" << config.id << "could not be saved";
}

void Profile::remove(const QString &id)
{
    QStringList order = m_settings.value(kOrder).toStringList();
    order.removeAll(id);
    m_settings.setValue(kOrder, order);
    if (currentAccount() == id)
        m_settings.remove(kCurrent);
    m_settings.remove(kLastChat + id);
    m_settings.sync();
    QDir(accountFolder(id)).removeRecursively();
}

QString Profile::currentAccount() const
{
    return m_settings.value(kCurrent).toString();
}

void Profile::setCurrentAccount(const QString &id)
{
    if (currentAccount() != id) // what stays as it is need not be written at each start
        m_settings.setValue(kCurrent, id);
}

wire::TopicName Profile::lastChat(const QString &id) const
{
    return m_settings.value(kLastChat + id).toString();
}

void Profile::setLastChat(const QString &id, const wire::TopicName &chat)
{
    if (lastChat(id) != chat)
        m_settings.setValue(kLastChat + id, chat);
}

}
