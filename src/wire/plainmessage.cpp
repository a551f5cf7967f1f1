#include "wire/plainmessage.h"

#include "wire/jsonfields.h"
#include "wire/jsontext.h"
#include "wire/textforms.h"

#include <QJsonDocument>

namespace confab::wire {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<PlainMessage, WireError> fromObject(const QJsonObject &object)
{
    const QJsonValue text = object.value("text"_L1);
    if (text.isUndefined() || text.isNull())
        return WireError{WireError::Kind::MissingField, QStringLiteral("text")};
    if (!text.isString())
        return WireError{WireError::Kind::WrongType, QStringLiteral("text")};
    // The peer may be any program: what it means by the other fields is its own affair.
    PlainMessage message;
    message.id = object.value("id"_L1).toString();
    message.from = object.value("from"_L1).toString();
    message.text = text.toString();
    message.ts = parseTime(object.value("ts"_L1).toString());
    return message;
}

}

QByteArray encode(const PlainMessage &message)
{
    FieldWriter io;
    io.text("id"_L1, message.id);
    io.text("from"_L1, message.from);
    io.time("ts"_L1, message.ts);
    QJsonObject object = io.object();
    object.insert("text"_L1, message.text);
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<PlainMessage, WireError> decodePlainMessage(const QByteArray &utf8)
{
    const Result<QJsonObject, WireError> object = parseObject(utf8);
    if (!object)
        return object.error();
    return fromObject(*object);
}

QList<PlainMessage> decodePlainHistory(const QByteArray &utf8)
{
    const Result<QJsonArray, WireError> array = parseArray(utf8);
    if (!array)
        return {};
    QList<PlainMessage> messages;
    for (const QJsonValue &entry : *array) {
        if (const auto message = fromObject(entry.toObject()))
            messages.append(*message);
    }
    return messages;
}

}
