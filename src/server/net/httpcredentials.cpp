#include "server/net/httpcredentials.h"

namespace confab::server {

namespace {

/// Clients write secrets in standard letters, but some turn them into URL-safe ones.
QByteArray fromBase64(QByteArray text)
{
    text.replace('-', '+').replace('_', '/');
    const auto decoded
        = QByteArray::fromBase64Encoding(text, QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? decoded.decoded : QByteArray();
}

bool isTokenScheme(const QByteArray &scheme)
{
    const QByteArray lower = scheme.toLower();
    return lower == "token" || lower == "bearer";
}

QByteArray queryItem(const HttpRequest &request, const QString &key)
{
    return request.query.queryItemValue(key, QUrl::FullyDecoded).toUtf8();
}

/// `secret`, where `auth` says that it is a token. A standard base64 plus that nobody escaped reads
/// as a space in forms.
QByteArray secretOf(const QByteArray &scheme, QByteArray secret)
{
    return isTokenScheme(scheme) ? fromBase64(secret.replace(' ', '+')) : QByteArray();
}

}

HttpCredentials HttpCredentials::ofHeaders(const HttpRequest &request)
{
    HttpCredentials result;
    result.apiKey = request.header("x-tinode-apikey").value_or(QByteArray());
    const QByteArray field = request.header("x-tinode-auth")
                                 .value_or(request.header("authorization").value_or(QByteArray()));
    const qsizetype space = field.indexOf(' ');
    if (space >= 0 && isTokenScheme(field.left(space)))
        result.token = fromBase64(field.mid(space + 1).trimmed());
    return result;
}

HttpCredentials HttpCredentials::ofRequest(const HttpRequest &request)
{
    HttpCredentials result = ofHeaders(request);
    if (result.apiKey.isEmpty())
        result.apiKey = queryItem(request, QStringLiteral("apikey"));
    if (result.token.isEmpty())
        result.token = secretOf(queryItem(request, QStringLiteral("auth")),
            queryItem(request, QStringLiteral("secret")));
    return result;
}

HttpCredentials HttpCredentials::ofForm(const QHash<QByteArray, QByteArray> &fields)
{
    return {fields.value("apikey"), secretOf(fields.value("auth"), fields.value("secret"))};
}

}
