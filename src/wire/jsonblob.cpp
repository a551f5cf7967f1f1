#include "wire/jsonblob.h"

#include "wire/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace confab::wire {

namespace {

bool isErasure(const QJsonValue &value)
{
    return value.isString() && value.toString() == QChar(0x2421);
}

QJsonValue mergedValue(const QJsonValue &base, const QJsonValue &patch)
{
    if (patch.isUndefined() || patch.isNull())
        return base;
    if (isErasure(patch))
        return QJsonValue::Undefined;
    if (!patch.isObject())
        return patch;
    QJsonObject result = base.toObject();
    const QJsonObject changes = patch.toObject();
    for (auto change = changes.begin(); change != changes.end(); ++change) {
        const QJsonValue value = mergedValue(result.value(change.key()), change.value());
        result.insert(change.key(), value); // an undefined value removes the key
    }
    return result;
}

}

JsonBlob::JsonBlob(QJsonValue value)
{
    if (value.isString())
        m_value = value.toString();
    else
        m_value = std::move(value);
}

JsonBlob JsonBlob::fromString(const QString &text)
{
    JsonBlob blob;
    blob.m_value = text;
    return blob;
}

JsonBlob JsonBlob::fromBytes(const QByteArray &utf8)
{
    // QJsonDocument takes no bare scalars, hence the array around it.
    const Result<QJsonArray, WireError> array = parseArray('[' + utf8 + ']');
    return array && array->size() == 1 ? JsonBlob(array->first()) : JsonBlob();
}

bool JsonBlob::isAbsent() const
{
    const QJsonValue *value = std::get_if<QJsonValue>(&m_value);
    return value && value->isUndefined();
}

QString JsonBlob::string() const
{
    return isString() ? std::get<QString>(m_value) : QString();
}

QJsonValue JsonBlob::value() const
{
    return isString() ? QJsonValue(std::get<QString>(m_value)) : std::get<QJsonValue>(m_value);
}

QByteArray JsonBlob::bytes() const
{
    if (isAbsent())
        return {};
    const QByteArray array = QJsonDocument(QJsonArray{value()}).toJson(QJsonDocument::Compact);
    return array.mid(1, array.size() - 2);
}

JsonBlob JsonBlob::merged(const JsonBlob &base, const JsonBlob &patch)
{
    return JsonBlob(mergedValue(base.value(), patch.value()));
}

}
