#include "service/historyloader.h"

#include "service/servicelog.h"

#include <algorithm>

namespace confab {

namespace {

int countOf(const QList<SeqRange> &ranges)
{
    int count = 0;
    for (const SeqRange &range : ranges)
        count += range.hi - range.low;
    return count;
}

void addAll(SeqRanges &to, const SeqRanges &from)
{
    for (const SeqRange &range : from.ranges())
        to.add(range);
}

}

HistoryLoader::HistoryLoader(StoreWriter *writer, RequestTable *requests, QObject *parent)
    : QObject(parent)
    , m_writer(writer)
    , m_requests(requests)
{
    connect(&writer->archive(), &Archive::pageLoaded, this, &HistoryLoader::takeDiskPage);
}

void HistoryLoader::open(Topic *topic)
{
    History &history = m_histories[topic->name()];
    if (history.diskRead) {
        emit pageReady(topic->name());
        return;
    }
    if (std::exchange(history.diskAsked, true))
        return;
    setLoading(topic, history);
    history.asked = kPage;
    m_writer->archive().loadPage(topic->name(), 0, history.asked);
}

bool HistoryLoader::isOpen(const TopicName &topic) const
{
    const auto found = m_histories.constFind(topic);
    return found != m_histories.constEnd() && found->diskRead;
}

void HistoryLoader::forget(const TopicName &topic)
{
    m_histories.remove(topic);
}

void HistoryLoader::takeDiskPage(const ArchivePage &page)
{
    Topic *topic = m_writer->topics().find(page.topic);
    const auto found = m_histories.find(page.topic);
    if (!topic || found == m_histories.end() || !found->diskAsked)
        return;
    History &history = *found;
    if (history.stale > 0) {
        --history.stale;
        return;
    }
    history.diskAsked = false;
    history.diskBottom = page.messages.size() < history.asked;
    addAll(history.known, page.known);
    if (history.older) {
        history.older = false;
        takeOlderDiskPage(topic, history, page);
        setLoading(topic, history);
        return;
    }
    history.diskRead = true;
    QList<Message> usable = page.messages;
    if (const Seq skipTo = std::exchange(history.skipTo, 0); skipTo > 0) {
        usable.removeIf([skipTo](const Message &message) { return message.seq < skipTo; });
        history.diskBottom = false;
        history.floor = skipTo;
    } else {
        history.floor = usable.isEmpty() ? 0 : usable.first().seq;
    }
    m_writer->take(topic, usable, Origin::Disk);
    addAll(history.known, topic->timeline().known());
    noteStart(topic, history);
    setLoading(topic, history);
    emit pageReady(page.topic);
}

wire::PageOptions HistoryLoader::firstPage(Topic *topic)
{
    History &history = m_histories[topic->name()];
    addAll(history.known, topic->timeline().known());
    wire::PageOptions options;
    const Seq last = std::max(topic->timeline().lastSeq(), topic->info().preview.seq);
    options.since = last > 0 ? last + 1 : 0;
    options.limit = last > 0 ? std::clamp(topic->info().seq - last, kPage, kBigPage) : kPage;
    history.page = Page{{last + 1, wire::kMaxSeq}, 0, false};
    setLoading(topic, history);
    return options;
}

void HistoryLoader::noteFirstPage(Topic *topic, const Reply &reply)
{
    const auto found = m_histories.find(topic->name());
    if (found == m_histories.end() || !found->page)
        return;
    // The open end is where the topic stood when it was answered.
    const Seq end = std::max(reply.desc ? reply.desc->seq : 0, found->page->lowest) + 1;
    found->page->range.hi = std::max(found->page->range.low, end);
    endPage(topic, reply);
}

void HistoryLoader::restart(Topic *topic)
{
    const auto found = m_histories.find(topic->name());
    if (found == m_histories.end())
        return;
    const bool wasOpen = found->diskRead || found->diskAsked;
    const int stale = found->stale + (found->diskAsked ? 1 : 0);
    *found = History();
    found->stale = stale;
    if (wasOpen)
        open(topic);
}

void HistoryLoader::catchUp(Topic *topic, Seq from)
{
    History &history = m_histories[topic->name()];
    addAll(history.known, topic->timeline().known());
    if (history.floor == 0)
        history.floor = std::max(1, topic->info().seq - kPage + 1);
    const QList<SeqRange> holes = history.known.holes({history.floor, topic->info().seq + 1});
    if (from == 0 && countOf(holes) > kLongAbsence) {
        skipLongAbsence(topic, history, holes.first());
        return;
    }
    history.from = from;
    history.catchingUp = true;
    if (!history.page)
        continueCatchUp(topic);
}

/// What is loaded makes room for what has come of the newest page; the rest comes back as it is
/// scrolled to. pageReady() tells when it is there, and then catching up has little left to do.
void HistoryLoader::skipLongAbsence(Topic *topic, History &history, SeqRange newestHole)
{
    qCInfo(lcService) << "a long absence: starting from the newest page";
    const Seq seq = topic->info().seq;
    history.skipTo = newestHole.hi <= seq ? newestHole.hi : std::max(1, seq - kPage + 1);
    history.diskRead = false;
    topic->timeline().clear();
    topic->setAtStart(false);
    m_writer->setOld(topic->name(), seq);
    open(topic);
}

void HistoryLoader::continueCatchUp(Topic *topic)
{
    History &history = m_histories[topic->name()];
    const Seq low = history.from > 0 ? std::min(history.from, history.floor) : history.floor;
    const QList<SeqRange> holes = history.known.holes({low, topic->info().seq + 1});
    if (!holes.isEmpty() && m_requests->isOpen()) {
        fetch(topic, holes.first(), kBigPage);
        return;
    }
    history.catchingUp = false;
    history.from = 0;
    noteStart(topic, history);
    if (m_requests->isOpen())
        emit caughtUp(topic->name());
}

int HistoryLoader::stretch(Seq first, Seq goal)
{
    return goal > 0 ? std::clamp(first - goal + kPage / 2, kPage, kLongStretch) : kPage;
}

void HistoryLoader::loadOlder(Topic *topic, bool attached, Seq goal)
{
    History &history = m_histories[topic->name()];
    if (history.diskAsked || history.page || topic->isAtStart())
        return;
    history.diskAsked = true;
    history.older = true;
    history.attached = attached;
    setLoading(topic, history);
    const Seq first = topic->timeline().firstSeq();
    history.asked = stretch(first, goal);
    history.serverPage = goal > 0 ? kBigPage : kPage;
    m_writer->archive().loadPage(topic->name(), first, history.asked);
}

void HistoryLoader::takeOlderDiskPage(Topic *topic, History &history, const ArchivePage &page)
{
    addAll(history.known, topic->timeline().known());
    const Seq before = page.before > 0 ? page.before : topic->info().seq + 1;
    const Seq lowest = page.messages.isEmpty() ? 1 : page.messages.first().seq;
    const QList<SeqRange> holes = history.known.holes({lowest, before});
    const bool mayAsk = history.attached && m_requests->isOpen();
    // Rows below a gap wait until it is closed, or they would jump into the middle later. Without a
    // server they are better than nothing.
    QList<Message> usable = page.messages;
    if (mayAsk && !holes.isEmpty())
        usable.removeIf([&](const Message &message) { return message.seq < holes.first().hi; });
    m_writer->take(topic, usable, Origin::Disk);
    if (!usable.isEmpty())
        history.floor = usable.first().seq;
    if (usable.isEmpty() && mayAsk && !holes.isEmpty()) {
        fetch(topic, holes.first(), history.serverPage);
        return;
    }
    noteStart(topic, history);
}

void HistoryLoader::fetch(Topic *topic, SeqRange range, int limit)
{
    History &history = m_histories[topic->name()];
    Q_ASSERT(!history.page);
    const bool isBelow = range.hi <= topic->timeline().firstSeq();
    history.page = Page{range, 0, history.catchingUp && isBelow};
    setLoading(topic, history);
    wire::Get get;
    get.topic = topic->name();
    get.query.what = wire::What::Data;
    get.query.data.since = range.low > 1 ? range.low : 0;
    get.query.data.before = range.hi;
    get.query.data.limit = limit;
    m_requests->ask(this, get, [this, name = topic->name()](const Reply &reply) {
        if (Topic *asked = m_writer->topics().find(name))
            endPage(asked, reply);
    });
}

void HistoryLoader::endPage(Topic *topic, const Reply &reply)
{
    const auto found = m_histories.find(topic->name());
    if (found == m_histories.end() || !found->page)
        return;
    History &history = *found;
    const Page page = *std::exchange(history.page, std::nullopt);
    if (reply.ok()) {
        // Numbers between those that came are confirmed empty; below the lowest nothing is known,
        // except when nothing came at all.
        const SeqRange confirmed{page.lowest > 0 ? page.lowest : page.range.low, page.range.hi};
        for (const SeqRange &empty : history.known.holes(confirmed))
            m_writer->markEmpty(topic, empty);
        history.known.add(confirmed);
        if (page.far)
            history.diskBottom = false; // it is on disk now
        const bool isLoaded = page.lowest > 0 && !page.far;
        if (isLoaded && (history.floor == 0 || page.lowest < history.floor))
            history.floor = page.lowest;
        noteStart(topic, history);
    }
    setLoading(topic, history);
    if (reply.ok() && history.catchingUp)
        continueCatchUp(topic);
}

void HistoryLoader::noteArrived(const TopicName &topic, const QList<Message> &messages)
{
    const auto found = m_histories.find(topic);
    if (found == m_histories.end())
        return;
    for (const Message &message : messages) {
        found->known.add(message.seq);
        if (!found->page)
            continue;
        Page &page = *found->page;
        const bool isInside = message.seq >= page.range.low && message.seq < page.range.hi;
        if (isInside && (page.lowest == 0 || message.seq < page.lowest))
            page.lowest = message.seq;
    }
}

bool HistoryLoader::isPageOf(const TopicName &topic, Seq seq) const
{
    const auto found = m_histories.constFind(topic);
    return found != m_histories.constEnd() && found->page && seq >= found->page->range.low
        && seq < found->page->range.hi;
}

bool HistoryLoader::isFarPageOf(const TopicName &topic, Seq seq) const
{
    return isPageOf(topic, seq) && m_histories.constFind(topic)->page->far;
}

void HistoryLoader::noteDeleted(const TopicName &topic, const QList<SeqRange> &ranges)
{
    const auto found = m_histories.find(topic);
    if (found == m_histories.end())
        return;
    for (const SeqRange &range : ranges)
        found->known.add(range);
}

void HistoryLoader::reset()
{
    for (auto it = m_histories.begin(); it != m_histories.end(); ++it) {
        it->page.reset();
        it->catchingUp = false;
        it->from = 0;
        it->attached = false;
        if (Topic *topic = m_writer->topics().find(it.key()))
            setLoading(topic, *it);
    }
}

void HistoryLoader::noteStart(Topic *topic, const History &history)
{
    const Seq first = topic->timeline().firstSeq();
    const Seq end = first > 0 ? first : topic->info().seq + 1;
    // What is known but not loaded may be on disk: only a disk page that was not full tells.
    const bool nothingBelow
        = first == 1 || (history.diskBottom && history.known.holes({1, end}).isEmpty());
    topic->setAtStart(nothingBelow);
}

void HistoryLoader::setLoading(Topic *topic, const History &history)
{
    topic->setLoading(history.diskAsked || history.page.has_value());
}

}
