#pragma once

#include "service/transfers/fileserver.h"
#include "service/transfers/transferend.h"
#include "store/upload.h"

#include <QNetworkAccessManager>
#include <QObject>

namespace confab {

/// One attempt to bring a file to the server (protocol.md §9.4). Streams it from disk. Network
/// thread; ends with one finished(), unless it is deleted before.
class UploadJob : public QObject
{
    Q_OBJECT

public:
    UploadJob(QNetworkAccessManager &network, const FileServer &server, const Upload &upload,
        const QString &path, QObject *parent);
    ~UploadJob() override;

    void start() { post(m_server.uploadUrl()); }

signals:
    void progressed(qint64 sent, qint64 total);
    /// When Done, the upload knows its reference and until when it holds.
    void finished(const confab::TransferEnd &end, const confab::Upload &upload);

private:
    void post(const QUrl &url);
    void take();
    void end(const TransferEnd &end);
    TransferEnd readAnswer();

    QNetworkAccessManager &m_network;
    const FileServer m_server;
    Upload m_upload;
    const QString m_path;
    QNetworkReply *m_reply = nullptr; ///< owned
    QByteArray m_answer;
    int m_redirects = 0;
};

}
