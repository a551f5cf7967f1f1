#include "store/export/exportfiles.h"

#include "wire/media/filename.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

namespace confab {

namespace {

constexpr QFile::Permissions kOwnerOnly = QFile::ReadOwner | QFile::WriteOwner;

bool makeFolder(const QString &path)
{
    return QFileInfo(path).isDir()
        || (QDir().mkdir(path) && QFile::setPermissions(path, kOwnerOnly | QFile::ExeOwner));
}

}

ExportFiles::ExportFiles(const ExportOrder &order)
    : m_order(order)
    , m_name(QFileInfo(order.file).completeBaseName() + QStringLiteral("_files"))
{
}

bool ExportFiles::begin()
{
    m_folder = std::make_unique<QTemporaryDir>(
        QFileInfo(m_order.file).absolutePath() + QStringLiteral("/.confab-XXXXXX"));
    return m_folder->isValid();
}

QString ExportFiles::folder() const
{
    return m_folder->path();
}

void ExportFiles::look(const ExportOrder::Chat &chat, const Message &message)
{
    int nth = 0;
    const QList<wire::Attachment> attachments = wire::attachments(message.content);
    for (const wire::Attachment &what : attachments) {
        ++nth;
        if (!what.reference.isEmpty() && !m_byReference.contains(what.reference)) {
            const QString path = pathOf(chat, message, nth, what);
            m_byReference.insert(what.reference, m_wanted.size());
            m_wanted.append({what.reference, path, {}});
            makeFolder(QFileInfo(folder() + u'/' + path).path());
        }
    }
}

void ExportFiles::setMissing(const QHash<QString, QString> &sentences)
{
    for (ExportFile &file : m_wanted)
        file.missing = sentences.value(file.reference);
}

QString ExportFiles::nameOf(const wire::Attachment &what)
{
    const QString unnamed = [&] {
        switch (what.kind) {
        case wire::EntityKind::Image:
            return tr("picture");
        case wire::EntityKind::Audio:
            return tr("voice message");
        case wire::EntityKind::Video:
            return tr("video");
        case wire::EntityKind::File:
        case wire::EntityKind::Link:
            break;
        }
        return tr("file");
    }();
    return wire::safeFileName(what.name, what.mime, unnamed);
}

/// In the order of the messages for whoever looks through the folder, and the same in each export.
QString ExportFiles::pathOf(const ExportOrder::Chat &chat, const Message &message, int nth,
    const wire::Attachment &what) const
{
    constexpr int kDigits = 6;
    QString path = QStringLiteral("%1").arg(message.seq, kDigits, 10, QLatin1Char('0'));
    if (nth > 1)
        path += u'-' + QString::number(nth);
    path += QStringLiteral(" ") + nameOf(what);
    return m_order.chats.size() > 1 ? wire::safeFileName(chat.name, {}, tr("chat")) + u'/' + path
                                    : path;
}

ExportFiles::Place ExportFiles::place(
    const ExportOrder::Chat &chat, const Message &message, int nth, const wire::Attachment &what)
{
    Place place;
    place.name = what.name.isEmpty() ? nameOf(what) : what.name;
    QString path;
    if (!what.reference.isEmpty()) {
        const ExportFile file = m_wanted.value(m_byReference.value(what.reference, -1));
        path = file.path;
        place.missing = file.missing;
    } else if (!what.inBand.isEmpty()) {
        path = pathOf(chat, message, nth, what);
        if (!write(path, what.inBand))
            place.missing = tr("There was no room for this file.");
    }
    if (path.isEmpty() && place.missing.isEmpty())
        place.missing = tr("The message does not say where this file is.");
    if (place.missing.isEmpty())
        place.path = m_name + u'/' + path;
    return place;
}

bool ExportFiles::write(const QString &path, const QByteArray &bytes) const
{
    QFile file(folder() + u'/' + path);
    return makeFolder(QFileInfo(file).path()) && file.open(QIODevice::WriteOnly, kOwnerOnly)
        && file.write(bytes) == bytes.size() && file.flush();
}

/// A folder of that name is from an earlier export of the same file, or somebody's: what is in it
/// stays, unless a file of ours has that very name.
bool ExportFiles::finish()
{
    const QString from = folder();
    const QString to = QFileInfo(m_order.file).absolutePath() + u'/' + m_name;
    bool moved = true;
    QDirIterator files(from, QDir::Files, QDirIterator::Subdirectories);
    while (moved && files.hasNext()) {
        const QString file = files.next();
        const QString target = to + file.mid(from.size());
        moved = makeFolder(to) && makeFolder(QFileInfo(target).path())
            && (!QFile::exists(target) || QFile::remove(target)) && QFile::rename(file, target);
    }
    return moved;
}

}
