#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QString>

namespace confab {

/// Checks JSON against a schema: of JSON Schema draft 7 the keywords type, enum, pattern, minimum,
/// maximum, properties, required, additionalProperties, minProperties, maxProperties, items and
/// $ref to #/definitions. A schema with any other keyword is refused, so that nothing in it is
/// silently without effect. Any thread, one at a time.
class JsonSchema
{
public:
    /// Reads the schema; isValid() is false if the file is none.
    explicit JsonSchema(const QString &path);

    bool isValid() const { return !m_root.isEmpty(); }
    /// Where and why the value is wrong, as "data.seq: ..."; empty if it is right.
    QString check(const QJsonValue &value) const;
    /// The same for a text that should be one JSON object.
    QString checkText(const QByteArray &utf8) const;

private:
    QString checkValue(const QJsonObject &schema, const QJsonValue &value, const QString &at) const;
    QString checkObject(
        const QJsonObject &schema, const QJsonObject &object, const QString &at) const;

    QJsonObject m_root;
};

}
