#pragma once

#include "wire/accessmode.h"
#include "wire/head.h"
#include "wire/ids.h"
#include "wire/jsonblob.h"
#include "wire/wireerror.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>
#include <span>

// A packet's fields are described once, by describe(io, part), and the description runs in both
// directions: FieldReader fills the part from a JSON object, FieldWriter makes the object. Both
// have the same verbs. What protocol.md §9.1 says of absent values holds for every verb: reading
// takes null, "" and a missing key for the default, and writing leaves defaults out. For wire only;
// an io lives on the stack of one call.
namespace confab::wire {

/// A word of the protocol and what it stands for.
template <typename E>
struct Word {
    QLatin1String text;
    E value;
};
template <typename E>
using Words = std::span<const Word<E>>;

/// Reads with types and ranges checked. The first thing wrong is kept, with its path; what is read
/// after that has no meaning.
class FieldReader
{
public:
    template <typename T>
    using Ref = T &;

    /// The whole frame. The error outlives the reader and all its children.
    FieldReader(const QJsonObject &frame, std::optional<WireError> &error);

    bool failed() const { return m_error.has_value(); }
    /// The object under this key, if there is one.
    std::optional<FieldReader> child(QLatin1String key) const;
    /// The object under this key beside this one.
    std::optional<FieldReader> sibling(QLatin1String key) const;

    void text(QLatin1String key, QString &value) const;
    void requiredText(QLatin1String key, QString &value) const;
    void texts(QLatin1String key, QStringList &value) const;
    void texts(QLatin1String key, std::optional<QStringList> &value) const;
    void flag(QLatin1String key, bool &value) const;
    void flag(QLatin1String key, std::optional<bool> &value) const;
    void number(QLatin1String key, int &value) const;
    void number(QLatin1String key, std::optional<int> &value) const;
    void requiredNumber(QLatin1String key, int &value) const;
    /// A limit: more than an int holds counts as the largest int.
    void limit(QLatin1String key, int &value) const;
    void seq(QLatin1String key, Seq &value) const;
    void requiredSeq(QLatin1String key, Seq &value) const;
    void time(QLatin1String key, QDateTime &value) const;
    void base64(QLatin1String key, QByteArray &value) const;
    void access(QLatin1String key, std::optional<AccessMode> &value) const;
    void acs(QLatin1String key, std::optional<Acs> &value) const;
    void ranges(QLatin1String key, QList<SeqRange> &value) const;
    void head(QLatin1String key, Head &value) const;
    /// Any JSON; null is absent.
    void blob(QLatin1String key, JsonBlob &value) const;
    /// Any JSON; null is a value.
    void anyValue(QLatin1String key, JsonBlob &value) const;

    template <typename E>
    void word(QLatin1String key, E &value, Words<E> words) const
    {
        QString name;
        text(key, name);
        if (!name.isEmpty())
            lookUp(key, name, value, words);
    }
    template <typename E>
    void requiredWord(QLatin1String key, E &value, Words<E> words) const
    {
        QString name;
        requiredText(key, name);
        if (!name.isEmpty())
            lookUp(key, name, value, words);
    }
    /// Words with blanks between them.
    template <typename E>
    void wordSet(QLatin1String key, QFlags<E> &value, Words<E> words) const
    {
        QString line;
        text(key, line);
        for (const QStringView name : QStringView(line).split(u' ', Qt::SkipEmptyParts)) {
            E one{};
            lookUp(key, name, one, words);
            value |= one;
        }
    }

    /// An object of its own.
    template <typename T>
    void part(QLatin1String key, T &value) const
    {
        if (std::optional<FieldReader> io = child(key))
            describe(*io, value);
    }
    template <typename T>
    void part(QLatin1String key, std::optional<T> &value) const
    {
        if (std::optional<FieldReader> io = child(key))
            describe(*io, value.emplace());
    }
    /// An array of objects.
    template <typename T>
    void list(QLatin1String key, QList<T> &value) const
    {
        const QJsonArray items = array(key);
        value.reserve(items.size());
        for (qsizetype i = 0; i < items.size(); ++i) {
            if (std::optional<FieldReader> io = element(key, i, items.at(i)))
                describe(*io, value.emplaceBack());
        }
    }
    template <typename T>
    void list(QLatin1String key, std::optional<QList<T>> &value) const
    {
        if (isPresent(key))
            list(key, value.emplace());
    }

private:
    FieldReader(const FieldReader *parent, QLatin1String name, qsizetype index, QJsonObject object);

