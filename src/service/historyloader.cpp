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

/// The hole that holds this number, which is not known.
SeqRange holeAt(const SeqRanges &known, Seq seq, Seq end)
{
    const QList<SeqRange> holes = known.holes({1, end});
    const auto hole = std::find_if(holes.begin(), holes.end(),
        [seq](const SeqRange &range) { return range.low <= seq && seq < range.hi; });
    return hole != holes.end() ? *hole : SeqRange{seq, seq};
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
    if (const auto found = m_histories.find(topic->name()); found != m_histories.end())
        found->left = false;
    if (isOpen(topic->name())) {
        emit pageReady(topic->name());
        return;
    }
    readAhead(topic->name());
    setLoading(topic, m_histories[topic->name()]);
}

void HistoryLoader::readAhead(const TopicName &topic)
{
    History &history = m_histories[topic];
    if (history.diskRead || std::exchange(history.diskAsked, true))
        return;
    history.askedBefore = 0;
    m_writer->archive().loadPage(topic, 0, kPage);
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
    if (!topic)
        forget(page.topic); // it was read ahead
    const auto found = m_histories.find(page.topic);
    if (found == m_histories.end() || !found->diskAsked)
        return;
    History &history = *found;
    if (history.stale > 0) {
        --history.stale;
        return;
    }
    if (page.before != history.askedBefore)
        return;
    history.diskAsked = false;
    history.diskBottom = page.messages.size() < kPage;
    addAll(history.known, page.known);
    if (history.wanted && history.page) { // the view asks again when that page has come
        history.wanted.reset();
        return;
    }
    if (history.wanted) {
        takeWantedPage(topic, history, page);
        setLoading(topic, history);
        trimLeft(topic);
        return;
    }
    history.diskRead = true;
    history.floor = page.messages.isEmpty() ? 0 : page.messages.first().seq;
    if (history.floor > 0)
        takeRange(topic, history, page.messages, {history.floor, wire::kMaxSeq});
    addAll(history.known, topic->timeline().known());
    noteStart(topic, history);
    setLoading(topic, history);
    emit pageReady(page.topic);
}

/// Those messages of a disk page that are in the range, and edits of them from anywhere. All that
/// the archive knows there is loaded then.
void HistoryLoader::takeRange(
    Topic *topic, const History &history, const QList<Message> &messages, SeqRange range)
{
    QList<Message> usable = messages;
    usable.removeIf([range](const Message &message) {
        const Seq seq = message.head.foldsOnto() > 0 ? message.head.foldsOnto() : message.seq;
        return seq < range.low || seq >= range.hi;
    });
    m_writer->take(topic, usable, Origin::Disk);
    for (const SeqRange &known : history.known.ranges())
        m_writer->noteLoaded(topic, {std::max(known.low, range.low), std::min(known.hi, range.hi)});
}

wire::PageOptions HistoryLoader::firstPage(Topic *topic)
{
    History &history = m_histories[topic->name()];
    history.refused = false;
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
    if (from == 0 && countOf(holes) > kLongAbsence)
        skipLongAbsence(topic, history, holes.first());
    history.from = from;
    history.catchingUp = true;
    if (!history.page)
        continueCatchUp(topic);
}

