#include "service/transfers/downloadjob.h"

#include <QNetworkReply>

namespace confab {

namespace {

constexpr int kMostRedirects = 3;
constexpr qint64 kReadAtOnce = 256 * 1024; // so much may lie in memory

/// Of "bytes 100-999/1000"; -1 where it is none.
struct ContentRange {
    qint64 first = -1;
    qint64 total = -1;
};

ContentRange contentRange(const QByteArray &header)
{
    ContentRange range;
    const QByteArray text = header.trimmed();
    const qsizetype dash = text.indexOf('-');
    const qsizetype slash = text.indexOf('/');
    if (!text.startsWith("bytes ") || dash < 0 || slash < dash)
        return range;
    bool isNumber = false;
    const qint64 first = text.mid(6, dash - 6).toLongLong(&isNumber);
    if (isNumber)
        range.first = first;
    const qint64 total = text.mid(slash + 1).toLongLong(&isNumber);
    if (isNumber)
        range.total = total;
    return range;
}

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

}

DownloadJob::DownloadJob(QNetworkAccessManager &network, const FileServer &server,
    const QString &reference, const QString &partPath, qint64 limit, QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_server(server)
    , m_reference(reference)
    , m_limit(limit)
    , m_part(partPath)
{
}

DownloadJob::~DownloadJob()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
    }
}

void DownloadJob::start()
{
    const QUrl url = m_server.resolved(m_reference);
    if (!m_server.isOwn(url)) {
        end(TransferEnd::refused(ErrorKind::FileElsewhere, url.host()));
        return;
    }
    if (!m_part.open(QIODevice::ReadWrite)) {
        end(TransferEnd::refused(ErrorKind::StorageFailed));
        return;
    }
    m_part.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    get(url);
}

void DownloadJob::get(const QUrl &url)
{
    QNetworkRequest request = m_server.request(url);
    if (m_part.size() > 0)
        request.setRawHeader("Range", "bytes=" + QByteArray::number(m_part.size()) + '-');
    m_receiving = false;
    m_reply = m_network.get(request);
    m_reply->setReadBufferSize(kReadAtOnce);
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &DownloadJob::begin);
    connect(m_reply, &QNetworkReply::readyRead, this, &DownloadJob::takeBytes);
    connect(m_reply, &QNetworkReply::finished, this, &DownloadJob::take);
}

void DownloadJob::begin()
{
    const int status = statusOf(*m_reply);
    if (m_receiving || (status != 200 && status != 206))
        return;
    if (status == 206 && !beginPart()) {
        startOver(m_reply->url());
        return;
    }
    if (status == 200) { // all of it, whatever we have
        m_part.resize(0);
        m_total = m_reply->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    }
    m_part.seek(m_part.size());
    m_receiving = true;
    if (m_total > m_limit)
        abort(TransferEnd::refused(ErrorKind::FileTooLarge));
}

/// Whether what comes goes on where we are.
bool DownloadJob::beginPart()
{
    const ContentRange range = contentRange(m_reply->rawHeader("Content-Range"));
    m_total = qMax<qint64>(range.total, 0);
    return range.first == m_part.size();
}

void DownloadJob::startOver(const QUrl &url)
{
    m_reply->disconnect(this);
    m_reply->abort();
    std::exchange(m_reply, nullptr)->deleteLater();
    m_part.resize(0);
    if (std::exchange(m_startedOver, true))
        end(TransferEnd::broken(ErrorKind::ServerFault, QStringLiteral("wrong range")));
    else
        get(url);
}

void DownloadJob::takeBytes()
{
    begin();
    while (m_receiving && m_reply->bytesAvailable() > 0) {
        const QByteArray bytes = m_reply->read(kReadAtOnce);
        if (bytes.isEmpty())
            return;
        if (m_part.size() + bytes.size() > m_limit) {
            abort(TransferEnd::refused(ErrorKind::FileTooLarge));
            return;
        }
        if (m_part.write(bytes) != bytes.size()) {
            abort(TransferEnd::refused(ErrorKind::StorageFailed));
            return;
        }
        emit progressed(m_part.size(), m_total);
    }
}

void DownloadJob::take()
{
    if (m_receiving)
        takeBytes();
    if (!m_reply)
        return; // ended meanwhile
    const int status = statusOf(*m_reply);
    if (status == 416) { // what we have is longer than the file
        startOver(m_reply->url());
        return;
    }
    const QUrl next = redirectOf(*m_reply);
    if (!next.isEmpty() && m_redirects++ < kMostRedirects) {
        std::exchange(m_reply, nullptr)->deleteLater();
        get(next);
        return;
    }
    TransferEnd result = isRedirect(status)
        ? TransferEnd::refused(ErrorKind::Rejected, {}, QStringLiteral("redirect"))
        : TransferEnd::of(*m_reply);
    if (result.kind == TransferEnd::Kind::Done && m_total > 0 && m_part.size() != m_total)
        result = TransferEnd::broken(ErrorKind::ConnectionLost);
    end(result);
}

void DownloadJob::abort(const TransferEnd &reason)
{
    m_receiving = false;
    m_reply->disconnect(this);
    m_reply->abort();
    std::exchange(m_reply, nullptr)->deleteLater();
    end(reason);
}

void DownloadJob::end(const TransferEnd &result)
{
    const bool written = !m_part.isOpen() || m_part.flush();
    const TransferEnd told = written || result.kind != TransferEnd::Kind::Done
        ? result
        : TransferEnd::refused(ErrorKind::StorageFailed);
    m_part.close();
    if (told.kind == TransferEnd::Kind::Refused)
        m_part.remove();
    emit finished(told);
}

}
