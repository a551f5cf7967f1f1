#include "server/admin/tarfile.h"

#include "server/db/privatefile.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <archive.h>
#include <archive_entry.h>

namespace confab::server {

namespace {

constexpr qint64 kPiece = 64 * 1024;
constexpr int kMode = 0600;

QString tr(const char *text)
{
    return QCoreApplication::translate("TarFile", text);
}

using EntryPtr = std::unique_ptr<archive_entry, void (*)(archive_entry *)>;

EntryPtr newEntry(const QString &name, const QFile &file)
{
    EntryPtr entry(archive_entry_new(), &archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.toUtf8().constData());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), kMode);
    archive_entry_set_size(entry.get(), file.size());
    archive_entry_set_mtime(entry.get(), QFileInfo(file).lastModified().toSecsSinceEpoch(), 0);
    return entry;
}

QString errorOf(archive *source)
{
    const char *text = archive_error_string(source);
    return text ? QString::fromUtf8(text) : tr("it can't be read");
}

std::optional<QString> unpackEntry(archive *source, const QString &path)
{
    if (!makePrivateDir(QFileInfo(path).path()) || !makePrivateFile(path))
        return tr("there is no room or permission for %1").arg(path);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return file.errorString();
    QByteArray piece(kPiece, '\0');
    for (;;) {
        const la_ssize_t size = archive_read_data(source, piece.data(), size_t(piece.size()));
        if (size < 0)
            return errorOf(source);
        if (size == 0)
            break;
        if (file.write(piece.constData(), size) != size)
            return file.errorString();
    }
    return file.flush() ? std::nullopt : std::optional(file.errorString());
}

}

TarWriter::TarWriter(const QString &file)
    : m_file(file)
    , m_archive(archive_write_new(), &archive_write_free)
{
    if (!m_file.open(QIODevice::WriteOnly)
        || !m_file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)) {
        m_error = m_file.errorString();
        return;
    }
    succeeded(archive_write_set_format_pax_restricted(m_archive.get()));
    succeeded(archive_write_open_fd(m_archive.get(), m_file.handle()));
}

TarWriter::~TarWriter() = default;

bool TarWriter::succeeded(int status)
{
    if (status >= ARCHIVE_WARN)
        return true;
    if (m_error.isEmpty())
        m_error = errorOf(m_archive.get());
    return false;
}

TarWriter::Added TarWriter::add(
    const QString &path, const QString &name, const std::function<void(qint64 bytes)> &told)
{
    if (!m_error.isEmpty())
        return Added::Failed;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return Added::Unreadable;
    const EntryPtr entry = newEntry(name, file);
    if (!succeeded(archive_write_header(m_archive.get(), entry.get())))
        return Added::Failed;
    QByteArray piece(kPiece, '\0');
    for (qint64 left = archive_entry_size(entry.get()); left > 0;) {
        const qint64 size = file.read(piece.data(), qMin(left, kPiece));
        if (size <= 0)
            break; // libarchive fills up what is missing
        const la_ssize_t written
            = archive_write_data(m_archive.get(), piece.constData(), size_t(size));
        if (written < 0) {
            m_error = errorOf(m_archive.get());
            return Added::Failed;
        }
        left -= size;
        told(size);
    }
    return Added::Yes;
}

bool TarWriter::finish()
{
    succeeded(archive_write_close(m_archive.get()));
    if (!m_error.isEmpty()) {
        m_file.cancelWriting();
        return false;
    }
    if (m_file.commit())
        return true;
    m_error = m_file.errorString();
    return false;
}

std::optional<QString> unpackTar(const QString &file, const QString &folder,
    const std::function<bool(const QString &name)> &isAllowed)
{
    const std::unique_ptr<archive, int (*)(archive *)> source(
        archive_read_new(), &archive_read_free);
    archive_read_support_format_tar(source.get());
    if (archive_read_open_filename(
            source.get(), QFile::encodeName(file).constData(), size_t(kPiece))
        < ARCHIVE_WARN)
        return errorOf(source.get());
    for (;;) {
        archive_entry *entry = nullptr;
        const int status = archive_read_next_header(source.get(), &entry);
        if (status == ARCHIVE_EOF)
            return std::nullopt;
        if (status < ARCHIVE_WARN)
            return errorOf(source.get());
        const QString name = QString::fromUtf8(archive_entry_pathname(entry));
        if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry)
            || !isAllowed(name))
            return tr("it holds something that no backup of a Confab server holds");
        if (const auto error = unpackEntry(source.get(), folder + u'/' + name))
            return error;
    }
}

}
