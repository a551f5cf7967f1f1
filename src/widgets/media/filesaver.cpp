#include "widgets/media/filesaver.h"

#include "wire/media/filekind.h"
#include "wire/media/filename.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace confab {

namespace {

constexpr qint64 kHeadBytes = 64;
constexpr qint64 kCopyAtOnce = 1024 * 1024;

QString copy(const QString &from, const QString &to)
{
    QFile source(from);
    QSaveFile target(to);
    if (!source.open(QIODevice::ReadOnly))
        return FileSaver::tr("The file is no longer on this computer. Open it again.");
    bool written = target.open(QIODevice::WriteOnly);
    while (written && !source.atEnd()) {
        const QByteArray bytes = source.read(kCopyAtOnce);
        written = !bytes.isEmpty() && target.write(bytes) == bytes.size();
    }
    return written && target.commit()
        ? QString()
        : FileSaver::tr("The file could not be written. Check that there is room in that folder "
                        "and that you may write to it.");
}

QString write(const QByteArray &base64, const QString &to)
{
    QSaveFile target(to);
    const QByteArray bytes = QByteArray::fromBase64(base64);
    const bool written = target.open(QIODevice::WriteOnly) && target.write(bytes) == bytes.size()
        && target.commit();
    return written ? QString()
                   : FileSaver::tr("The file could not be written. Check that there is room in "
                                   "that folder and that you may write to it.");
}

}

FileSaver::FileSaver(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
}

FileSaver::~FileSaver()
{
    m_pool.waitForDone();
}

QString FileSaver::folder()
{
    if (!m_folder)
        m_folder = std::make_unique<QTemporaryDir>();
    return m_folder->isValid() ? m_folder->path() : QString();
}

void FileSaver::run(std::function<QString()> work, const QString &path, Saved done)
{
    m_pool.start([this, work = std::move(work), path, done = std::move(done)] {
        const QString error = work();
        QMetaObject::invokeMethod(
            this, [done, path, error] { done(path, error); }, Qt::QueuedConnection);
    });
}

void FileSaver::save(const QString &from, const QString &to, Saved done)
{
    run([from, to] { return copy(from, to); }, to, std::move(done));
}

void FileSaver::saveBytes(const QByteArray &base64, const QString &to, Saved done)
{
    run([base64, to] { return write(base64, to); }, to, std::move(done));
}

void FileSaver::saveForOpening(const QString &from, const QString &name, Saved done)
{
    const QString place = folder() + QStringLiteral("/%1").arg(++m_opened);
    const QString to = place + u'/' + name;
    run(
        [from, to, place, name]() -> QString {
            QFile source(from);
            if (source.open(QIODevice::ReadOnly)
                && wire::isExecutable(name, source.read(kHeadBytes)))
                return tr(
                    "This file is a program or can carry one, so it is not opened. Save it if "
                    "you trust whoever sent it.");
            if (!QDir().mkpath(place))
                return tr("There is no room for temporary files.");
            const QString error = copy(from, to);
            QFile::setPermissions(to, QFile::ReadOwner);
            return error;
        },
        to, std::move(done));
}

void FileSaver::saveInline(const QString &id, const QByteArray &base64, Saved done)
{
    const QByteArray hash = QCryptographicHash::hash(id.toUtf8(), QCryptographicHash::Sha256);
    const QString to = folder() + u'/' + QString::fromLatin1(hash.left(16).toHex());
    run([base64, to] { return QFile::exists(to) ? QString() : write(base64, to); }, to,
        std::move(done));
}

QString FileSaver::safeName(const QString &name, const QString &mime)
{
    return wire::safeFileName(name, mime, tr("file", "name of a file that has none"));
}

}
