#pragma once

#include "wire/ids.h"

#include <QByteArray>
#include <QDateTime>

#include <optional>

namespace confab::server {

/// What a token says: who, until when, and the serial that the account must still have.
struct TokenClaims {
    wire::UserId user;
    QDateTime expires;
    int serial = 0;
};

/// Opaque sign-in tokens, signed with HMAC-SHA256 (reliability.md T31). Whether the account still
/// exists and has the serial is for the caller to check.
class Tokens {
public:
    explicit Tokens(QByteArray key)
        : m_key(std::move(key))
    {
    }

    QByteArray issue(const TokenClaims &claims) const;
    enum class Refusal { Malformed, Forged, Expired };
    struct Verdict {
        std::optional<TokenClaims> claims;
        Refusal refusal = Refusal::Malformed; ///< where there are no claims
    };
    Verdict check(const QByteArray &token, const QDateTime &now) const;

private:
    QByteArray signature(const QByteArray &payload) const;

    QByteArray m_key; ///< 32 bytes
};

} // namespace confab::server