    bool isPresent(QLatin1String key) const;
    QJsonArray array(QLatin1String key) const;
    std::optional<FieldReader> element(QLatin1String key, qsizetype index,
                                       const QJsonValue &value) const;
    std::optional<double> wholeNumber(QLatin1String key, double low, double high) const;
    void bounded(QLatin1String key, int &value, int low, int high) const;
    SeqRange range() const;
    void fail(WireError::Kind kind, QLatin1String key, qsizetype index = -1) const;
    QString path() const;

    template <typename E>
    void lookUp(QLatin1String key, QStringView name, E &value, Words<E> words) const
    {
        for (const Word<E> &word : words) {
            if (name == word.text) {
                value = word.value;
                return;
            }
        }
        fail(WireError::Kind::OutOfRange, key);
    }

    QJsonObject m_object;
    const FieldReader *m_parent = nullptr;
    QLatin1String m_name; ///< empty for the frame
    qsizetype m_index = -1; ///< place in an array, or -1
    std::optional<WireError> &m_error;
};

/// Makes the object that FieldReader reads.
class FieldWriter
{
public:
    template <typename T>
    using Ref = const T &;

    const QJsonObject &object() const { return m_object; }

    void text(QLatin1String key, const QString &value);
    void requiredText(QLatin1String key, const QString &value) { text(key, value); }
    void texts(QLatin1String key, const QStringList &value);
    void texts(QLatin1String key, const std::optional<QStringList> &value);
    void flag(QLatin1String key, bool value);
    void flag(QLatin1String key, std::optional<bool> value);
    void number(QLatin1String key, int value);
    void number(QLatin1String key, std::optional<int> value);
    void requiredNumber(QLatin1String key, int value) { number(key, value); }
    void limit(QLatin1String key, int value) { number(key, value); }
    void seq(QLatin1String key, Seq value) { number(key, value); }
    void requiredSeq(QLatin1String key, Seq value) { number(key, value); }
    void time(QLatin1String key, const QDateTime &value);
    void base64(QLatin1String key, const QByteArray &value);
    void access(QLatin1String key, std::optional<AccessMode> value);
    void acs(QLatin1String key, const std::optional<Acs> &value);
    void ranges(QLatin1String key, const QList<SeqRange> &value);
    void head(QLatin1String key, const Head &value) { anyValue(key, value.blob()); }
    void blob(QLatin1String key, const JsonBlob &value) { anyValue(key, value); }
    void anyValue(QLatin1String key, const JsonBlob &value);

    template <typename E>
    void word(QLatin1String key, const E &value, Words<E> words)
    {
        for (const Word<E> &word : words) {
            if (word.value == value)
                m_object.insert(key, word.text);
        }
    }
    template <typename E>
    void requiredWord(QLatin1String key, const E &value, Words<E> words)
    {
        word(key, value, words);
    }
    template <typename E>
    void wordSet(QLatin1String key, const QFlags<E> &value, Words<E> words)
    {
        QStringList names;
        for (const Word<E> &word : words) {
            if (value.testFlag(word.value))
                names += word.text;
        }
        text(key, names.join(u' '));
    }

    /// Written unless nothing is in it.
    template <typename T>
    void part(QLatin1String key, const T &value)
    {
        const QJsonObject object = described(value);
        if (!object.isEmpty())
            m_object.insert(key, object);
    }
    /// Written, even with nothing in it, when there is one.
    template <typename T>
    void part(QLatin1String key, const std::optional<T> &value)
    {
        if (value)
            m_object.insert(key, described(*value));
    }
    template <typename T>
    void list(QLatin1String key, const QList<T> &value)
    {
        if (!value.isEmpty())
            m_object.insert(key, array(value));
    }
    template <typename T>
    void list(QLatin1String key, const std::optional<QList<T>> &value)
    {
        if (value)
            m_object.insert(key, array(*value));
    }

    template <typename T>
    static QJsonObject described(const T &value)
    {
        FieldWriter io;
        describe(io, value);
        return io.object();
    }

private:
    template <typename T>
    static QJsonArray array(const QList<T> &values)
    {
        QJsonArray items;
        for (const T &value : values)
            items.append(described(value));
        return items;
    }

    QJsonObject m_object;
};

}
