#pragma once

#include "service/serviceerror.h"
#include "service/servicetiming.h"
#include "store/upload.h"
#include "wire/drafty/entity.h"

#include <QList>
#include <QObject>
#include <QStringList>
#include <QThread>
#include <QUrl>

#include <memory>

namespace confab {

class TransferWorker;

/// The files of an account on their way to and from its server, over HTTP (protocol.md §9.4).
/// Uploads wait for a session and end with the link; whoever asked asks again. Downloads survive
/// it, and go on where they were cut. GUI-thread object; the work is done on the network thread.
class Transfers : public QObject
{
    Q_OBJECT

public:
    /// `thread` nullptr: this one (tests). It outlives this object.
    Transfers(const QString &accountFolder, QThread *thread, const ServiceTiming &timing,
        QObject *parent = nullptr);
    ~Transfers() override;

    /// What the server has told with `hi`; 0: nothing.
    void setMaxUpload(qint64 bytes) { m_maxUpload = bytes; }
    /// Signed in there, with this token.
    void resume(const QUrl &channels, const QString &apiKey, const QByteArray &token);
    void suspend(); ///< the link is gone

    /// Ends with uploaded(), or loadedInBand() where the file has no more than `inBand` bytes, or
    /// uploadFailed(); or with nothing after suspend() or cancel.
    void upload(const Upload &upload, qint64 inBand);
    void cancelUpload(const QString &id);
    /// The message is through: its copy becomes what was fetched.
    void keepUpload(const Upload &upload);
    void dropUpload(const QString &id); ///< the message is not wanted any more
    void dropUploadsBut(const QList<Upload> &uploads); ///< what a crash has left

public slots:
    /// A file of a message, from disk or from the server; fetched() or fetchFailed() follows. Files
    /// of messages that wait to be sent are found by their placeholders.
    void fetch(const QString &reference, qint64 limit);
    void cancelFetch(const QString &reference);
    /// A file of a message into a folder of the person's own, from disk or from the server: copied() or
    /// copyFailed() follows, unless cancelCopies() comes before.
    void copy(const QString &reference, const QString &to, qint64 limit);
    void cancelCopies(); ///< copiesCancelled() follows once nothing is written there any more
    /// What is found at an address of the web, by the server; previewFound() follows, if it knows.
    void findPreview(const QString &url);
    void measureCache(); ///< cacheMeasured() follows
    void clearCache();
    void setCacheLimit(qint64 bytes);

signals:
    void uploadProgressed(const QString &id, qint64 sent, qint64 total);
    void uploaded(const confab::Upload &upload); ///< with its reference
    void loadedInBand(const QString &id, const QByteArray &bytes);
    void uploadFailed(const QString &id, const confab::ServiceError &error);
    void fetchProgressed(const QString &reference, qint64 got, qint64 total);
    void fetched(const QString &reference, const QString &path);
    void notKept(const QString &reference); ///< it is not on disk, and nothing more was asked for
    void fetchFailed(const QString &reference, const confab::ServiceError &error);
    void copied(const QString &reference);
    void copiesCancelled();
    void copyFailed(const QString &reference, const confab::ServiceError &error);
    void previewFound(const QString &url, const confab::wire::LinkPreview &preview); ///< may be empty
    void cacheMeasured(qint64 bytes);
    void loginNeeded(); ///< the token is no longer accepted

private:
    template <typename Job>
    void post(Job job);

    struct Release {
        void operator()(TransferWorker *worker) const;
    };
    std::unique_ptr<TransferWorker, Release> m_worker;
    qint64 m_maxUpload = 0;
};

}
