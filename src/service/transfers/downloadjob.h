#pragma once

#include "service/transfers/fileserver.h"
#include "service/transfers/transferend.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QObject>

namespace confab {

/// One attempt to fetch a file, going on with what an earlier one has left in `partPath`. Network
/// thread; ends with one finished(), unless it is deleted before.
class DownloadJob : public QObject
{
    Q_OBJECT

public:
    /// More than `limit` bytes are not taken.
    DownloadJob(QNetworkAccessManager &network, const FileServer &server, const QString &reference,
        const QString &partPath, qint64 limit, QObject *parent);
    ~DownloadJob() override;

    void start();

signals:
    void progressed(qint64 got, qint64 total); ///< total 0: not known
    void finished(const confab::TransferEnd &end);

private:
    void get(const QUrl &url);
    void begin(); ///< the headers are here
    void takeBytes();
    void take();
    bool beginPart();
    void startOver(const QUrl &url);
    void end(const TransferEnd &end);
    void abort(const TransferEnd &end);

    QNetworkAccessManager &m_network;
    const FileServer m_server;
    const QString m_reference;
    const qint64 m_limit;
    QFile m_part;
    QNetworkReply *m_reply = nullptr; ///< owned
    qint64 m_total = 0;
    int m_redirects = 0;
    bool m_receiving = false; ///< what comes is the file, not an error page
    bool m_startedOver = false;
};

}
