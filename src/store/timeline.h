#pragma once

#include "store/message.h"
#include "store/seqranges.h"

#include <QHash>
#include <QList>
#include <QObject>

namespace confab {

/// The loaded part of one conversation: numbered messages by seq, and after them the pending ones in
/// the order they were written. Rows 0..count()-1 are both in that order. Edits (head.replace) are no
/// rows: they change the row of their original (protocol.md §4), also when they come before it.
/// GUI thread; only the service writes (design.md I1). A message is pending or numbered, never both,
/// and moves once (I3). Every change is framed by its pair of signals, so that models need no diff.
class Timeline : public QObject
{
    Q_OBJECT

public:
    explicit Timeline(QObject *parent = nullptr);

    int count() const { return messageCount() + pendingCount(); }
    int messageCount() const { return int(m_messages.size()); }
    int pendingCount() const { return int(m_pending.size()); }
    int failedCount() const { return m_failedCount; } ///< pending ones that need the person
    bool isPending(int row) const { return row >= messageCount(); }
    const Message &message(int row) const; ///< row < messageCount()
    const PendingMessage &pending(int row) const; ///< messageCount() <= row < count()
    int rowOfSeq(Seq seq) const; ///< -1 if not loaded
    int rowOfCid(const QString &cid) const; ///< pending rows only; -1 if none
    Seq firstSeq() const; ///< 0 when no message is loaded
    Seq lastSeq() const;
    /// Numbers that need not be asked for again: loaded rows, edits, deletions, confirmed empty.
    const SeqRanges &known() const { return m_known; }

    /// In any order; a loaded or deleted seq is dropped, a message with the cid of a pending one takes
    /// its place, and of two with the same (from, cid) the lowest seq stays (R6). A seq that was marked
    /// empty is taken all the same: upstream numbers a message before it stores it, so it may come late.
    void insert(const QList<Message> &messages);
    void markEmpty(SeqRange range); ///< the server has confirmed that nothing is there
    void removeDeleted(const QList<SeqRange> &ranges);
    void clear(); ///< numbered messages and known; pending stay

    /// Dropped if its cid is here already, pending or numbered.
    void addPending(const PendingMessage &message);
    void setPendingState(const QString &cid, Delivery state, StuckReason reason = StuckReason::None,
        const QString &error = {});
    /// The server has numbered it. Unknown cids are ignored.
    void acknowledge(const QString &cid, const Message &message);
    void removePending(const QString &cid);
    void readdressPending(const TopicName &topic); ///< the topic has got its lasting name

signals:
    void aboutToInsertRows(int first, int last);
    void rowsInserted();
    void aboutToRemoveRows(int first, int last);
    void rowsRemoved();
    void rowsChanged(int first, int last);
    /// As QAbstractItemModel::beginMoveRows: `to` counts before the move.
    void aboutToMoveRow(int from, int to);
    void rowMoved();

private:
    struct Numbered {
        Seq seq = 0;
        UserId from;
    };

    int lowerRow(Seq seq) const;
    bool isGone(Seq seq) const;
    /// The newest version of an original, by the edits that count (reliability.md T6).
    Message newestVersion(const Message &original) const;
    void noteEdit(const Message &edit);
    void refresh(Seq original);
    QList<Message> sortedOnce(const QList<Message> &messages);
    /// Whether a lower seq holds the same (from, cid). A copy with a higher seq is removed.
    bool isSecondCopy(const Message &message);
    void insertRun(const QList<Message> &run);
    void place(int row, const Message &message);
    void settle(int pendingIndex, const Message &message);
    void moveToNumbered(int pendingIndex, const Message &message);
    PendingMessage takePending(int index);
    void removeRows(int first, int last);
    void forget(const Message &message);
    void removeEdits(const QList<SeqRange> &ranges);

    QList<Message> m_messages; ///< newest versions
    QList<PendingMessage> m_pending;
    QHash<Seq, Message> m_originals; ///< of the rows that show an edit
    QHash<Seq, QList<Message>> m_edits; ///< all edits by the seq they replace, loaded or not
    QHash<Seq, Seq> m_editTargets; ///< seq of an edit -> the seq it replaces
    QMultiHash<QString, Numbered> m_byCid;
    SeqRanges m_known;
    SeqRanges m_deleted; ///< part of m_known that must not come back
    int m_failedCount = 0;
};

}
