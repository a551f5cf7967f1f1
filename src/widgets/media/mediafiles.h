#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <QTimer>

namespace confab {

/// What is known of one file of a message.
struct MediaFile {
    enum class State {
        Unknown, ///< nobody has asked yet
        Asked, ///< whether it is on this computer
        Missing, ///< it is not, and is large: fetched when the person wants it
        Loading,
        Ready,
        Failed, ///< `error` says why
    };
    State state = State::Unknown;
    qint64 done = 0;
    qint64 total = 0; ///< 0: not known
    QString path; ///< when Ready
    QString error; ///< a sentence
    bool isElsewhere = false; ///< kept by another server: only a browser may go there
};

/// The files of the messages shown, by their references. Asks for them and is told what comes of
/// it; knows no network. GUI thread.
class MediaFiles : public QObject
{
    Q_OBJECT

public:
    explicit MediaFiles(QObject *parent = nullptr);

    const MediaFile &file(const QString &reference) const;
    /// On screen now: looks for it on disk, and fetches it if it has no more than `automatic`
    /// bytes. Cheap, for painting.
    void want(const QString &reference, qint64 automatic);
    void fetch(const QString &reference); ///< the person wants it, whatever its size
    void cancel(const QString &reference);
    /// Of a message that is being sent: how much of this file is at the server, 0 to 1; -1 if it is
    /// none.
    qreal uploaded(const QString &reference) const;
    void clear(); ///< another account

    static constexpr qint64 kMost = 2LL * 1024 * 1024 * 1024;

public slots:
    void noteProgress(const QString &reference, qint64 done, qint64 total);
    void noteFetched(const QString &reference, const QString &path);
    void noteMissing(const QString &reference);
    void noteFailed(const QString &reference, const QString &error, bool isElsewhere);
    void noteUpload(const QString &id, qint64 sent, qint64 total);

signals:
    /// `limit` 0: only from this computer.
    void fetchRequested(const QString &reference, qint64 limit);
    void cancelRequested(const QString &reference);
    void changed(const QString &reference);

private:
    void askForWanted();

    QHash<QString, MediaFile> m_files;
    QHash<QString, qreal> m_uploads; ///< by placeholder
    QHash<QString, qint64> m_wanted; ///< since the last turn
    QTimer m_ask;
};

}
