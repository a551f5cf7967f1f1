#include "wire/drafty/attachments.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>

#include <optional>

namespace confab::wire {

namespace {

std::optional<EntityKind> kindOf(const QJsonValue &entity)
{
    static const QHash<QString, EntityKind> kKinds{
        {QStringLiteral("LN"), EntityKind::Link},
        {QStringLiteral("IM"), EntityKind::Image},
        {QStringLiteral("EX"), EntityKind::File},
        {QStringLiteral("AU"), EntityKind::Audio},
        {QStringLiteral("VD"), EntityKind::Video},
    };
    const auto found = kKinds.constFind(entity.toObject().value(QLatin1String("tp")).toString());
    return found == kKinds.constEnd() ? std::nullopt : std::optional(*found);
}

QJsonArray entitiesOf(const JsonBlob &content)
{
    return content.value().toObject().value(QLatin1String("ent")).toArray();
}

}

EntityKinds entityKinds(const JsonBlob &content)
{
    EntityKinds result;
    if (!content.value().isObject())
        return result;
    const QJsonArray entities = entitiesOf(content);
    for (const QJsonValue &entity : entities) {
        if (const auto kind = kindOf(entity))
            result |= *kind;
    }
    return result;
}

QList<Attachment> attachments(const JsonBlob &content)
{
    QList<Attachment> result;
    const QJsonArray entities = entitiesOf(content);
    for (const QJsonValue &entity : entities) {
        const auto kind = kindOf(entity);
        if (!kind || kind == EntityKind::Link)
            continue;
        const QJsonObject data = entity.toObject().value(QLatin1String("data")).toObject();
        Attachment attachment;
        attachment.kind = *kind;
        attachment.mime = data.value(QLatin1String("mime")).toString();
        attachment.name = data.value(QLatin1String("name")).toString();
        attachment.inBand
            = QByteArray::fromBase64(data.value(QLatin1String("val")).toString().toLatin1());
        attachment.reference = data.value(QLatin1String("ref")).toString();
        result.append(attachment);
    }
    return result;
}

}
