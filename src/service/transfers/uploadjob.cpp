#include "service/transfers/uploadjob.h"

#include "wire/drafty/entity.h"
#include "wire/servercodec.h"

#include <QFile>
#include <QHttpMultiPart>
#include <QNetworkReply>

namespace confab {

namespace {

constexpr int kMostRedirects = 2;
constexpr qsizetype kMostAnswer = 64 * 1024;
/// For servers that do not say: files that no message points to go after an hour (protocol.md
/// §9.4).
constexpr int kHeldSeconds = 50 * 60;

QHttpPart field(const QByteArray &name, const QByteArray &value)
{
    QHttpPart part;
    part.setRawHeader("Content-Disposition", "form-data; name=\"" + name + '"');
    part.setBody(value);
    return part;
}

}

UploadJob::UploadJob(QNetworkAccessManager &network, const FileServer &server, const Upload &upload,
    const QString &path, QObject *parent)
    : QObject(parent)
    , m_network(network)
    , m_server(server)
    , m_upload(upload)
    , m_path(path)
{
}

UploadJob::~UploadJob()
{
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
    }
}

void UploadJob::post(const QUrl &url)
{
    auto *form = new QHttpMultiPart(QHttpMultiPart::FormDataType);
    auto *file = new QFile(m_path, form);
    if (!file->open(QIODevice::ReadOnly) || file->size() != m_upload.size) {
        delete form;
        end(TransferEnd::refused(ErrorKind::FileMissing));
        return;
    }
    form->append(field("id", m_upload.id.toLatin1()));
    QHttpPart part;
    // The name is told in the message, to those whom it concerns.
    part.setRawHeader("Content-Disposition", "form-data; name=\"file\"; filename=\"file\"");
    part.setRawHeader("Content-Type", m_upload.mime.toLatin1());
    part.setBodyDevice(file);
    form->append(part);
    m_reply = m_network.post(m_server.request(url), form);
    form->setParent(m_reply);
    m_answer.clear();
    connect(m_reply, &QNetworkReply::uploadProgress, this, [this](qint64 sent, qint64 total) {
        if (total > 0)
            emit progressed(qMin(sent, m_upload.size), m_upload.size);
    });
    connect(m_reply, &QNetworkReply::readyRead, this, [this] {
        m_answer += m_reply->read(kMostAnswer - m_answer.size() + 1);
        if (m_answer.size() > kMostAnswer)
            m_reply->abort();
    });
    connect(m_reply, &QNetworkReply::finished, this, &UploadJob::take);
}

void UploadJob::take()
{
    m_answer += m_reply->read(kMostAnswer - m_answer.size());
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QUrl next = redirectOf(*m_reply);
    const bool repeats = status == 307 || status == 308; // the others would make it a GET
    if (repeats && !next.isEmpty() && m_redirects++ < kMostRedirects) {
        std::exchange(m_reply, nullptr)->deleteLater();
        post(next);
        return;
    }
    end(isRedirect(status)
            ? TransferEnd::refused(ErrorKind::Rejected, {}, QStringLiteral("redirect"))
            : readAnswer());
}

TransferEnd UploadJob::readAnswer()
{
    const TransferEnd end = TransferEnd::of(*m_reply);
    if (end.kind != TransferEnd::Kind::Done)
        return end;
    const auto message = wire::decodeServerMessage(m_answer);
    const auto *ctrl = message ? std::get_if<wire::Ctrl>(&*message) : nullptr;
    if (!ctrl || ctrl->code / 100 != 2 || !ctrl->params
        || !wire::isSafeReference(ctrl->params->url))
        return TransferEnd::broken(ErrorKind::ServerFault, QStringLiteral("no file address"));
    m_upload.ref = ctrl->params->url;
    m_upload.expires = ctrl->params->expires;
    if (!m_upload.expires.isValid()) {
        const QDateTime now = ctrl->ts.isValid() ? ctrl->ts : QDateTime::currentDateTimeUtc();
        m_upload.expires = now.addSecs(kHeldSeconds);
    }
    return {};
}

void UploadJob::end(const TransferEnd &end)
{
    emit finished(end, m_upload);
}

}