/// The newest part begins anew where the gap ends; the rest comes as it is scrolled to.
void HistoryLoader::skipLongAbsence(Topic *topic, History &history, SeqRange newestHole)
{
    qCInfo(lcService) << "a long absence: starting from the newest page";
    const Seq seq = topic->info().seq;
    history.floor = newestHole.hi <= seq ? newestHole.hi : std::max(1, seq - kPage + 1);
    m_writer->setOld(topic->name(), seq);
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

bool HistoryLoader::mayAsk(const History &history, bool attached) const
{
    return attached && !history.refused && m_requests->isOpen();
}

void HistoryLoader::load(Topic *topic, HistorySide side, Seq seq, bool attached)
{
    const auto found = m_histories.find(topic->name());
    if (found == m_histories.end() || found->diskAsked || found->page)
        return;
    History &history = *found;
    const SeqRanges &loaded = topic->timeline().known();
    addAll(history.known, loaded);
    const Seq end = history.floor > 0 ? history.floor : topic->info().seq + 1;
    const SeqRange run = seq > 0 ? loaded.rangeAt(seq) : SeqRange{end, end};
    Seq place = seq;
    if (side != HistorySide::Around)
        place = side == HistorySide::Before ? run.low - 1 : run.hi;
    if (!history.known.contains(place) && !mayAsk(history, attached)) {
        // Nobody has it: without a server the rows beyond the hole are better than nothing.
        if (side == HistorySide::Around)
            return;
        const SeqRange hole = holeAt(history.known, place, end);
        place = side == HistorySide::Before ? hole.low - 1 : hole.hi;
    }
    if (place < 1 || place >= end || loaded.contains(place)) {
        if (side == HistorySide::After) { // followed at its end
            trim(topic, history, seq, kMostLoaded, kKept);
            noteStart(topic, history);
        }
        return;
    }
    history.diskAsked = true;
    history.wanted = Wanted{side, place, attached};
    setLoading(topic, history);
    const Seq above = side == HistorySide::Before ? 1
        : side == HistorySide::Around             ? kPage / 2
                                                  : kPage;
    history.askedBefore = std::min(place + above, end);
    m_writer->archive().loadPage(topic->name(), history.askedBefore, kPage);
}

void HistoryLoader::takeWantedPage(Topic *topic, History &history, const ArchivePage &page)
{
    const Wanted wanted = *std::exchange(history.wanted, std::nullopt);
    addAll(history.known, topic->timeline().known());
    SeqRange whole{history.diskBottom ? 1 : page.messages.first().seq, page.before};
    const bool asks = mayAsk(history, wanted.attached);
    const QList<SeqRange> holes = asks ? history.known.holes(whole) : QList<SeqRange>();
    for (const SeqRange &hole : holes) {
        // Rows beyond a gap wait until it is closed, or they would jump into the middle later.
        if (hole.low > wanted.place) {
            whole.hi = hole.low;
        } else if (hole.hi <= wanted.place) {
            whole.low = hole.hi;
            break;
        } else {
            fetchWanted(topic, history, wanted);
            return;
        }
    }
    takeRange(topic, history, page.messages, whole);
    lowerFloor(topic, history);
    trim(topic, history, wanted.place, kMostLoaded, kKept);
    noteStart(topic, history);
}

void HistoryLoader::leave(Topic *topic)
{
    const auto found = m_histories.find(topic->name());
    if (found == m_histories.end())
        return;
    found->left = true;
    trimLeft(topic);
}

/// What is unread stays: only rows tell which of its numbers count, and coming back starts there.
void HistoryLoader::trimLeft(Topic *topic)
{
    const auto found = m_histories.find(topic->name());
    if (found == m_histories.end() || !found->left || found->diskAsked || found->page)
        return;
    const int rows = std::clamp(topic->unread(), kPage, kMostLoaded);
    trim(topic, *found, topic->timeline().lastSeq(), rows, rows - 1);
    noteStart(topic, *found);
}

/// Rows far from what is read, and from the end, leave the memory: they are on disk.
void HistoryLoader::trim(Topic *topic, History &history, Seq place, int most, int kept)
{
    const Timeline &timeline = topic->timeline();
    const int count = timeline.messageCount();
    if (count <= most)
        return;
    int row = 0;
    for (int high = count - 1; row < high;) {
        const int middle = row + (high - row) / 2;
        if (timeline.message(middle).seq < place)
            row = middle + 1;
        else
            high = middle;
    }
    const Seq low = timeline.message(std::max(0, row - kept)).seq;
    const Seq high = timeline.message(std::min(count - 1, row + kept)).seq + 1;
    const Seq tail = timeline.message(std::max(0, count - kPage)).seq;
    addAll(history.known, timeline.known());
    if (low > timeline.firstSeq())
        history.diskBottom = false; // it is on disk now
    if (high < tail)
        m_writer->unload(topic, {high, tail});
    m_writer->unload(topic, {1, std::min(low, tail)});
    history.floor = timeline.known().rangeAt(tail).low;
}

void HistoryLoader::fetchWanted(Topic *topic, const History &history, const Wanted &wanted)
{
    const Seq end = history.floor > 0 ? history.floor : topic->info().seq + 1;
    SeqRange hole = holeAt(history.known, wanted.place, end);
    switch (wanted.side) {
    case HistorySide::Before:
        hole.hi = wanted.place + 1;
        break;
    case HistorySide::Around:
        hole.low = std::max(hole.low, wanted.place - kBigPage / 2);
        hole.hi = std::min(hole.hi, hole.low + kBigPage);
        break;
    case HistorySide::After:
        hole.low = wanted.place;
        hole.hi = std::min(hole.hi, hole.low + kBigPage);
        break;
    }
    fetch(topic, hole, wanted.side == HistorySide::Before ? kPage : kBigPage, wanted.place);
}

/// The newest part may have grown together with the one below it.
void HistoryLoader::lowerFloor(Topic *topic, History &history)
{
    if (history.floor > 0)
        history.floor = topic->timeline().known().rangeAt(history.floor).low;
}

void HistoryLoader::fetch(Topic *topic, SeqRange range, int limit, Seq place)
{
    History &history = m_histories[topic->name()];
    Q_ASSERT(!history.page);
    history.page = Page{range, 0, history.catchingUp && range.hi <= history.floor, place};
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
        if (page.lowest > 0 && history.floor == 0)
            history.floor = page.lowest;
        lowerFloor(topic, history);
        if (page.place > 0)
            trim(topic, history, page.place, kMostLoaded, kKept);
        noteStart(topic, history);
    } else if (reply.end != Reply::End::Cancelled) {
        history.refused = true;
    }
    setLoading(topic, history);
    if (reply.ok() && history.catchingUp)
        continueCatchUp(topic);
    trimLeft(topic);
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
        it->refused = false;
        if (Topic *topic = m_writer->topics().find(it.key()))
            setLoading(topic, *it);
    }
}

void HistoryLoader::noteStart(Topic *topic, const History &history)
{
    const Seq first = topic->timeline().firstSeq();
    const Seq end = first > 0 ? first : topic->info().seq + 1;
    // What is known but not loaded may be on disk: only a disk page that was not full tells.
    const bool nothingBelow = topic->timeline().known().rangeAt(first).low == 1
        || (history.diskBottom && history.known.holes({1, end}).isEmpty());
    topic->setAtStart(nothingBelow);
}

void HistoryLoader::setLoading(Topic *topic, const History &history)
{
    topic->setLoading(history.diskAsked || history.page.has_value());
}

}
