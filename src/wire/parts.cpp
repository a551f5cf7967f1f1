#include "wire/parts.h"

#include <QJsonArray>

namespace confab::wire {

bool SetQuery::isEmpty() const
{
    return *this == SetQuery();
}

QStringList Subscription::matchedTags() const
{
    QStringList tags;
    const QJsonArray values = priv.value().toArray();
    for (const QJsonValue &value : values) {
        if (value.isString())
            tags += value.toString();
    }
    return tags;
}

JsonBlob Subscription::fromMatchedTags(const QStringList &tags)
{
    return tags.isEmpty() ? JsonBlob() : JsonBlob(QJsonArray::fromStringList(tags));
}

}
