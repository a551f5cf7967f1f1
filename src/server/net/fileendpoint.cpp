#include "server/net/fileendpoint.h"

#include "server/files/fileid.h"
#include "server/files/upload.h"
#include "server/hub/hub.h"
#include "server/metrics.h"
#include "server/net/admission.h"
#include "server/net/byterange.h"
#include "server/net/httpcredentials.h"
#include "server/net/incomingconnection.h"
#include "wire/servercodec.h"

#include <QDateTime>

#include <algorithm>
#include <utility>

namespace confab::server {

namespace {

/// Heads and boundaries of the parts, and the small fields.
constexpr qint64 kMaxFormBytes = 64 * 1024;
/// What may be on its way to the disk before its sender is known: the official clients write the
/// fields that say so behind the file.
constexpr int kMaxUnknownSenders = 16;
constexpr qsizetype kMaxRequestId = 64;

HttpResponse authRequired()
{
    HttpResponse response = ctrlResponse(401, QStringLiteral("authentication required"));
    response.headers.emplaceBack("WWW-Authenticate", "Token");
    return response;
}

/// The Content-Length; nothing when it is absent or no plain number.
std::optional<qint64> bodyLength(const HttpRequest &request)
{
    const QByteArray text = request.header("content-length").value_or(QByteArray());
    constexpr qsizetype kMaxDigits = 15;
    const bool isNumber = !text.isEmpty() && text.size() <= kMaxDigits
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!isNumber || request.header("transfer-encoding"))
        return std::nullopt;
    return text.toLongLong();
}

HttpResponse keptResponse(
    const FileRecord &record, const QByteArray &requestId, const QDateTime &until)
{
    wire::Ctrl ctrl;
    ctrl.id = QString::fromUtf8(requestId.left(kMaxRequestId));
    ctrl.code = 200;
    ctrl.text = QStringLiteral("ok");
    ctrl.ts = record.created;
    wire::CtrlParams &params = ctrl.params.emplace();
    params.url = fileUrl(record.id, fileTypeNamed(record.type).suffix);
    params.expires = until; // of the file, unless a message refers to it by then
    HttpResponse response;
    response.body = wire::encode(wire::ServerMessage(ctrl));
    return response;
}

/// Whether the client has this content already (RFC 9110 §13.1.2).
bool isKnown(const HttpRequest &request, const QByteArray &etag)
{
    return request.headerHas("if-none-match", etag) || request.headerHas("if-none-match", "*")
        || request.headerHas("if-none-match", "W/" + etag);
}

}

class FileEndpoint::Receiver : public QObject
{
public:
    Receiver(FileEndpoint &endpoint, IncomingConnection *connection, const QByteArray &boundary,
        const HttpCredentials &credentials, std::optional<wire::UserId> user)
        : QObject(connection)
        , m_endpoint(endpoint)
        , m_connection(connection)
        , m_upload(endpoint.m_files, boundary)
        , m_credentials(credentials)
        , m_user(std::move(user))
    {
        countUnknown(1);
        connect(connection, &IncomingConnection::bodyReceived, this, &Receiver::feed);
        connect(connection, &IncomingConnection::bodyEnded, this, &Receiver::complete);
    }
    ~Receiver() override { countUnknown(-1); }

private:
    void feed(const QByteArray &bytes)
    {
        if (const std::optional<FileError> error = m_upload.feed(bytes))
            m_connection->answer(m_endpoint.refusal(*error));
    }

    void complete()
    {
        if (!m_upload.isComplete())
            return m_connection->answer(m_endpoint.refusal(FileError::Malformed));
        const HttpCredentials form = HttpCredentials::ofForm(m_upload.fields());
        const QByteArray key = m_credentials.apiKey.isEmpty() ? form.apiKey : m_credentials.apiKey;
        if (std::optional<HttpResponse> refusal = m_endpoint.m_admission.refuseApiKey(key)) {
            m_endpoint.m_hub.metrics().refused(Refusal::ApiKey);
            return m_connection->answer(*refusal);
        }
        if (!m_user)
            identify(form);
        if (!m_user) {
            m_endpoint.m_hub.metrics().refused(Refusal::Login);
            return m_connection->answer(authRequired());
        }
        keep();
    }

    void identify(const HttpCredentials &form)
    {
        std::optional<wire::UserId> user;
        if (!form.token.isEmpty())
            user = m_endpoint.m_hub.userOfToken(form.token);
        else if (m_endpoint.m_hub.isOpenToNewcomers()
            && m_upload.fields().value("topic") == "newacc")
            user = wire::UserId();
        if (!user)
            return;
        countUnknown(-1);
        m_user = user;
    }

    void keep()
    {
        const QByteArray id = m_upload.fields().value("id");
        // The answer may be refused before keep() returns, and the connection goes with it later.
        m_endpoint.m_files.keep(m_upload.takeFile(), *m_user, this,
            [this, id](const wire::Result<FileRecord, FileError> &kept) {
                m_connection->answer(kept
                        ? keptResponse(*kept, id, m_endpoint.m_files.unlinkedUntil(*kept))
                        : m_endpoint.refusal(kept.error()));
            });
    }

    void countUnknown(int change)
    {
        if (!m_user)
            m_endpoint.m_unknownSenders += change;
    }

    FileEndpoint &m_endpoint;
    IncomingConnection *m_connection;
    Upload m_upload;
    const HttpCredentials m_credentials;
    std::optional<wire::UserId> m_user; ///< known from head or form; empty: has no account yet
};

FileEndpoint::FileEndpoint(Hub &hub, Files &files, const Admission &admission)
    : m_hub(hub)
    , m_files(files)
    , m_admission(admission)
{
}

