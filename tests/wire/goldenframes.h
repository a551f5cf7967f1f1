#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

// Recorded frames differ from ours in form where the value is the same; this removes the
// difference.
namespace confab::wire::testdata {

inline QByteArray compact(const QJsonObject &frame)
{
    return QJsonDocument(frame).toJson(QJsonDocument::Compact);
}

/// "…38.2Z" and "…38Z" as "…38.200Z" and "…38.000Z".
inline QString withMilliseconds(QString time)
{
    time.chop(1);
    if (!time.contains(u'.'))
        time += u'.';
    return time.leftJustified(23, u'0') + u'Z';
}

/// Empty means unknown, and the effective mode alone means that wanted and given are not told
/// apart.
inline QJsonValue canonicalAcs(QJsonObject acs)
{
    if (acs.isEmpty())
        return QJsonValue::Undefined;
    const QJsonValue mode = acs.value(QLatin1String("mode"));
    for (const QLatin1String key : {QLatin1String("want"), QLatin1String("given")}) {
        if (!acs.contains(key))
            acs.insert(key, mode);
    }
    return acs;
}

/// The words of `get what=` in the order in which we write them.
inline QString inOrder(const QString &what)
{
    QStringList words = what.split(u' ');
    QStringList result;
    for (const char *word : {"desc", "sub", "tags", "cred", "aux", "data", "del"}) {
        if (words.removeAll(QLatin1String(word)) > 0)
            result += QLatin1String(word);
    }
    return (result + words).join(u' ');
}

inline QJsonValue canonical(const QString &key, const QJsonValue &value)
{
    static const QStringList kTimes
        = QStringLiteral("ts created updated touched deleted expires when ims").split(u' ');
    if (kTimes.contains(key) && value.isString())
        return withMilliseconds(value.toString());
    if (key == QLatin1String("what"))
        return inOrder(value.toString());
    if (key == QLatin1String("params") && value.isNull())
        return QJsonValue::Undefined;
    if (key == QLatin1String("acs"))
        return canonicalAcs(value.toObject());
    if (key == QLatin1String("delseq") && value.toArray().isEmpty())
        return QJsonValue::Undefined;
    if (value.isArray()) {
        QJsonArray result;
        const QJsonArray items = value.toArray();
        for (const QJsonValue &item : items)
            result.append(canonical({}, item));
        return result;
    }
    if (!value.isObject())
        return value;
    QJsonObject result;
    const QJsonObject object = value.toObject();
    for (auto field = object.begin(); field != object.end(); ++field)
        result.insert(field.key(), canonical(field.key(), field.value()));
    const QJsonValue low = result.value(QLatin1String("low"));
    if (low.isDouble() && result.value(QLatin1String("hi")).toInt() == low.toInt() + 1)
        result.remove(QLatin1String("hi"));
    return result;
}

inline QByteArray canonical(const QJsonObject &frame)
{
    return compact(canonical({}, QJsonValue(frame)).toObject());
}

}
