#pragma once

#include "store/topiclist.h"

#include <QDateTime>
#include <QString>

// Words of rows: who speaks, what a screen reader says, what fits on one line. Pure functions of
// their arguments; any thread but for those that read the store.
namespace confab::rowtext {

struct Spoken {
    QString sender;
    QDateTime time; ///< UTC
    QString text;
    Delivery state = Delivery::None;
    QString error; ///< with Failed
    bool edited = false;
};

struct Author {
    QString id; ///< of the user, or of the channel
    QString name; ///< best known name to show; the id where there is none
};

/// Who speaks in a message of `topic`. In a channel nobody signs, `from` is empty: the channel
/// itself speaks.
Author authorOf(const TopicList &topics, const TopicName &topic, const UserId &from);
/// "Alice, 14:05: text, read" (desktop.md §5, 30), in local time.
QString sentence(const Spoken &message);
/// "read", "not sent"; empty for None.
QString stateWord(Delivery state);
QString timeOfDay(const QDateTime &time);
/// "172 bytes", "2.1 kB", "512 MB": a decimal only where it tells something.
QString sizeText(qint64 bytes);
/// Line breaks and runs of blanks as one blank, cut where no list shows more.
QString oneLine(const QString &text);
/// Without case and diacritics, so that "creme" finds "Crème".
QString folded(const QString &text);

}
