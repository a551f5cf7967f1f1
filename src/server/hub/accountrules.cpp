#include "server/hub/accountrules.h"

#include "server/hub/access.h"

#include <QRegularExpression>

namespace confab::server {

namespace {

constexpr QLatin1String kUserPrefix("usr");
constexpr qsizetype kMinLogin = 2;
constexpr qsizetype kMinPassword = 3;

}

std::optional<BasicSecret> splitBasicSecret(const QByteArray &secret)
{
    const qsizetype colon = secret.indexOf(':');
    if (colon < 0)
        return std::nullopt;
    return BasicSecret{QString::fromUtf8(secret.left(colon)).toLower(), secret.mid(colon + 1)};
}

bool isGoodLogin(const QString &login)
{
    static const QRegularExpression kPattern(QStringLiteral("^[\\p{L}\\p{N}_.]+$"));
    return login.size() >= kMinLogin && login.size() <= kMaxLogin
        && kPattern.match(login).hasMatch();
}

bool isGoodPassword(const QByteArray &password)
{
    return password.size() >= kMinPassword && password.size() <= kMaxPassword;
}

UserRecord newUser(const std::optional<wire::SetDesc> &desc, const QDateTime &now)
{
    UserRecord user;
    user.id = randomId(kUserPrefix);
    user.created = now;
    user.updated = now;
    user.defaultAuth = access::kNewUserAuth;
    user.wantOfMe = access::kMe;
    if (!desc)
        return user;
    user.pub = desc->pub;
    user.priv = desc->priv;
    const wire::DefaultAccess defaults = desc->defacs.value_or(wire::DefaultAccess());
    if (defaults.auth)
        user.defaultAuth = access::userDefault(*defaults.auth & access::kDirect);
    if (defaults.anon)
        user.defaultAnon = access::userDefault(*defaults.anon & access::kDirect);
    return user;
}

}
