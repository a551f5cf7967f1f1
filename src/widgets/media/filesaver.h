#pragma once

#include <QObject>
#include <QString>
#include <QTemporaryDir>
#include <QThreadPool>

#include <functional>
#include <memory>

namespace confab {

/// Copies files for people and for other programs, off the GUI thread. Results come back on this
/// object's thread. GUI thread.
class FileSaver : public QObject
{
    Q_OBJECT

public:
    explicit FileSaver(QObject *parent = nullptr);
    ~FileSaver() override;

    /// `error` is a sentence, empty after success.
    using Saved = std::function<void(const QString &path, const QString &error)>;
    void save(const QString &from, const QString &to, Saved done);
    void saveBytes(const QByteArray &base64, const QString &to, Saved done);
    /// A copy that has its own name and may not be written to, for a program of the desktop. Those
    /// that a click could run are refused.
    void saveForOpening(const QString &from, const QString &name, Saved done);
    /// Bytes of a message as a file; the same id gives the same file.
    void saveInline(const QString &id, const QByteArray &base64, Saved done);

    /// Without anything that could lead out of a folder or hide what it is; never empty.
    static QString safeName(const QString &name, const QString &mime);

private:
    QString folder(); ///< of this run, gone at its end; empty if none can be made
    void run(std::function<QString()> work, const QString &path, Saved done);

    std::unique_ptr<QTemporaryDir> m_folder;
    QThreadPool m_pool;
    int m_opened = 0;
};

}