FileEndpoint::~FileEndpoint() = default;

void FileEndpoint::upload(IncomingConnection *connection, const HttpRequest &request)
{
    const qint64 length = bodyLength(request).value_or(-1);
    if (const std::optional<HttpResponse> response = refuseUpload(request, length))
        return connection->answer(*response);

    const HttpCredentials credentials = HttpCredentials::ofRequest(request);
    std::optional<wire::UserId> user;
    if (!credentials.token.isEmpty()) {
        user = m_hub.userOfToken(credentials.token);
        if (!user) {
            m_hub.metrics().refused(Refusal::Login);
            return connection->answer(authRequired());
        }
    } else if (m_unknownSenders >= kMaxUnknownSenders) {
        return connection->answer(authRequired());
    }
    // The form around the file is small, so this refuses hardly anything that keep() would not.
    const qint64 least = std::max<qint64>(length - kMaxFormBytes, 0);
    if (const auto error = m_files.refusal(user.value_or(wire::UserId()), least))
        return connection->answer(refusal(*error));

    const QByteArray type = request.header("content-type").value_or(QByteArray());
    new Receiver(*this, connection, Multipart::boundaryOf(type), credentials, user);
    connection->receiveBody(length, request.headerHas("expect", "100-continue"));
}

std::optional<HttpResponse> FileEndpoint::refuseUpload(
    const HttpRequest &request, qint64 length) const
{
    if (request.method != "POST" && request.method != "PUT") {
        HttpResponse response = ctrlResponse(405, QStringLiteral("method not allowed"));
        response.headers.emplaceBack("Allow", "POST, PUT");
        return response;
    }
    if (m_files.maxSize() == 0)
        return ctrlResponse(501, QStringLiteral("this server keeps no files"));
    const QByteArray key = HttpCredentials::ofRequest(request).apiKey;
    if (!key.isEmpty()) {
        if (const auto response = m_admission.refuseApiKey(key)) {
            m_hub.metrics().refused(Refusal::ApiKey);
            return response;
        }
    }
    if (request.header("transfer-encoding") || !request.header("content-length"))
        return ctrlResponse(411, QStringLiteral("length required"));
    const QByteArray type = request.header("content-type").value_or(QByteArray());
    if (length < 0 || Multipart::boundaryOf(type).isEmpty())
        return refusal(FileError::Malformed);
    if (length > m_files.maxSize() + kMaxFormBytes)
        return refusal(FileError::TooLarge);
    return std::nullopt;
}

HttpResponse FileEndpoint::download(const HttpRequest &request) const
{
    const HttpCredentials credentials = HttpCredentials::ofRequest(request);
    if (const auto response = m_admission.refuseApiKey(credentials.apiKey)) {
        m_hub.metrics().refused(Refusal::ApiKey);
        return *response;
    }
    if (!m_hub.userOfToken(credentials.token)) {
        m_hub.metrics().refused(Refusal::Login);
        return authRequired();
    }
    const QString id = fileIdOfUrl(QString::fromLatin1(request.path));
    const std::optional<Files::Opened> file = m_files.read(id);
    if (!file)
        return ctrlResponse(404, QStringLiteral("not found"));

    // The content behind an id never changes.
    const QByteArray etag = '"' + id.toLatin1() + '"';
    HttpResponse response;
    response.cacheControl = "private, max-age=31536000, immutable";
    response.headers.emplaceBack("ETag", etag);
    response.headers.emplaceBack("Accept-Ranges", "bytes");
    if (isKnown(request, etag)) {
        response.status = 304;
        return response;
    }
    const FileType type = fileTypeNamed(file->record.type);
    const bool saved = !type.isShown
        || request.query.queryItemValue(QStringLiteral("asatt")) == QLatin1String("1");
    response.contentType = type.mime;
    if (saved)
        response.headers.emplaceBack("Content-Disposition", "attachment");

    const qint64 size = file->record.size;
    const bool sameContent = request.header("if-range").value_or(etag) == etag;
    const RangeAnswer answer
        = answerRange(sameContent ? request.header("range") : std::nullopt, size);
    if (answer.kind == RangeAnswer::Kind::Unsatisfiable) {
        HttpResponse refused = ctrlResponse(416, QStringLiteral("no such range"));
        refused.headers.emplaceBack("Content-Range", "bytes */" + QByteArray::number(size));
        return refused;
    }
    if (answer.kind == RangeAnswer::Kind::Part) {
        const qint64 last = answer.range.offset + answer.range.length - 1;
        response.status = 206;
        response.headers.emplaceBack("Content-Range",
            "bytes " + QByteArray::number(answer.range.offset) + '-' + QByteArray::number(last)
                + '/' + QByteArray::number(size));
    }
    if (!file->content->seek(answer.range.offset))
        return ctrlResponse(404, QStringLiteral("not found"));
    response.file = {file->content, answer.range.length};
    return response;
}

HttpResponse FileEndpoint::refusal(FileError error) const
{
    if (error != FileError::Malformed)
        m_hub.metrics().refused(Refusal::Upload);
    switch (error) {
    case FileError::TooLarge:
        return ctrlResponse(413, QStringLiteral("too large"));
    case FileError::QuotaExceeded:
        return ctrlResponse(422, QStringLiteral("storage quota exceeded"));
    case FileError::DiskFull:
        return ctrlResponse(507, QStringLiteral("no space left for files"));
    case FileError::Malformed:
        return ctrlResponse(400, QStringLiteral("malformed"));
    case FileError::Failed:
        break;
    }
    return ctrlResponse(500, QStringLiteral("internal error"));
}

}
