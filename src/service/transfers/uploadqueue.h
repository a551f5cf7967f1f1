#pragma once

#include "service/serviceerror.h"
#include "service/transfers/fileserver.h"
#include "service/transfers/transferend.h"
#include "service/transfers/transfernetwork.h"
#include "service/transfers/transfertask.h"
#include "store/mediafolder.h"
#include "store/upload.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <vector>

namespace confab {

class UploadJob;

/// Files on their way to the server, in the order of asking, and our copies of them. Everything but
/// the constructor runs on the network thread. Commands and signals as Transfers tells.
class UploadQueue : public QObject
{
    Q_OBJECT

public:
    /// Network and media outlive it.
    UploadQueue(const QString &folder, const ServiceTiming &timing, TransferNetwork *network,
        MediaFolder *media, QObject *parent);
    ~UploadQueue() override;

    void setServer(const FileServer &server, qint64 maxUpload);
    /// The link is lost: what waits is asked for anew after the next one.
    void suspend();
    void upload(const Upload &upload, qint64 inBand);
    void cancel(const QString &id);
    void keep(const Upload &upload);
    void drop(const QString &id);
    void dropAllBut(const QStringList &ids);
    QString copyOf(const QString &id) const { return m_folder + u'/' + id; }

signals:
    void progressed(const QString &id, qint64 sent, qint64 total);
    void uploaded(const confab::Upload &upload);
    void loadedInBand(const QString &id, const QByteArray &bytes);
    void failed(const QString &id, const confab::ServiceError &error);
    void loginNeeded();

private:
    struct Task : TransferTask {
        Upload upload;
        UploadJob *job = nullptr;
    };

    void pump();
    void start(Task &task);
    void end(const TransferEnd &end, const Upload &upload);
    Task *find(const QString &id);

    const QString m_folder;
    const ServiceTiming m_timing;
    TransferNetwork *m_network;
    MediaFolder *m_media;
    FileServer m_server;
    qint64 m_maxUpload = 0; ///< 0: the server has told none
    std::vector<std::unique_ptr<Task>> m_tasks;
};

}
