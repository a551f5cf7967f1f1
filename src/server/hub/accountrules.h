#pragma once

#include "server/db/records.h"
#include "wire/parts.h"

#include <QByteArray>
#include <QString>

#include <optional>

// What a login, a password and a new account are like, whoever makes them: a client, or the
// administrator at the command line (protocol.md §9.2, acc).
namespace confab::server {

inline constexpr qsizetype kMaxLogin = 32;
inline constexpr qsizetype kMaxPassword = 1024; ///< bytes

/// What a client proves who it is with, by the scheme "basic".
struct BasicSecret {
    QString login; ///< lower case
    QByteArray password;
};
/// "login:password".
std::optional<BasicSecret> splitBasicSecret(const QByteArray &secret);

/// Of a lower-case login: 2 to 32 letters, digits, "_" and ".".
bool isGoodLogin(const QString &login);
bool isGoodPassword(const QByteArray &password);

/// With an id of its own, and what its maker wants others to see and be allowed.
UserRecord newUser(const std::optional<wire::SetDesc> &desc, const QDateTime &now);

}
