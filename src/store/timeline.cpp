#include "store/timeline.h"

#include <QPair>
#include <QSet>

#include <algorithm>

namespace confab {

namespace {

bool isWithin(Seq seq, const QList<SeqRange> &ranges)
{
    return std::any_of(ranges.begin(), ranges.end(), [seq](const SeqRange &range) {
        return range.low <= seq && seq < range.hi;
    });
}

/// An edit's words at its original's place: number, sender, time and cid stay the original's.
Message edited(const Message &original, const Message &edit)
{
    Message result = edit;
    result.seq = original.seq;
    result.ts = original.ts;
    result.edited = true;
    result.head.setReplaces(0);
    result.head.setCid(original.head.cid());
    if (result.head.replyTo() == 0)
        result.head.setReplyTo(original.head.replyTo());
    return result;
}

}

Timeline::Timeline(QObject *parent)
    : QObject(parent)
{
}

const Message &Timeline::message(int row) const
{
    return m_messages.at(row);
}

const PendingMessage &Timeline::pending(int row) const
{
    return m_pending.at(row - messageCount());
}

int Timeline::rowOfSeq(Seq seq) const
{
    const int row = lowerRow(seq);
    return row < messageCount() && m_messages.at(row).seq == seq ? row : -1;
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
    return m_messages.isEmpty() ? 0 : m_messages.first().seq;
}

Seq Timeline::lastSeq() const
{
    return m_messages.isEmpty() ? 0 : m_messages.last().seq;
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
    return m_deleted.contains(seq) || m_editTargets.contains(seq) || rowOfSeq(seq) >= 0;
}

void Timeline::insert(const QList<Message> &messages)
{
    const QList<Message> sorted = sortedOnce(messages);
    // Edits first, so that an original in the same batch comes in its newest version.
    for (const Message &message : sorted) {
        if (message.head.replaces() > 0 && !isGone(message.seq))
            noteEdit(message);
    }
    QList<Message> run; // goes in before one and the same row
    int runRow = 0;
    const auto flush = [this, &run] {
        insertRun(run);
        run.clear();
    };
    for (const Message &message : sorted) {
        if (isGone(message.seq)) // edits too, by now
            continue;
        const QString cid = message.head.cid();
        const int pendingRow = cid.isEmpty() ? -1 : rowOfCid(cid);
        if (pendingRow >= 0 || m_byCid.contains(cid))
            flush(); // rows may go or move
        if (pendingRow >= 0) {
            settle(rowOfCid(cid) - messageCount(), message);
            continue;
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
    m_messages.insert(first, size, Message());
    for (int i = 0; i < size; ++i)
        place(first + i, run.at(i));
    emit rowsInserted();
}

/// Fills a row that was made for it.
void Timeline::place(int row, const Message &message)
{
    m_messages[row] = newestVersion(message);
    if (m_messages.at(row) != message)
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
        if (copy.from != message.from || m_editTargets.contains(copy.seq))
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

Message Timeline::newestVersion(const Message &original) const
{
    const auto edits = m_edits.constFind(original.seq);
    if (edits == m_edits.constEnd())
        return original;
    const Message *newest = nullptr;
    for (const Message &edit : *edits) {
        const bool counts = edit.from == original.from && edit.seq > original.seq;
        if (counts && (!newest || edit.seq > newest->seq))
            newest = &edit;
    }
    return newest ? edited(original, *newest) : original;
}

void Timeline::noteEdit(const Message &edit)
{
    const Seq original = edit.head.replaces();
    m_known.add(edit.seq);
    m_editTargets.insert(edit.seq, original);
    m_edits[original].append(edit);
    const QString cid = edit.head.cid();
    if (!cid.isEmpty()) {
        m_byCid.insert(cid, {edit.seq, edit.from});
        removePending(cid);
    }
    refresh(original);
}

void Timeline::refresh(Seq seq)
{
    const int row = rowOfSeq(seq);
    if (row < 0)
        return;
    const Message original = m_originals.value(seq, m_messages.at(row));
    const Message newest = newestVersion(original);
    if (newest == original)
        m_originals.remove(seq);
    else
        m_originals.insert(seq, original);
    if (newest == m_messages.at(row))
        return;
    m_messages[row] = newest;
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
    removeEdits(ranges);
}

/// Those that are deleted themselves: their originals show the version before.
void Timeline::removeEdits(const QList<SeqRange> &ranges)
{
    QList<Seq> touched;
    for (auto edit = m_editTargets.begin(); edit != m_editTargets.end();) {
        if (!isWithin(edit.key(), ranges)) {
            ++edit;
            continue;
        }
        QList<Message> &versions = m_edits[edit.value()];
        versions.removeIf([seq = edit.key()](const Message &version) { return version.seq == seq; });
        if (versions.isEmpty())
            m_edits.remove(edit.value());
        touched.append(edit.value());
        edit = m_editTargets.erase(edit);
    }
    for (const Seq original : std::as_const(touched))
        refresh(original);
}

void Timeline::clear()
{
    m_known = {};
    m_deleted = {};
    m_edits.clear();
    m_editTargets.clear();
    if (!m_messages.isEmpty())
        removeRows(0, messageCount() - 1);
    m_byCid.clear();
}

void Timeline::removeRows(int first, int last)
{
    emit aboutToRemoveRows(first, last);
    for (int row = first; row <= last; ++row)
        forget(m_messages.at(row));
    m_messages.remove(first, last - first + 1);
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
    if (rowOfCid(message.cid) >= 0 || m_byCid.contains(message.cid))
        return;
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
    if (row < 0)
        return;
    PendingMessage &message = m_pending[row - messageCount()];
    if (message.state == state && message.reason == reason && message.error == error)
        return;
    m_failedCount += (state == Delivery::Failed) - (message.state == Delivery::Failed);
    message.state = state;
    message.reason = reason;
    message.error = error;
    emit rowsChanged(row, row);
}

void Timeline::acknowledge(const QString &cid, const Message &message)
{
    const int row = rowOfCid(cid);
    if (row < 0)
        return;
    if (message.seq <= 0 || isGone(message.seq)) {
        removePending(cid);
        return;
    }
    Message numbered = message;
    numbered.head.setCid(cid);
    if (numbered.head.replaces() > 0)
        noteEdit(numbered);
    else
        settle(row - messageCount(), numbered);
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
    m_messages.insert(to, Message());
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
    if (row < 0)
        return;
    emit aboutToRemoveRows(row, row);
    takePending(row - messageCount());
    emit rowsRemoved();
}

void Timeline::readdressPending(const TopicName &topic)
{
    for (PendingMessage &message : m_pending)
        message.topic = topic;
}

}
