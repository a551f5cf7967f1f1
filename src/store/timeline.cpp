#include "store/timeline.h"

#include <QPair>
#include <QSet>

#include <algorithm>

namespace confab {

namespace {

bool isFolded(const PendingMessage &message)
{
    return message.head.foldsOnto() > 0 && message.state != Delivery::Failed;
}

}

Timeline::Timeline(QObject *parent)
    : QObject(parent)
{
}

const Message &Timeline::message(int row) const
{
    return m_messages[size_t(row)];
}

const PendingMessage &Timeline::pending(int row) const
{
    return m_pending.at(row - messageCount());
}

int Timeline::rowOfSeq(Seq seq) const
{
    const int row = lowerRow(seq);
    return row < messageCount() && m_messages[size_t(row)].seq == seq ? row : -1;
}

int Timeline::rowOfCid(const QString &cid) const
{
    for (int i = 0; i < pendingCount(); ++i) {
        if (m_pending.at(i).cid == cid)
            return messageCount() + i;
    }
    return -1;
}

Seq Timeline::firstSeq() const
{
    return m_messages.empty() ? 0 : m_messages.front().seq;
}

Seq Timeline::lastSeq() const
{
    return m_messages.empty() ? 0 : m_messages.back().seq;
}

int Timeline::lowerRow(Seq seq) const
{
    if (seq > lastSeq()) // a message at the end is the usual case
        return messageCount();
    const auto it = std::lower_bound(
        m_messages.begin(), m_messages.end(), seq,
        [](const Message &message, Seq value) { return message.seq < value; });
    return int(it - m_messages.begin());
}

bool Timeline::isGone(Seq seq) const
{
    return m_deleted.contains(seq) || m_folded.contains(seq) || m_hidden.contains(seq)
        || rowOfSeq(seq) >= 0;
}

Seq Timeline::seenWith(Seq seq) const
{
    Seq last = seq;
    while (m_known.contains(last + 1) && rowOfSeq(last + 1) < 0)
        ++last;
    return last;
}

int Timeline::unreadAfter(Seq read, Seq seq) const
{
    int unread = 0;
    const QList<SeqRange> unknown = m_known.holes({read + 1, seq + 1});
    for (const SeqRange &range : unknown)
        unread += range.hi - range.low;
    return unread + lowerRow(seq + 1) - lowerRow(read + 1);
}

Message Timeline::original(int row) const
{
    const Message &shown = m_messages[size_t(row)];
    return m_originals.value(shown.seq, shown);
}

void Timeline::insert(const QList<Message> &messages)
{
    const QList<Message> sorted = sortedOnce(messages);
    // These first, so that an original in the same batch comes in its newest version.
    for (const Message &message : sorted) {
        if (FoldedMessages::isFolded(message) && !isGone(message.seq))
            fold(message);
    }
    QList<Message> run; // goes in before one and the same row
    int runRow = 0;
    const auto flush = [this, &run] {
        insertRun(run);
        run.clear();
    };
    for (const Message &message : sorted) {
        if (isGone(message.seq)) // folded ones too, by now
            continue;
        const QString cid = message.head.cid();
        const int pendingRow = cid.isEmpty() ? -1 : rowOfCid(cid);
        if (pendingRow >= 0 || m_byCid.contains(cid))
            flush(); // rows may go or move
        if (pendingRow >= 0) {
            settle(rowOfCid(cid) - messageCount(), message);
            continue;
        }
        if (m_folded.pending(cid)) {
            flush();
            removePending(cid);
        }
        if (isSecondCopy(message))
            continue;
        if (run.isEmpty() || lowerRow(message.seq) != runRow) {
            flush();
            runRow = lowerRow(message.seq);
        }
        run.append(message);
    }
    flush();
}

/// By seq, each number once, and of copies of one message (R6) the first.
QList<Message> Timeline::sortedOnce(const QList<Message> &messages)
{
    QList<Message> sorted = messages;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Message &a, const Message &b) { return a.seq < b.seq; });
    QSet<QPair<UserId, QString>> seen;
    Seq before = 0;
    sorted.removeIf([&](const Message &message) {
        const bool repeated = message.seq <= before;
        before = std::max(before, message.seq);
        const QString cid = message.head.cid();
        if (repeated || cid.isEmpty())
            return repeated;
        if (!seen.contains({message.from, cid})) {
            seen.insert({message.from, cid});
            return false;
        }
        m_known.add(message.seq);
        return true;
    });
    return sorted;
}

