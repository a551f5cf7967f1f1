#include "service/transfers/transferworker.h"

#include "service/transfers/previewjob.h"

namespace confab {

TransferWorker::TransferWorker(const QString &accountFolder, const ServiceTiming &timing)
    : m_media(accountFolder)
    , m_uploads(uploadFolder(accountFolder), timing, &m_network, &m_media, this)
    , m_downloads(timing, &m_network, &m_media, &m_uploads, this)
{
}

TransferWorker::~TransferWorker() = default;

void TransferWorker::setServer(const FileServer &server, qint64 maxUpload)
{
    m_server = server;
    m_uploads.setServer(server, maxUpload);
    m_downloads.setServer(server);
}

/// Only who is signed in may ask, and who has gone on to another link wants no more of the last.
void TransferWorker::findPreview(const QString &url)
{
    m_preview.reset();
    if (m_server.token.isEmpty())
        return;
    m_preview = std::make_unique<PreviewJob>(m_network.manager(), m_server, url, nullptr);
    connect(m_preview.get(), &PreviewJob::finished, this,
        [this, url](const wire::LinkPreview &preview) { emit previewFound(url, preview); });
}

void TransferWorker::measureCache()
{
    emit cacheMeasured(m_media.bytes());
}

void TransferWorker::clearCache()
{
    m_media.clear();
    measureCache();
}
}
