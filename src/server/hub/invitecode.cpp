#include "server/hub/invitecode.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

namespace confab::server {

namespace {

// Crockford's base 32: no letter that looks like another or like a digit.
constexpr QLatin1String kLetters("0123456789abcdefghjkmnpqrstvwxyz");
constexpr int kLength = 12;
constexpr int kGroup = 4;

QString plainCode(const QString &code)
{
    QString plain = code.trimmed().toLower();
    plain.remove(u'-');
    plain.replace(u'o', u'0').replace(u'l', u'1').replace(u'i', u'1');
    return plain;
}

}

QString randomInviteCode()
{
    QString code;
    for (int i = 0; i < kLength; ++i) {
        if (i > 0 && i % kGroup == 0)
            code += u'-';
        code += kLetters[QRandomGenerator::system()->bounded(int(kLetters.size()))];
    }
    return code;
}

QByteArray inviteHash(const QString &code)
{
    return QCryptographicHash::hash(plainCode(code).toUtf8(), QCryptographicHash::Sha256);
}

std::optional<QByteArray> inviteAmong(const QList<wire::Credential> &credentials)
{
    for (const wire::Credential &credential : credentials) {
        if (credential.meth == QLatin1String("invite"))
            return inviteHash(credential.val);
        if (credential.meth == QLatin1String("email"))
            return inviteHash(credential.val.section(u'@', 0, 0));
    }
    return std::nullopt;
}

}
