#pragma once

#include "service/servicetiming.h"
#include "service/storewriter.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QTimer>

namespace confab {

/// Messages that a person wants gone: out of sight at once, deleted when the time to take it back
/// is over. It is over early when the chat is left, when more is deleted in it, and when the
/// program ends; a program that dies before has deleted nothing. One group of messages waits in
/// each chat. GUI thread.
class Deletions : public QObject
{
    Q_OBJECT

public:
    Deletions(StoreWriter *writer, const ServiceTiming &timing, QObject *parent = nullptr);

    /// `rows` are numbers of rows; everything that belongs to them goes with them.
    void start(const TopicName &topic, const QList<Seq> &rows, bool forAll);
    void undo(const TopicName &topic);
    void finish(const TopicName &topic); ///< the time to take it back is over
    void finishAll();

    /// Each run of numbers is asked for by itself: several ranges in one request are misread by
    /// servers (protocol.md §5).
    static QList<SeqRange> runs(QList<Seq> seqs);

signals:
    /// Taken out of sight; undo() brings them back until settled().
    void waiting(const TopicName &topic, int count, bool forAll);
    void settled(const TopicName &topic);
    /// To be deleted now, in runs without holes.
    void due(const TopicName &topic, const QList<SeqRange> &ranges, bool forAll);

private:
    struct Group {
        QList<Seq> rows;
        bool forAll = false;
        int round = 0;
    };

    StoreWriter *m_writer;
    ServiceTiming m_timing;
    QHash<TopicName, Group> m_groups;
    int m_lastRound = 0;
};

}
