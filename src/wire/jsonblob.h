#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QString>

#include <variant>

namespace confab::wire {

/// A piece of JSON that the protocol carries but does not define: `content`, `public`, `private`,
/// `aux`, `params` of other programs. Layers above keep it, compare it and hand it on; only wire
/// looks inside, so that JSON stays here (design.md §2). A default one is absent (undefined).
class JsonBlob
{
public:
    JsonBlob() = default;
    explicit JsonBlob(QJsonValue value);
    static JsonBlob fromString(const QString &text);
    /// Any JSON value, scalars included; absent when the bytes are empty or not JSON.
    static JsonBlob fromBytes(const QByteArray &utf8);

    bool isAbsent() const;
    bool isString() const { return std::holds_alternative<QString>(m_value); }
    QString string() const; ///< empty if it is none
    /// Compact UTF-8; empty when absent.
    QByteArray bytes() const;

    /// What `{set desc}` does to a stored value: objects are merged deeply, "␡" (U+2421) removes a
    /// key or the whole value, null changes nothing, arrays and scalars are replaced (protocol.md §11).
    static JsonBlob merged(const JsonBlob &base, const JsonBlob &patch);

    /// For wire only.
    QJsonValue value() const;
    bool operator==(const JsonBlob &) const = default;

private:
    /// A string stands by itself: as a QJsonValue it keeps all of the object that it came in.
    std::variant<QJsonValue, QString> m_value{QJsonValue(QJsonValue::Undefined)};
};

}
