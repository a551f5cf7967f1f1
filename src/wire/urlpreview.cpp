#include "wire/urlpreview.h"

#include "wire/cleantext.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace confab::wire {

namespace {

constexpr qsizetype kMaxTitle = 200;
constexpr qsizetype kMaxAbout = 300;
constexpr qsizetype kMaxSite = 100;

}

LinkPreview readUrlPreview(const QByteArray &body)
{
    const QJsonObject answer = QJsonDocument::fromJson(body).object();
    const auto line = [&answer](const char *key, qsizetype longest) {
        return cleanLine(answer.value(QLatin1String(key)).toString(), longest);
    };
    LinkPreview preview;
    preview.title = line("title", kMaxTitle);
    if (preview.title.isEmpty())
        return {};
    preview.about = line("description", kMaxAbout);
    preview.site = line("site", kMaxSite);
    const QJsonObject image = answer.value(QLatin1String("image")).toObject();
    preview.mime = cleanLine(image.value(QLatin1String("mime")).toString(), kMaxSite);
    preview.base64 = image.value(QLatin1String("val")).toString();
    return preview;
}

}
