#include "wire/jsonfields.h"

#include "wire/textforms.h"

#include <cmath>
#include <limits>

namespace confab::wire {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kMaxInt = std::numeric_limits<int>::max();

bool isNothing(const QJsonValue &value)
{
    return value.isUndefined() || value.isNull();
}

/// Go's time that is not set, which some servers send for none.
bool isZeroTime(const QDateTime &time)
{
    return time.date().year() <= 1;
}

}

FieldReader::FieldReader(const QJsonObject &frame, std::optional<WireError> &error)
    : m_object(frame)
    , m_error(error)
{
}

FieldReader::FieldReader(const FieldReader *parent, QLatin1String name, qsizetype index,
                         QJsonObject object)
    : m_object(std::move(object))
    , m_parent(parent)
    , m_name(name)
    , m_index(index)
    , m_error(parent->m_error)
{
}

std::optional<FieldReader> FieldReader::child(QLatin1String key) const
{
    const QJsonValue value = m_object.value(key);
    if (isNothing(value))
        return std::nullopt;
    return element(key, -1, value);
}

std::optional<FieldReader> FieldReader::sibling(QLatin1String key) const
{
    return m_parent->child(key);
}

void FieldReader::text(QLatin1String key, QString &value) const
{
    const QJsonValue field = m_object.value(key);
    if (field.isString())
        value = field.toString();
    else if (!isNothing(field))
        fail(WireError::Kind::WrongType, key);
}

void FieldReader::requiredText(QLatin1String key, QString &value) const
{
    text(key, value);
    if (value.isEmpty())
        fail(WireError::Kind::MissingField, key);
}

void FieldReader::texts(QLatin1String key, QStringList &value) const
{
    const QJsonArray items = array(key);
    value.reserve(items.size());
    for (qsizetype i = 0; i < items.size(); ++i) {
        const QJsonValue item = items.at(i);
        if (!item.isString())
            return fail(WireError::Kind::WrongType, key, i);
        value += item.toString();
    }
}

void FieldReader::texts(QLatin1String key, std::optional<QStringList> &value) const
{
    if (isPresent(key))
        texts(key, value.emplace());
}

void FieldReader::flag(QLatin1String key, bool &value) const
{
    const QJsonValue field = m_object.value(key);
    if (field.isBool())
        value = field.toBool();
    else if (!isNothing(field))
        fail(WireError::Kind::WrongType, key);
}

void FieldReader::flag(QLatin1String key, std::optional<bool> &value) const
{
    if (isPresent(key))
        flag(key, value.emplace());
}

void FieldReader::number(QLatin1String key, int &value) const
{
    bounded(key, value, 0, kMaxInt);
}

void FieldReader::number(QLatin1String key, std::optional<int> &value) const
{
    if (isPresent(key))
        number(key, value.emplace());
}

void FieldReader::requiredNumber(QLatin1String key, int &value) const
{
    if (isPresent(key))
        bounded(key, value, 1, kMaxInt);
    else
        fail(WireError::Kind::MissingField, key);
}

void FieldReader::limit(QLatin1String key, int &value) const
{
    if (const auto whole = wholeNumber(key, 0, std::numeric_limits<double>::infinity()))
        value = *whole < kMaxInt ? int(*whole) : kMaxInt;
}

void FieldReader::seq(QLatin1String key, Seq &value) const
{
    bounded(key, value, 0, kMaxSeq);
}

void FieldReader::requiredSeq(QLatin1String key, Seq &value) const
{
    if (isPresent(key))
        bounded(key, value, 1, kMaxSeq);
    else
        fail(WireError::Kind::MissingField, key);
}

void FieldReader::time(QLatin1String key, QDateTime &value) const
{
    QString written;
    text(key, written);
    if (written.isEmpty())
        return;
    const QDateTime parsed = parseTime(written);
    if (!parsed.isValid())
        fail(WireError::Kind::WrongType, key);
    else if (!isZeroTime(parsed))
        value = parsed;
}

void FieldReader::base64(QLatin1String key, QByteArray &value) const
{
    QString written;
    text(key, written);
    if (written.isEmpty())
        return;
    if (std::optional<QByteArray> bytes = parseBase64(written))
        value = std::move(*bytes);
    else
        fail(WireError::Kind::WrongType, key);
}

void FieldReader::access(QLatin1String key, std::optional<AccessMode> &value) const
{
    QString written;
    text(key, written);
    if (written.isEmpty())
        return;
    value = parseAccess(written);
    if (!value)
        fail(WireError::Kind::OutOfRange, key);
}

void FieldReader::acs(QLatin1String key, std::optional<Acs> &value) const
{
    const std::optional<FieldReader> io = child(key);
    if (!io)
        return;
    std::optional<AccessMode> want, given, mode;
    io->access("want"_L1, want);
    io->access("given"_L1, given);
    io->access("mode"_L1, mode);
    // Members without the right to share see nothing but the effective mode of others.
    if (want || given || mode)
        value = Acs{want ? *want : mode.value_or(AccessMode()),
                    given ? *given : mode.value_or(AccessMode())};
}

void FieldReader::ranges(QLatin1String key, QList<SeqRange> &value) const
{
    const QJsonArray items = array(key);
    value.reserve(items.size());
    for (qsizetype i = 0; i < items.size(); ++i) {
        if (const std::optional<FieldReader> io = element(key, i, items.at(i)))
            value += io->range();
    }
}

