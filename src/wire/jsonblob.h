#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QString>

namespace confab::wire {

/// A piece of JSON that the protocol carries but does not define: `content`, `public`, `private`,
/// `aux`, `params` of other programs. Layers above keep it, compare it and hand it on; only wire
/// looks inside, so that JSON stays here (design.md §2). A default one is absent (undefined).
class JsonBlob
{
public:
    JsonBlob() = default;
    explicit JsonBlob(QJsonValue value) : m_value(std::move(value)) {}
    static JsonBlob fromString(const QString &text) { return JsonBlob(QJsonValue(text)); }
    /// Any JSON value, scalars included; absent when the bytes are empty or not JSON.
    static JsonBlob fromBytes(const QByteArray &utf8);

    bool isAbsent() const { return m_value.isUndefined(); }
    bool isString() const { return m_value.isString(); }
    QString string() const { return m_value.toString(); }
    /// Compact UTF-8; empty when absent.
    QByteArray bytes() const;

    /// What `{set desc}` does to a stored value: objects are merged deeply, "␡" (U+2421) removes a
    /// key or the whole value, null changes nothing, arrays and scalars are replaced (protocol.md §11).
    static JsonBlob merged(const JsonBlob &base, const JsonBlob &patch);

    /// For wire only.
    const QJsonValue &value() const { return m_value; }
    bool operator==(const JsonBlob &) const = default;

private:
    QJsonValue m_value{QJsonValue::Undefined};
};

}
