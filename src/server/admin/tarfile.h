#pragma once

#include <QSaveFile>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

struct archive;

namespace confab::server {

/// Writes a tar file (pax) of regular files, in pieces of bounded size. The file appears under its
/// name, with mode 0600, only when finish() says so. Any thread.
class TarWriter
{
public:
    explicit TarWriter(const QString &file);
    ~TarWriter();

    enum class Added { Yes, Unreadable, Failed };
    /// `told` hears of each piece, in bytes. A file that becomes shorter meanwhile is filled with
    /// zeros to the size it had. After Failed only finish() makes sense.
    Added add(
        const QString &path, const QString &name, const std::function<void(qint64 bytes)> &told);
    bool finish();
    QString errorText() const { return m_error; }

private:
    bool succeeded(int status);

    QSaveFile m_file;
    std::unique_ptr<archive, int (*)(archive *)> m_archive;
    QString m_error;
};

/// Puts the regular files of a tar file into the folder, with mode 0600. Names that isAllowed does not
/// know, links and devices end it. The error is a phrase, for use within a sentence.
std::optional<QString> unpackTar(const QString &file, const QString &folder,
    const std::function<bool(const QString &name)> &isAllowed);

}
