#include "server/files/fileid.h"

#include <QByteArray>

#include <algorithm>
#include <sodium.h>

namespace confab::server {

namespace {

constexpr int kRandomBytes = 16;
constexpr qsizetype kIdLength = 22;
constexpr QLatin1String kFolder("/v0/file/s/");

}

QString randomFileId()
{
    QByteArray bytes(kRandomBytes, '\0');
    randombytes_buf(bytes.data(), size_t(bytes.size()));
    return QString::fromLatin1(
        bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

bool isFileId(QStringView text)
{
    return text.size() == kIdLength && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9')
            || c == u'-' || c == u'_';
    });
}

QString fileUrl(const QString &id, const QString &suffix)
{
    return kFolder + id + suffix;
}

QString fileIdOfUrl(const QString &url)
{
    const qsizetype folder = url.indexOf(kFolder);
    if (folder < 0)
        return {};
    const QString rest = url.mid(folder + kFolder.size());
    const qsizetype end = std::find_if(rest.begin(), rest.end(), [](QChar c) {
        return c == u'.' || c == u'?' || c == u'#';
    }) - rest.begin();
    const QString id = rest.left(end);
    return isFileId(id) ? id : QString();
}

}
