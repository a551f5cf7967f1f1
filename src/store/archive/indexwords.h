#pragma once

#include "wire/drafty/attachments.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

// What both sides of the search index, SearchIndex and SearchReader, take words and rows for.
namespace confab::indexwords {

/// A row of the index is the second of the message and a number within it; more than this many
/// messages of one second borrow from the next ones.
constexpr int kSecondBits = 8;
constexpr int kLeastPart = 3; ///< shorter parts are only found where words begin
constexpr int kPart = 8; ///< letters that the list of parts holds of each

inline qint64 rowAt(const QDateTime &ts)
{
    return std::max<qint64>(ts.toSecsSinceEpoch(), 0) << kSecondBits;
}

/// Begins with what is not a letter, so WordFolder never makes such a word.
inline QString tag(char16_t kind, qint64 value)
{
    constexpr char16_t kTag = 0xe000;
    return QString(QChar(kTag)) + QChar(kind) + QString::number(value);
}

inline QString topicTag(qint64 topic)
{
    return tag(u't', topic);
}

inline QString senderTag(qint64 person)
{
    return tag(u'f', person);
}

inline QString kindTag(wire::EntityKind kind)
{
    return tag(u'h', int(kind));
}

inline const QList<wire::EntityKind> &allKinds()
{
    static const QList<wire::EntityKind> kAll{wire::EntityKind::Link, wire::EntityKind::Image,
        wire::EntityKind::File, wire::EntityKind::Audio, wire::EntityKind::Video};
    return kAll;
}

/// What follows from each letter of the word on, cut: whatever is a part of it begins one of them.
inline QStringList partsOf(const QString &word)
{
    const QList<uint> letters = word.toUcs4();
    QStringList parts;
    for (qsizetype at = 0; at + kLeastPart <= letters.size(); ++at) {
        const QList<uint> part = letters.mid(at, kPart);
        const std::u32string text(part.begin(), part.end());
        if (!parts.contains(QString::fromStdU32String(text)))
            parts.append(QString::fromStdU32String(text));
    }
    return parts;
}

/// As FTS5 takes words, whatever they hold.
inline QString quoted(const QStringList &words)
{
    return u'"' + words.join(u' ').replace(u'"', QLatin1String("\"\"")) + u'"';
}

}