void Timeline::insertRun(const QList<Message> &run)
{
    if (run.isEmpty())
        return;
    const int first = lowerRow(run.first().seq);
    const int size = int(run.size());
    emit aboutToInsertRows(first, first + size - 1);
    m_messages.insert(m_messages.begin() + first, size_t(size), Message());
    for (int i = 0; i < size; ++i)
        place(first + i, run.at(i));
    emit rowsInserted();
}

/// Fills a row that was made for it.
void Timeline::place(int row, const Message &message)
{
    m_folded.noteAnswer(message);
    m_messages[size_t(row)] = m_folded.newest(message);
    if (m_messages[size_t(row)] != message)
        m_originals.insert(message.seq, message);
    m_known.add(message.seq);
    const QString cid = message.head.cid();
    if (!cid.isEmpty())
        m_byCid.insert(cid, {message.seq, message.from});
}

bool Timeline::isSecondCopy(const Message &message)
{
    const QList<Numbered> copies = m_byCid.values(message.head.cid());
    for (const Numbered &copy : copies) {
        if (copy.from != message.from || m_folded.contains(copy.seq))
            continue;
        if (copy.seq < message.seq) {
            m_known.add(message.seq);
            return true;
        }
        const int row = rowOfSeq(copy.seq);
        removeRows(row, row);
        return false;
    }
    return false;
}

void Timeline::fold(const Message &message)
{
    const QString cid = message.head.cid();
    m_known.add(message.seq);
    if (!cid.isEmpty()) {
        m_byCid.insert(cid, {message.seq, message.from});
        removePending(cid);
    }
    refresh(m_folded.add(message));
}

void Timeline::refresh(Seq seq)
{
    const int row = rowOfSeq(seq);
    if (row < 0)
        return;
    const Message first = original(row);
    const Message newest = m_folded.newest(first);
    if (newest == first)
        m_originals.remove(seq);
    else
        m_originals.insert(seq, first);
    m_messages[size_t(row)] = newest;
    emit rowsChanged(row, row);
}

void Timeline::markEmpty(SeqRange range)
{
    m_known.add(range);
}

void Timeline::removeDeleted(const QList<SeqRange> &ranges)
{
    for (const SeqRange &range : ranges) {
        m_known.add(range);
        m_deleted.add(range);
        const int first = lowerRow(range.low);
        const int last = lowerRow(range.hi) - 1;
        if (first <= last)
            removeRows(first, last);
    }
    const QList<Seq> touched = m_folded.remove(ranges);
    for (const Seq seq : touched)
        refresh(seq);
    for (const SeqRange &range : ranges) {
        m_hidden.removeIf([&range](const QHash<Seq, Message>::iterator &hidden) {
            return range.low <= hidden.key() && hidden.key() < range.hi;
        });
    }
}

void Timeline::hide(const QList<Seq> &seqs)
{
    for (const Seq seq : seqs) {
        const int row = rowOfSeq(seq);
        if (row < 0)
            continue;
        m_hidden.insert(seq, original(row));
        removeRows(row, row);
    }
}

void Timeline::show(const QList<Seq> &seqs)
{
    QList<Message> back;
    for (const Seq seq : seqs) {
        if (m_hidden.contains(seq))
            back.append(m_hidden.take(seq));
    }
    insert(back);
}

void Timeline::unload(SeqRange range)
{
    const int first = lowerRow(range.low);
    const int last = lowerRow(range.hi) - 1;
    if (first <= last)
        removeRows(first, last);
    m_known.remove(range);
}

void Timeline::clear()
{
    m_known = {};
    m_deleted = {};
    m_folded.clear();
    m_hidden.clear();
    if (!m_messages.empty())
        removeRows(0, messageCount() - 1);
    m_byCid.clear();
}

void Timeline::removeRows(int first, int last)
{
    emit aboutToRemoveRows(first, last);
    for (int row = first; row <= last; ++row)
        forget(m_messages[size_t(row)]);
    m_messages.erase(m_messages.begin() + first, m_messages.begin() + last + 1);
    emit rowsRemoved();
}