void FieldReader::head(QLatin1String key, Head &value) const
{
    const QJsonValue field = m_object.value(key);
    if (field.isObject())
        value = Head(JsonBlob(field));
    else if (!isNothing(field))
        fail(WireError::Kind::WrongType, key);
}

void FieldReader::blob(QLatin1String key, JsonBlob &value) const
{
    QJsonValue field = m_object.value(key);
    if (!isNothing(field))
        value = JsonBlob(std::move(field));
}

void FieldReader::anyValue(QLatin1String key, JsonBlob &value) const
{
    value = JsonBlob(m_object.value(key));
}

bool FieldReader::isPresent(QLatin1String key) const
{
    return !isNothing(m_object.value(key));
}

QJsonArray FieldReader::array(QLatin1String key) const
{
    const QJsonValue field = m_object.value(key);
    if (!field.isArray() && !isNothing(field))
        fail(WireError::Kind::WrongType, key);
    return field.toArray();
}

std::optional<FieldReader> FieldReader::element(QLatin1String key, qsizetype index,
                                                const QJsonValue &value) const
{
    if (value.isObject())
        return FieldReader(this, key, index, value.toObject());
    fail(WireError::Kind::WrongType, key, index);
    return std::nullopt;
}

std::optional<double> FieldReader::wholeNumber(QLatin1String key, double low, double high) const
{
    const QJsonValue field = m_object.value(key);
    if (isNothing(field))
        return std::nullopt;
    if (!field.isDouble()) {
        fail(WireError::Kind::WrongType, key);
        return std::nullopt;
    }
    const double number = field.toDouble();
    if (number < low || number > high || std::trunc(number) != number) {
        fail(WireError::Kind::OutOfRange, key);
        return std::nullopt;
    }
    return number;
}

void FieldReader::bounded(QLatin1String key, int &value, int low, int high) const
{
    if (const std::optional<double> number = wholeNumber(key, low, high))
        value = int(*number);
}

SeqRange FieldReader::range() const
{
    SeqRange range;
    requiredSeq("low"_L1, range.low);
    bounded("hi"_L1, range.hi, 0, kMaxSeq + 1);
    if (range.hi == 0)
        range.hi = range.low + 1;
    if (range.hi <= range.low)
        fail(WireError::Kind::OutOfRange, "hi"_L1);
    return range;
}

void FieldReader::fail(WireError::Kind kind, QLatin1String key, qsizetype index) const
{
    if (m_error)
        return;
    QString field = path() + key;
    if (index >= 0)
        field += u'.' + QString::number(index);
    m_error = WireError{kind, field};
}

/// What stands before a key of this object: "", "meta." or "meta.sub.3.".
QString FieldReader::path() const
{
    if (!m_parent)
        return {};
    QString path = m_parent->path() + m_name + u'.';
    if (m_index >= 0)
        path += QString::number(m_index) + u'.';
    return path;
}

void FieldWriter::text(QLatin1String key, const QString &value)
{
    if (!value.isEmpty())
        m_object.insert(key, value);
}

void FieldWriter::texts(QLatin1String key, const QStringList &value)
{
    if (!value.isEmpty())
        m_object.insert(key, QJsonArray::fromStringList(value));
}

void FieldWriter::texts(QLatin1String key, const std::optional<QStringList> &value)
{
    if (value)
        m_object.insert(key, QJsonArray::fromStringList(*value));
}

void FieldWriter::flag(QLatin1String key, bool value)
{
    if (value)
        m_object.insert(key, true);
}

void FieldWriter::flag(QLatin1String key, std::optional<bool> value)
{
    if (value)
        m_object.insert(key, *value);
}

void FieldWriter::number(QLatin1String key, int value)
{
    if (value != 0)
        m_object.insert(key, value);
}

void FieldWriter::number(QLatin1String key, std::optional<int> value)
{
    if (value)
        m_object.insert(key, *value);
}

void FieldWriter::time(QLatin1String key, const QDateTime &value)
{
    if (value.isValid())
        m_object.insert(key, formatTime(value));
}

void FieldWriter::base64(QLatin1String key, const QByteArray &value)
{
    if (!value.isEmpty())
        m_object.insert(key, formatBase64(value));
}

void FieldWriter::access(QLatin1String key, std::optional<AccessMode> value)
{
    if (value)
        m_object.insert(key, formatAccess(*value));
}

void FieldWriter::acs(QLatin1String key, const std::optional<Acs> &value)
{
    if (!value)
        return;
    FieldWriter io;
    io.access("want"_L1, value->want);
    io.access("given"_L1, value->given);
    io.access("mode"_L1, value->mode());
    m_object.insert(key, io.object());
}

void FieldWriter::ranges(QLatin1String key, const QList<SeqRange> &value)
{
    QJsonArray items;
    for (const SeqRange &range : value) {
        FieldWriter io;
        io.seq("low"_L1, range.low);
        if (range.hi != range.low + 1)
            io.seq("hi"_L1, range.hi);
        items.append(io.object());
    }
    if (!items.isEmpty())
        m_object.insert(key, items);
}

void FieldWriter::anyValue(QLatin1String key, const JsonBlob &value)
{
    if (!value.isAbsent())
        m_object.insert(key, value.value());
}

}
