#include "server/db/keyfile.h"

#include <QCoreApplication>
#include <QFile>

#include <sodium.h>

namespace confab::server {

namespace {

constexpr int kKeySize = crypto_auth_hmacsha256_KEYBYTES;
constexpr QFileDevice::Permissions kOwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

QString tr(const char *text)
{
    return QCoreApplication::translate("KeyFile", text);
}

wire::Result<QByteArray, QString> makeKey(QFile &file)
{
    QByteArray key(kKeySize, '\0');
    randombytes_buf(key.data(), size_t(key.size()));
    if (file.open(QIODevice::WriteOnly | QIODevice::NewOnly, kOwnerOnly)
        && file.write(key) == kKeySize && file.flush())
        return key;
    return tr("The key file %1 cannot be written. Check the folder's permissions and free space.")
        .arg(file.fileName());
}

} // namespace

wire::Result<QByteArray, QString> loadOrMakeKey(const QString &path)
{
    if (sodium_init() < 0)
        return tr("The cryptographic library cannot be used on this computer.");
    QFile file(path);
    if (!file.exists())
        return makeKey(file);
    file.setPermissions(kOwnerOnly);
    const QByteArray key = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    if (key.size() == kKeySize)
        return key;
    return tr(
        "The key file %1 is damaged. Restore it from a backup, or remove it: everybody then signs "
        "in again.")
        .arg(path);
}

} // namespace confab::server
