#pragma once

#include "service/servicetiming.h"
#include "service/transfers/filecopier.h"
#include "service/transfers/fileserver.h"
#include "service/transfers/transferend.h"
#include "store/mediafolder.h"
#include "store/upload.h"
#include "wire/drafty/entity.h"

#include <QElapsedTimer>
#include <QHash>
#include <QList>
#include <QObject>

#include <functional>
#include <memory>
#include <vector>

class QNetworkAccessManager;

namespace confab {

class DownloadJob;
class PreviewJob;
class UploadJob;

/// The side of Transfers that lives on the network thread: what waits, what is on its way, and the
/// files of both. Everything but the constructor runs there. Signals are those of Transfers.
class TransferWorker : public QObject
{
    Q_OBJECT

public:
    TransferWorker(const QString &accountFolder, const ServiceTiming &timing);
    ~TransferWorker() override;

    void setServer(const FileServer &server, qint64 maxUpload);
    void suspend();

    void upload(const Upload &upload, qint64 inBand);
    void cancelUpload(const QString &id);
    void keepUpload(const Upload &upload);
    void dropUpload(const QString &id);
    void dropUploadsBut(const QStringList &ids);

    void fetch(const QString &reference, qint64 limit);
    void cancelFetch(const QString &reference);
    void copy(const QString &reference, const QString &to, qint64 limit);
    void cancelCopies();

    void findPreview(const QString &url);

    void measureCache();
    void clearCache();
    void setCacheLimit(qint64 bytes) { m_media.setLimit(bytes); }

signals:
    void uploadProgressed(const QString &id, qint64 sent, qint64 total);
    void uploaded(const confab::Upload &upload);
    void loadedInBand(const QString &id, const QByteArray &bytes);
    void uploadFailed(const QString &id, const confab::ServiceError &error);
    void fetchProgressed(const QString &reference, qint64 got, qint64 total);
    void fetched(const QString &reference, const QString &path);
    void notKept(const QString &reference);
    void fetchFailed(const QString &reference, const confab::ServiceError &error);
    void copied(const QString &reference);
    void copiesCancelled();
    void copyFailed(const QString &reference, const confab::ServiceError &error);
    void previewFound(const QString &url, const confab::wire::LinkPreview &preview);
    void cacheMeasured(qint64 bytes);
    void loginNeeded();

private:
    struct Task {
        int faults = 0;
        bool paused = false; ///< until another try after a fault
        QElapsedTimer told; ///< progress
    };
    struct UploadTask : Task {
        Upload upload;
        UploadJob *job = nullptr;
    };
    /// One for showing and one for a copy may go on side by side for the same file.
    struct DownloadTask : Task {
        QString reference;
        QString to; ///< of copy(); empty: of fetch(), into the cache
        qint64 limit = 0;
        DownloadJob *job = nullptr;
    };

    QNetworkAccessManager &network();
    QString copyOf(const QString &id) const;
    void pumpUploads();
    void startUpload(UploadTask &task);
    void endUpload(const TransferEnd &end, const Upload &upload);
    void download(const QString &reference, const QString &to, qint64 limit);
    void pumpDownloads();
    void dropDownload(const QString &reference, const QString &to);
    void startDownload(DownloadTask &task);
    void endDownload(DownloadTask &task, const TransferEnd &end);
    void finishDownload(const DownloadTask &task);
    void failDownload(const DownloadTask &task, const ServiceError &error);
    void failCopy(const QString &reference, const ServiceError &error);
    UploadTask *findUpload(const QString &id);
    DownloadTask *findDownload(const QString &reference, const QString &to);
    void tryLater(int faults, std::function<void()> again);
    static bool isDue(QElapsedTimer &told, bool isLast);

    const QString m_folder;
    const ServiceTiming m_timing;
    MediaFolder m_media;
    FileServer m_server;
    qint64 m_maxUpload = 0; ///< 0: the server has told none
    std::unique_ptr<QNetworkAccessManager> m_network; ///< made when first needed
    std::unique_ptr<PreviewJob> m_preview; ///< of the last address asked for
    std::vector<std::unique_ptr<UploadTask>> m_uploads; ///< in the order of asking
    std::vector<std::unique_ptr<DownloadTask>> m_downloads;
    QHash<QString, QString> m_copies; ///< wanted, by reference: where to
    FileCopier m_copier;
};

}