void Timeline::forget(const Message &message)
{
    m_originals.remove(message.seq);
    const QString cid = message.head.cid();
    for (auto it = m_byCid.find(cid); it != m_byCid.end() && it.key() == cid;)
        it = it->seq == message.seq ? m_byCid.erase(it) : std::next(it);
}

void Timeline::addPending(const PendingMessage &message)
{
    if (rowOfCid(message.cid) >= 0 || m_folded.pending(message.cid) || m_byCid.contains(message.cid))
        return;
    if (isFolded(message))
        refresh(m_folded.addPending(message));
    else
        appendPending(message);
}

void Timeline::appendPending(const PendingMessage &message)
{
    const int row = count();
    emit aboutToInsertRows(row, row);
    m_pending.append(message);
    m_failedCount += message.state == Delivery::Failed ? 1 : 0;
    emit rowsInserted();
}

void Timeline::setPendingState(
    const QString &cid, Delivery state, StuckReason reason, const QString &error)
{
    const int row = rowOfCid(cid);
    if (row >= 0) {
        changePending(row, state, reason, error);
        return;
    }
    const PendingMessage *folded = m_folded.pending(cid);
    if (!folded || folded->state == state)
        return;
    if (state != Delivery::Failed) {
        refresh(m_folded.setPendingState(cid, state));
        return;
    }
    // It becomes a row, so that the person sees what was refused.
    PendingMessage message = m_folded.takePending(cid);
    message.state = state;
    message.reason = reason;
    message.error = error;
    refresh(m_folded.rowOf(message.head.foldsOnto()));
    appendPending(message);
}

void Timeline::changePending(int row, Delivery state, StuckReason reason, const QString &error)
{
    PendingMessage &message = m_pending[row - messageCount()];
    if (message.state == state && message.reason == reason && message.error == error)
        return;
    PendingMessage changed = message;
    changed.state = state;
    changed.reason = reason;
    changed.error = error;
    if (isFolded(changed)) {
        removePending(changed.cid);
        refresh(m_folded.addPending(changed));
        return;
    }
    m_failedCount += (state == Delivery::Failed) - (message.state == Delivery::Failed);
    message = changed;
    emit rowsChanged(row, row);
}

void Timeline::acknowledge(const QString &cid, const Message &message)
{
    const int row = rowOfCid(cid);
    if (row < 0 && !m_folded.pending(cid))
        return;
    if (message.seq <= 0 || isGone(message.seq)) {
        removePending(cid);
        return;
    }
    Message numbered = message;
    numbered.head.setCid(cid);
    if (FoldedMessages::isFolded(numbered)) {
        fold(numbered);
    } else if (row >= 0) {
        settle(row - messageCount(), numbered);
    } else {
        removePending(cid);
        insert({numbered});
    }
}

void Timeline::settle(int pendingIndex, const Message &message)
{
    if (isSecondCopy(message))
        removePending(message.head.cid());
    else
        moveToNumbered(pendingIndex, message);
}

void Timeline::moveToNumbered(int pendingIndex, const Message &message)
{
    const int from = messageCount() + pendingIndex;
    const int to = lowerRow(message.seq);
    if (from != to)
        emit aboutToMoveRow(from, to);
    takePending(pendingIndex);
    m_messages.insert(m_messages.begin() + to, Message());
    place(to, message);
    if (from != to)
        emit rowMoved();
    emit rowsChanged(to, to);
}

PendingMessage Timeline::takePending(int index)
{
    const PendingMessage message = m_pending.takeAt(index);
    m_failedCount -= message.state == Delivery::Failed ? 1 : 0;
    return message;
}

void Timeline::removePending(const QString &cid)
{
    const int row = rowOfCid(cid);
    if (row < 0) {
        const PendingMessage folded = m_folded.takePending(cid);
        if (!folded.cid.isEmpty())
            refresh(m_folded.rowOf(folded.head.foldsOnto()));
        return;
    }
    emit aboutToRemoveRows(row, row);
    takePending(row - messageCount());
    emit rowsRemoved();
}

void Timeline::readdressPending(const TopicName &topic)
{
    for (PendingMessage &message : m_pending)
        message.topic = topic;
    m_folded.readdressPending(topic);
}

}
