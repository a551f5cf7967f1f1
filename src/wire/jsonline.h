#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <optional>

// One flat JSON object on one line, the form in which the server's rows are exported and imported.
// What goes in comes out byte for byte. Pure values, any thread.
namespace confab::wire {

class JsonLineWriter
{
public:
    void text(const QString &key, const QString &value) { m_object.insert(key, value); }
    void number(const QString &key, qint64 value) { m_object.insert(key, value); }
    /// JSON that reads back as the same bytes is nested as it is; anything else goes under
    /// "KEY:base64".
    void bytes(const QString &key, const QByteArray &value);

    /// Compact UTF-8 without a line break.
    QByteArray line() const;

private:
    QJsonObject m_object;
};

class JsonLineReader
{
public:
    /// Nothing if the line is not one JSON object.
    static std::optional<JsonLineReader> parse(const QByteArray &line);

    /// Without ":base64".
    QStringList keys() const;
    bool has(const QString &key) const;
    /// Nothing if the key is missing or holds another type.
    std::optional<QString> text(const QString &key) const;
    std::optional<qint64> number(const QString &key) const;
    std::optional<QByteArray> bytes(const QString &key) const;

private:
    explicit JsonLineReader(const QJsonObject &object)
        : m_object(object)
    {
    }

    QJsonObject m_object;
};

}
