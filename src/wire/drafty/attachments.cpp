#include "wire/drafty/attachments.h"

#include "wire/drafty/entityfields.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

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

bool isEditable(const JsonBlob &content)
{
    static const QSet<QString> kFixed{QStringLiteral("AU"), QStringLiteral("EX"),
        QStringLiteral("FM"), QStringLiteral("IM"), QStringLiteral("TC"), QStringLiteral("VC"),
        QStringLiteral("VD"), QStringLiteral("QQ")};
    const QJsonObject object = content.value().toObject();
    for (const QLatin1String list : {QLatin1String("ent"), QLatin1String("fmt")}) {
        const QJsonArray parts = object.value(list).toArray();
        for (const QJsonValue &part : parts) {
            if (kFixed.contains(part.toObject().value(QLatin1String("tp")).toString()))
                return false;
        }
    }
    return content.isString() || content.value().isObject();
}

std::optional<FormReply> formReply(const JsonBlob &content)
{
    if (!content.value().isObject())
        return std::nullopt;
    const QJsonArray entities = entitiesOf(content);
    for (const QJsonValue &entity : entities) {
        if (kindOf(entity) != EntityKind::File)
            continue;
        const Entity read = cleanEntity(
            readEntity(QStringLiteral("EX"), entity.toObject().value(QLatin1String("data"))));
        if (const auto *reply = std::get_if<FormReply>(&read))
            return *reply;
    }
    return std::nullopt;
}

}
