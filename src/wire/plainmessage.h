#pragma once

#include "wire/result.h"
#include "wire/wireerror.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

namespace confab::wire {

/// A message of plain WebSocket mode (design.md §9).
struct PlainMessage {
    QString id; ///< empty when the peer sent no JSON of ours
    QString from;
    QString text;
    QDateTime ts;
    bool operator==(const PlainMessage &) const = default;
};

QByteArray encode(const PlainMessage &message);
/// A JSON object with a text field; anything else is an error. The channel shows other text frames
/// as they are and refuses other binary frames.
Result<PlainMessage, WireError> decodePlainMessage(const QByteArray &utf8);
/// The answer of GET /chat/{id}/messages: an array of messages. What is none of them is skipped; empty
/// if it is no array.
QList<PlainMessage> decodePlainHistory(const QByteArray &utf8);

}
