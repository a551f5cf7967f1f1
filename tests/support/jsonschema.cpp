#include "support/jsonschema.h"

#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <climits>
#include <cmath>

namespace confab {

namespace {

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

bool isOfType(const QJsonValue &value, const QString &type)
{
    if (type == QLatin1String("integer"))
        return value.isDouble() && std::floor(value.toDouble()) == value.toDouble();
    return (type == QLatin1String("object") && value.isObject())
        || (type == QLatin1String("array") && value.isArray())
        || (type == QLatin1String("string") && value.isString())
        || (type == QLatin1String("boolean") && value.isBool())
        || (type == QLatin1String("number") && value.isDouble())
        || (type == QLatin1String("null") && value.isNull());
}

bool isOfOneType(const QJsonValue &value, const QJsonValue &types)
{
    if (types.isString())
        return isOfType(value, types.toString());
    for (const QJsonValue &type : types.toArray()) {
        if (isOfType(value, type.toString()))
            return true;
    }
    return false;
}

bool matches(const QString &text, const QString &pattern)
{
    static QHash<QString, QRegularExpression> compiled;
    auto found = compiled.find(pattern);
    if (found == compiled.end())
        found = compiled.insert(pattern, QRegularExpression(pattern));
    return found->isValid() && found->match(text).hasMatch();
}

/// The limits of single values.
QString checkScalar(const QJsonObject &schema, const QJsonValue &value)
{
    if (schema.contains(key("type")) && !isOfOneType(value, schema.value(key("type"))))
        return QStringLiteral("wrong type");
    if (schema.contains(key("enum")) && !schema.value(key("enum")).toArray().contains(value))
        return QStringLiteral("not one of the allowed values");
    if (value.isString() && schema.contains(key("pattern"))
        && !matches(value.toString(), schema.value(key("pattern")).toString()))
        return QStringLiteral("does not match the pattern");
    if (value.isDouble()
        && (value.toDouble() < schema.value(key("minimum")).toDouble(-INFINITY)
            || value.toDouble() > schema.value(key("maximum")).toDouble(INFINITY)))
        return QStringLiteral("out of range");
    return {};
}

bool onlyKnownKeywords(const QJsonObject &schema)
{
    static const QStringList kKnown{key("$schema"), key("$ref"), key("definitions"), key("type"),
        key("enum"), key("pattern"), key("minimum"), key("maximum"), key("properties"),
        key("required"), key("additionalProperties"), key("minProperties"), key("maxProperties"),
        key("items")};
    const QStringList keys = schema.keys();
    return std::all_of(
        keys.begin(), keys.end(), [](const QString &name) { return kKnown.contains(name); });
}

}

JsonSchema::JsonSchema(const QString &path)
{
    QFile file(path);
    if (file.open(QIODevice::ReadOnly))
        m_root = QJsonDocument::fromJson(file.readAll()).object();
}

QString JsonSchema::check(const QJsonValue &value) const
{
    return checkValue(m_root, value, QString());
}

QString JsonSchema::checkText(const QByteArray &utf8) const
{
    const QJsonDocument document = QJsonDocument::fromJson(utf8);
    return document.isObject() ? check(document.object()) : QStringLiteral("no JSON object");
}

QString JsonSchema::checkValue(
    const QJsonObject &schema, const QJsonValue &value, const QString &at) const
{
    if (schema.contains(key("$ref"))) {
        const QString name = schema.value(key("$ref")).toString().section(u'/', 2);
        const QJsonObject target
            = m_root.value(key("definitions")).toObject().value(name).toObject();
        return target.isEmpty() ? at + QLatin1String(": unknown definition ") + name
                                : checkValue(target, value, at);
    }
    if (!onlyKnownKeywords(schema))
        return at + QLatin1String(": the schema has a keyword that is not known");
    if (const QString wrong = checkScalar(schema, value); !wrong.isEmpty())
        return at + QLatin1String(": ") + wrong;
    if (value.isObject())
        return checkObject(schema, value.toObject(), at);
    if (value.isArray() && schema.contains(key("items"))) {
        for (const QJsonValue &item : value.toArray()) {
            const QString wrong = checkValue(schema.value(key("items")).toObject(), item, at);
            if (!wrong.isEmpty())
                return wrong;
        }
    }
    return {};
}

QString JsonSchema::checkObject(
    const QJsonObject &schema, const QJsonObject &object, const QString &at) const
{
    for (const QJsonValue &name : schema.value(key("required")).toArray()) {
        if (!object.contains(name.toString()))
            return at + QLatin1String(": lacks ") + name.toString();
    }
    if (object.size() < schema.value(key("minProperties")).toInt(0)
        || object.size() > schema.value(key("maxProperties")).toInt(INT_MAX))
        return at + QLatin1String(": wrong number of properties");
    const QJsonObject properties = schema.value(key("properties")).toObject();
    const QJsonValue others = schema.value(key("additionalProperties"));
    for (auto it = object.begin(); it != object.end(); ++it) {
        const QString inside = at.isEmpty() ? it.key() : at + u'.' + it.key();
        if (!properties.contains(it.key()) && others.isBool() && !others.toBool())
            return inside + QLatin1String(": not allowed");
        const QJsonObject inner = properties.value(it.key()).toObject(
            others.isObject() ? others.toObject() : QJsonObject());
        if (const QString wrong = checkValue(inner, it.value(), inside); !wrong.isEmpty())
            return wrong;
    }
    return {};
}

}
