#include "service/deletions.h"

#include <algorithm>

namespace confab {

QList<SeqRange> Deletions::runs(QList<Seq> seqs)
{
    std::sort(seqs.begin(), seqs.end());
    QList<SeqRange> result;
    for (const Seq seq : std::as_const(seqs)) {
        if (!result.isEmpty() && seq <= result.last().hi)
            result.last().hi = seq + 1;
        else
            result.append({seq, seq + 1});
    }
    return result;
}

Deletions::Deletions(StoreWriter *writer, const ServiceTiming &timing, QObject *parent)
    : QObject(parent)
    , m_writer(writer)
    , m_timing(timing)
{
}

void Deletions::start(const TopicName &topic, const QList<Seq> &rows, bool forAll)
{
    finish(topic);
    Topic *known = m_writer->topics().find(topic);
    if (!known || rows.isEmpty())
        return;
    const int round = ++m_lastRound;
    m_groups.insert(topic, {rows, forAll, round});
    known->timeline().hide(rows);
    emit waiting(topic, int(rows.size()), forAll);
    QTimer::singleShot(m_timing.undoDelete, this, [this, topic, round] {
        if (m_groups.value(topic).round == round)
            finish(topic);
    });
}

void Deletions::undo(const TopicName &topic)
{
    const Group group = m_groups.take(topic);
    if (group.rows.isEmpty())
        return;
    if (Topic *known = m_writer->topics().find(topic))
        known->timeline().show(group.rows);
    emit settled(topic);
}

void Deletions::finish(const TopicName &topic)
{
    const Group group = m_groups.take(topic);
    Topic *known = m_writer->topics().find(topic);
    if (group.rows.isEmpty() || !known)
        return;
    QList<Seq> seqs = group.rows;
    for (const Seq row : group.rows)
        seqs += known->timeline().folded().partsOf(row);
    emit settled(topic);
    emit due(topic, runs(seqs), group.forAll);
}

void Deletions::finishAll()
{
    const QList<TopicName> topics = m_groups.keys();
    for (const TopicName &topic : topics)
        finish(topic);
}

}
