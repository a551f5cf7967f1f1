#pragma once

#include "store/message.h"

#include <QDateTime>

// Values for the tests of the store.
namespace confab::samples {

inline const UserId kAlice = QStringLiteral("usrAlice000001");
inline const UserId kBob = QStringLiteral("usrBob00000002");

inline QDateTime timeOf(Seq seq)
{
    return QDateTime::fromSecsSinceEpoch(1'700'000'000 + seq, Qt::UTC);
}

inline Message message(Seq seq, const QString &text, const UserId &from = kAlice,
                       const QString &cid = {})
{
    Message result;
    result.seq = seq;
    result.from = from;
    result.ts = timeOf(seq);
    result.content = wire::JsonBlob::fromString(text);
    result.text = text;
    result.head.setCid(cid);
    return result;
}

inline Message message(Seq seq)
{
    return message(seq, QString::number(seq));
}

inline Message edit(Seq seq, Seq original, const QString &text, const UserId &from = kAlice)
{
    Message result = message(seq, text, from);
    result.head.setReplaces(original);
    return result;
}

inline Message reaction(Seq seq, Seq target, const QString &emoji, const UserId &from = kAlice)
{
    Message result = message(seq, emoji, from);
    result.head.setReplyTo(target);
    result.head.setReaction(emoji);
    return result;
}

inline PendingMessage pending(const QString &cid, const QString &text = QStringLiteral("waiting"))
{
    PendingMessage result;
    result.cid = cid;
    result.topic = kBob;
    result.head.setCid(cid);
    result.content = wire::JsonBlob::fromString(text);
    result.text = text;
    result.created = timeOf(0);
    return result;
}

}
