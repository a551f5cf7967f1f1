#pragma once

#include "socket/jsonchannel.h"

#include <QStringList>

namespace confab {

/// A protocol as small as can be: a frame is a list of whole numbers. A text frame holds "1,2,3", a
/// binary frame one byte a number. "?…" is a frame of the protocol that this side does not know;
/// anything else is foreign.
using IntList = QList<int>;
using IntChannel = JsonChannel<IntList, IntList>;

inline Decoded<IntList> decodeInts(const Frame &frame)
{
    IntList numbers;
    if (frame.kind == FrameKind::Binary) {
        for (const char byte : frame.bytes)
            numbers.append(static_cast<unsigned char>(byte));
        return {.message = numbers};
    }
    if (frame.bytes.startsWith('?'))
        return {.error = QStringLiteral("unknown list")};
    for (const QByteArray &word : frame.bytes.split(',')) {
        bool ok = false;
        numbers.append(word.toInt(&ok));
        if (!ok)
            return {.error = QStringLiteral("not a list"), .foreign = true};
    }
    return {.message = numbers};
}

inline Frame encodeInts(const IntList &numbers)
{
    QStringList words;
    for (const int number : numbers)
        words.append(QString::number(number));
    return {FrameKind::Text, words.join(u',').toUtf8()};
}

inline ChannelCodec<IntList, IntList> intCodec()
{
    return {encodeInts, decodeInts};
}

}
