#include "wire/pins.h"

#include <QJsonArray>
#include <QJsonObject>

namespace confab::wire {

namespace {

constexpr QLatin1String kPins("pins");

}

QList<Seq> pinsOfAux(const JsonBlob &aux)
{
    QList<Seq> pins;
    const QJsonArray values = aux.value().toObject().value(kPins).toArray();
    for (const QJsonValue &value : values) {
        const int seq = value.toInt();
        if (seq > 0 && seq <= kMaxSeq && !pins.contains(seq))
            pins.append(seq);
    }
    return pins.mid(std::max<qsizetype>(0, pins.size() - kMaxPins));
}

JsonBlob auxOfPins(const QList<Seq> &pins)
{
    if (pins.isEmpty()) // an empty list would stay an empty list; this removes the key
        return JsonBlob(QJsonObject{{kPins, QString(QChar(0x2421))}});
    QJsonArray values;
    for (const Seq seq : pins)
        values.append(seq);
    return JsonBlob(QJsonObject{{kPins, values}});
}

}
