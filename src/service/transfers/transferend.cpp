#include "service/transfers/transferend.h"

#include <QNetworkReply>

namespace confab {

namespace {

TransferEnd ofStatus(int status, const QString &host)
{
    const QString detail = QStringLiteral("HTTP %1").arg(status);
    const auto end = [&](TransferEnd::Kind kind, ErrorKind error) {
        return TransferEnd{kind, ServiceErrors::make(error, host, detail)};
    };
    using Kind = TransferEnd::Kind;
    switch (status) {
    case 401:
        return end(Kind::NeedsLogin, ErrorKind::SessionExpired);
    case 403:
        return end(Kind::Refused, ErrorKind::NotAllowed);
    case 404:
    case 410:
        return end(Kind::Refused, ErrorKind::FileGone);
    case 413:
        return end(Kind::Refused, ErrorKind::FileTooLarge);
    case 405:
    case 501:
        return end(Kind::Refused, ErrorKind::NotSupported);
    case 422:
    case 507:
        return end(Kind::Refused, ErrorKind::NoRoomForFile);
    case 408:
    case 429:
    case 502:
    case 503:
    case 504:
        return end(Kind::Broken, ErrorKind::ServerBusy);
    default:
        return status >= 500 ? end(Kind::Broken, ErrorKind::ServerFault)
                             : end(Kind::Refused, ErrorKind::Rejected);
    }
}

}

TransferEnd TransferEnd::of(const QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QString host = reply.url().host();
    if (status >= 300)
        return ofStatus(status, host);
    switch (reply.error()) {
    case QNetworkReply::NoError:
        return status / 100 == 2 ? TransferEnd() : broken(ErrorKind::ServerFault);
    case QNetworkReply::SslHandshakeFailedError:
        return refused(ErrorKind::TlsNotTrusted, host);
    default:
        return broken(ErrorKind::ConnectionLost, reply.errorString());
    }
}

TransferEnd TransferEnd::refused(ErrorKind kind, const QString &subject, const QString &detail)
{
    return {Kind::Refused, ServiceErrors::make(kind, subject, detail)};
}

TransferEnd TransferEnd::broken(ErrorKind kind, const QString &detail)
{
    return {Kind::Broken, ServiceErrors::make(kind, {}, detail)};
}

}
