#pragma once

#include "wire/parts.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

// Codes that let somebody register where registration is by invitation. A code is 60 random bits,
// written as "k7f3-9xq2-m4tz"; the database keeps its SHA-256 only.
//
// A client hands the code over as a credential of `{acc}`. Programs made for this server may send
// `{meth: "invite", val: CODE}`. The official clients know no such method, but ask for an e-mail
// address at sign-up when the server's `hi` says so (reqCred), and send it as
// `{meth: "email", val: ADDRESS}`: with an address such as CODE@invite.me they can register, too.
namespace confab::server {

QString randomInviteCode();
/// However it is written: upper case, without dashes, o for 0, l or i for 1.
QByteArray inviteHash(const QString &code);
/// Of the code among the credentials, if there is one.
std::optional<QByteArray> inviteAmong(const QList<wire::Credential> &credentials);

}
