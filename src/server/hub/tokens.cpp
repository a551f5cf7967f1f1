#include "server/hub/tokens.h"

#include <QDataStream>
#include <QIODevice>

#include <sodium.h>

namespace confab::server {

namespace {

constexpr quint8 kFormat = 1;
constexpr qsizetype kUserIdSize = 14;
constexpr qsizetype kPayloadSize = 1 + kUserIdSize + 8 + 4; // format, user, expiry, serial
constexpr qsizetype kSignatureSize = crypto_auth_hmacsha256_BYTES;

} // namespace

QByteArray Tokens::signature(const QByteArray &payload) const
{
    Q_ASSERT(m_key.size() == crypto_auth_hmacsha256_KEYBYTES);
    QByteArray bytes(kSignatureSize, '\0');
    crypto_auth_hmacsha256(reinterpret_cast<unsigned char *>(bytes.data()),
        reinterpret_cast<const unsigned char *>(payload.constData()), size_t(payload.size()),
        reinterpret_cast<const unsigned char *>(m_key.constData()));
    return bytes;
}

QByteArray Tokens::issue(const TokenClaims &claims) const
{
    Q_ASSERT(claims.user.size() == kUserIdSize);
    QByteArray payload;
    QDataStream stream(&payload, QIODevice::WriteOnly);
    stream << kFormat;
    stream.writeRawData(claims.user.toLatin1().constData(), int(kUserIdSize));
    stream << qint64(claims.expires.toMSecsSinceEpoch()) << qint32(claims.serial);
    return payload + signature(payload);
}

Tokens::Verdict Tokens::check(const QByteArray &token, const QDateTime &now) const
{
    if (token.size() != kPayloadSize + kSignatureSize || quint8(token.at(0)) != kFormat)
        return {std::nullopt, Refusal::Malformed};
    const QByteArray payload = token.left(kPayloadSize);
    if (sodium_memcmp(
            signature(payload).constData(), token.constData() + kPayloadSize, kSignatureSize)
        != 0)
        return {std::nullopt, Refusal::Forged};
    QDataStream stream(payload);
    stream.skipRawData(int(1 + kUserIdSize));
    qint64 expires = 0;
    qint32 serial = 0;
    stream >> expires >> serial;
    TokenClaims claims{QString::fromLatin1(payload.mid(1, kUserIdSize)),
        QDateTime::fromMSecsSinceEpoch(expires, Qt::UTC), serial};
    if (claims.expires <= now)
        return {std::nullopt, Refusal::Expired};
    return {claims, {}};
}

} // namespace confab::server
