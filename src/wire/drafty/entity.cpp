#include "wire/drafty/entity.h"

#include "wire/textforms.h"

#include <QUrl>

#include <algorithm>

namespace confab::wire {

using namespace Qt::Literals::StringLiterals;

namespace {

struct FindSource {
    const MediaSource *operator()(const Image &image) const { return &image.source; }
    const MediaSource *operator()(const Video &video) const { return &video.source; }
    const MediaSource *operator()(const Audio &audio) const { return &audio.source; }
    const MediaSource *operator()(const File &file) const { return &file.source; }
    template <typename Other>
    const MediaSource *operator()(const Other &) const
    {
        return nullptr;
    }
};

/// Characters that a browser would drop or turn, so that what is checked is not what is opened.
bool isOdd(QChar c)
{
    return c <= u' ' || c == u'\\' || c == QChar(0x7f);
}

bool isOneOf(const QString &scheme, std::initializer_list<QLatin1String> allowed)
{
    return std::find(allowed.begin(), allowed.end(), scheme) != allowed.end();
}

}

QByteArray MediaSource::bytes() const
{
    return parseBase64(base64).value_or(QByteArray());
}

QByteArray Audio::bars() const
{
    return parseBase64(waveform).value_or(QByteArray());
}

const MediaSource *mediaSource(const Entity &entity)
{
    return std::visit(FindSource(), entity);
}

bool isSafeReference(const QString &reference)
{
    if (reference.isEmpty() || std::any_of(reference.begin(), reference.end(), isOdd))
        return false;
    const QUrl url(reference);
    if (!url.isValid())
        return false;
    if (url.scheme().isEmpty())
        return url.authority().isEmpty() && !reference.startsWith("//"_L1);
    return isOneOf(url.scheme(), {"http"_L1, "https"_L1}) && !url.host().isEmpty();
}

bool isSafeLink(const QString &url)
{
    if (std::any_of(url.begin(), url.end(), isOdd))
        return false;
    const QUrl parsed(url);
    return parsed.isValid() && !parsed.host().isEmpty()
        && isOneOf(parsed.scheme(), {"http"_L1, "https"_L1, "ftp"_L1, "ftps"_L1});
}

}
