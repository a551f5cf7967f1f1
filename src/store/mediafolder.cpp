#include "store/mediafolder.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>

namespace confab {

namespace {

const auto kPartSuffix = QStringLiteral(".part");

}

MediaFolder::MediaFolder(const QString &accountFolder)
    : m_folder(accountFolder + QStringLiteral("/media"))
{
}

/// No part of the reference is part of the name: it comes from a stranger.
QString MediaFolder::pathOf(const QString &reference) const
{
    const QByteArray hash
        = QCryptographicHash::hash(reference.toUtf8(), QCryptographicHash::Sha256);
    return m_folder + u'/' + QString::fromLatin1(hash.left(16).toHex());
}

QString MediaFolder::partPathOf(const QString &reference) const
{
    make();
    return pathOf(reference) + kPartSuffix;
}

bool MediaFolder::use(const QString &reference)
{
    QFile file(pathOf(reference));
    if (!file.exists() || !file.open(QIODevice::ReadWrite | QIODevice::ExistingOnly))
        return false;
    file.setFileTime(QDateTime::currentDateTimeUtc(), QFileDevice::FileModificationTime);
    return true;
}

bool MediaFolder::finish(const QString &reference)
{
    return adopt(pathOf(reference) + kPartSuffix, reference);
}

bool MediaFolder::adopt(const QString &path, const QString &reference)
{
    const QString target = pathOf(reference);
    if (!make())
        return false;
    QFile::remove(target);
    if (!QFile::rename(path, target))
        return false;
    trim();
    return true;
}

qint64 MediaFolder::bytes() const
{
    qint64 sum = 0;
    const QFileInfoList files = QDir(m_folder).entryInfoList(QDir::Files);
    for (const QFileInfo &file : files)
        sum += file.size();
    return sum;
}

void MediaFolder::setLimit(qint64 bytes)
{
    m_limit = bytes;
    trim();
}

void MediaFolder::clear()
{
    QDir folder(m_folder);
    const QStringList files = folder.entryList(QDir::Files);
    for (const QString &file : files)
        folder.remove(file);
}

bool MediaFolder::make() const
{
    return QDir().mkpath(m_folder)
        && QFile::setPermissions(m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

/// The newest one stays, whatever its size: somebody has just asked for it.
void MediaFolder::trim()
{
    const QFileInfoList files = QDir(m_folder).entryInfoList(QDir::Files, QDir::Time);
    qint64 kept = 0;
    for (qsizetype i = 0; i < files.size(); ++i) {
        kept += files.at(i).size();
        if (i > 0 && kept > m_limit)
            QFile::remove(files.at(i).filePath());
    }
}

}
