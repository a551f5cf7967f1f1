#pragma once

#include "store/foldedmessages.h"
#include "store/message.h"
#include "store/seqranges.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <deque>

namespace confab {

/// The loaded parts of one conversation: numbered messages by seq, and after them the pending ones in
/// the order they were written. Rows 0..count()-1 are both in that order. The newest part is always
/// loaded; a jump far back loads another one, and known() tells where one ends. Edits, reactions and
/// answers to polls are no rows (wire::Head::foldsOnto): they change the row that they belong to, also
/// when they come before it; one of ours that could not be sent is a pending row, so that something can
/// be done. GUI thread; only the service writes (design.md I1). A message is pending or numbered, never
/// both, and moves once (I3). Every change is framed by its pair of signals, so that models need no diff.
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
    /// The number of the row that shows this one: itself, or what an edit or a reaction belongs to.
    Seq shownBy(Seq seq) const { return m_folded.rowOf(seq); }
    /// The last number that is seen with this one: those right behind it have no row.
    Seq seenWith(Seq seq) const;
    /// How many numbers from `read` on, up to `seq`, wait to be read: those of rows, and unknown ones.
    int unreadAfter(Seq read, Seq seq) const;
    /// The first version of a loaded message, which has a row.
    Message original(int row) const;
    /// All versions, the first one first; the last one is what the row shows.
    QList<Message> versions(int row) const { return m_folded.versions(original(row)); }
    /// What belongs to rows and is none.
    const FoldedMessages &folded() const { return m_folded; }
    /// Numbers of which all that there is is here: loaded rows, edits, deletions, confirmed empty.
    /// Each range is one loaded part; between two of them more may be on disk or on the server.
    const SeqRanges &known() const { return m_known; }

    /// In any order; a loaded or deleted seq is dropped, a message with the cid of a pending one takes
    /// its place, and of two with the same (from, cid) the lowest seq stays (R6). A seq that was marked
    /// empty is taken all the same: upstream numbers a message before it stores it, so it may come late.
    void insert(const QList<Message> &messages);
    void markEmpty(SeqRange range); ///< but for what is loaded nothing is there
    void removeDeleted(const QList<SeqRange> &ranges);
    /// Takes rows out of sight until show(), or for good by removeDeleted().
    void hide(const QList<Seq> &seqs);
    void show(const QList<Seq> &seqs);
    /// Rows and numbers in this range leave the memory; they may come back by insert().
    void unload(SeqRange range);
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
    void fold(const Message &message);
    void refresh(Seq seq);
    void appendPending(const PendingMessage &message);
    void changePending(int row, Delivery state, StuckReason reason, const QString &error);
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

    std::deque<Message> m_messages; ///< newest versions; in pieces, since moving all takes long
    QList<PendingMessage> m_pending;
    QHash<Seq, Message> m_originals; ///< of the rows that show an edit
    FoldedMessages m_folded;
    QHash<Seq, Message> m_hidden; ///< first versions
    QMultiHash<QString, Numbered> m_byCid;
    SeqRanges m_known;
    SeqRanges m_deleted; ///< part of m_known that must not come back
    int m_failedCount = 0;
};

}
