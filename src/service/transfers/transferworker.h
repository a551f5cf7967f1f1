#pragma once

#include "service/servicetiming.h"
#include "service/transfers/downloadqueue.h"
#include "service/transfers/fileserver.h"
#include "service/transfers/transfernetwork.h"
#include "service/transfers/uploadqueue.h"
#include "store/mediafolder.h"
#include "wire/drafty/entity.h"

#include <QObject>

#include <memory>

namespace confab {

class PreviewJob;

/// The side of Transfers that lives on the network thread: both directions, the cache that they
/// share, and previews. Everything but the constructor runs there.
class TransferWorker : public QObject
{
    Q_OBJECT

public:
    TransferWorker(const QString &accountFolder, const ServiceTiming &timing);
    ~TransferWorker() override;

    UploadQueue &uploads() { return m_uploads; }
    DownloadQueue &downloads() { return m_downloads; }

    void setServer(const FileServer &server, qint64 maxUpload);
    void findPreview(const QString &url);

    void measureCache();
    void clearCache();
    void setCacheLimit(qint64 bytes) { m_media.setLimit(bytes); }

signals:
    void previewFound(const QString &url, const confab::wire::LinkPreview &preview);
    void cacheMeasured(qint64 bytes);

private:
    MediaFolder m_media;
    TransferNetwork m_network; ///< before those whose jobs it serves
    UploadQueue m_uploads;
    DownloadQueue m_downloads;
    FileServer m_server;
    std::unique_ptr<PreviewJob> m_preview; ///< of the last address asked for
};

}
