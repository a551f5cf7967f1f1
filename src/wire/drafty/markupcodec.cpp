#include "wire/drafty/markup.h"

#include <QJsonArray>
#include <QJsonObject>

namespace confab::wire {

namespace {

constexpr QLatin1String kAt("at");
constexpr QLatin1String kContent("content");

}

JsonBlob toBlob(const QList<MarkedText::Fixed> &fixed)
{
    if (fixed.isEmpty())
        return {};
    QJsonArray parts;
    for (const MarkedText::Fixed &part : fixed)
        parts.append(QJsonObject{{kAt, part.begin}, {kContent, part.content.toContent().value()}});
    return JsonBlob(parts);
}

QList<MarkedText::Fixed> fixedFromBlob(const JsonBlob &blob)
{
    QList<MarkedText::Fixed> fixed;
    const QJsonArray parts = blob.value().toArray();
    for (const QJsonValue &value : parts) {
        const MarkedText::Fixed part{value[kAt].toInteger(-1),
            Drafty::fromContent(JsonBlob(value[kContent]))};
        const qsizetype begin = fixed.isEmpty() ? 0 : fixed.last().end();
        if (part.begin >= begin && !part.content.text().isEmpty())
            fixed += part;
    }
    return fixed;
}

}
