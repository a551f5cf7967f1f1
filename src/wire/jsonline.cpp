#include "wire/jsonline.h"

#include "wire/jsonblob.h"
#include "wire/jsontext.h"

#include <QJsonDocument>

namespace confab::wire {

namespace {

constexpr QLatin1String kBase64(":base64");

/// Whether the value is the same bytes again after it was read as part of a line, which is one level
/// deeper than the value alone.
bool survivesNesting(const QByteArray &value)
{
    const auto nested = JsonLineReader::parse("{\"v\":" + value + '}');
    return nested && nested->keys().size() == 1 && nested->bytes(QStringLiteral("v")) == value;
}

}

void JsonLineWriter::bytes(const QString &key, const QByteArray &value)
{
    if (survivesNesting(value))
        m_object.insert(key, JsonBlob::fromBytes(value).value());
    else
        m_object.insert(key + kBase64, QString::fromLatin1(value.toBase64()));
}

QByteArray JsonLineWriter::line() const
{
    return QJsonDocument(m_object).toJson(QJsonDocument::Compact);
}

std::optional<JsonLineReader> JsonLineReader::parse(const QByteArray &line)
{
    const Result<QJsonObject, WireError> object = parseObject(line);
    return object ? std::optional(JsonLineReader(*object)) : std::nullopt;
}

QStringList JsonLineReader::keys() const
{
    QStringList names = m_object.keys();
    for (QString &name : names) {
        if (name.endsWith(kBase64))
            name.chop(kBase64.size());
    }
    return names;
}

bool JsonLineReader::has(const QString &key) const
{
    return m_object.contains(key) || m_object.contains(key + kBase64);
}

std::optional<QString> JsonLineReader::text(const QString &key) const
{
    const QJsonValue value = m_object.value(key);
    return value.isString() ? std::optional(value.toString()) : std::nullopt;
}

std::optional<qint64> JsonLineReader::number(const QString &key) const
{
    // A default that comes back twice, whatever it is, stands for what is no whole number.
    const QJsonValue value = m_object.value(key);
    const qint64 one = value.toInteger(0);
    return one == value.toInteger(1) ? std::optional(one) : std::nullopt;
}

std::optional<QByteArray> JsonLineReader::bytes(const QString &key) const
{
    if (const QJsonValue value = m_object.value(key); !value.isUndefined())
        return JsonBlob(value).bytes();
    const std::optional<QString> encoded = text(key + kBase64);
    if (!encoded)
        return std::nullopt;
    const auto decoded = QByteArray::fromBase64Encoding(
        encoded->toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    return decoded ? std::optional(*decoded) : std::nullopt;
}

}
