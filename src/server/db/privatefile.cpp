#include "server/db/privatefile.h"

#include <QDir>
#include <QFile>

namespace confab::server {

namespace {

constexpr QFileDevice::Permissions kOwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

}

bool makePrivateDir(const QString &path)
{
    return QDir().exists(path)
        || (QDir().mkpath(path) && QFile::setPermissions(path, kOwnerOnly | QFileDevice::ExeOwner));
}

bool makePrivateFile(const QString &path)
{
    QFile file(path);
    if (file.exists())
        return file.setPermissions(kOwnerOnly);
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly, kOwnerOnly);
}

}
