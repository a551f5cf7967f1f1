#pragma once

#include "service/transfers/fileserver.h"
#include "wire/drafty/entity.h"

#include <QNetworkAccessManager>
#include <QObject>

namespace confab {

/// Asks the server once what is found at an address of the web (docs/extensions.md). Network
/// thread; ends with finished(), unless it is deleted before.
class PreviewJob : public QObject
{
    Q_OBJECT

public:
    PreviewJob(QNetworkAccessManager &network, const FileServer &server, const QString &url,
        QObject *parent);
    ~PreviewJob() override;

signals:
    void finished(const confab::wire::LinkPreview &preview); ///< empty: none, whatever the reason

private:
    void takeBytes();
    void take();

    QNetworkReply *m_reply; ///< owned
    QByteArray m_body;
};

}
