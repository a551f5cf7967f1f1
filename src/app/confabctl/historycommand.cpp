#include "app/confabctl/historycommand.h"

#include <QSet>

#include <algorithm>

namespace confab {

namespace {

constexpr int kMostInTimeline = 500; ///< fewer than the service keeps of a chat
constexpr int kPage = 500;

}

void HistoryCommand::start()
{
    const bool isLong = options().limit == 0 || options().limit > kMostInTimeline;
    resolve(options().topic, [this, isLong](const TopicName &topic) {
        if (isLong)
            fetch(topic);
        else
            open(topic);
    });
}

void HistoryCommand::fetch(const TopicName &name)
{
    m_topic = name;
    connect(&service(), &ChatService::historyFilled, this, [this] {
        connect(&account().archive(), &Archive::pageLoaded, this, &HistoryCommand::takePage);
        account().archive().loadPage(m_topic, m_before, kPage);
    });
    connect(&service(), &ChatService::phaseChanged, this, [this](const Phase &phase) {
        if (const auto *lost = std::get_if<Waiting>(&phase))
            emit failed(lost->why);
    });
    emit idle(); // a long history takes its time
    service().fillHistory({name});
}

void HistoryCommand::takePage(const ArchivePage &page)
{
    if (page.topic != m_topic || page.before != m_before)
        return; // one that the service has asked for
    Timeline timeline; // puts edits where they belong
    timeline.insert(page.messages);
    QList<Message> rows;
    for (int row = 0; row < timeline.messageCount(); ++row)
        rows.append(timeline.message(row));
    m_gathered += int(rows.size());
    m_pages.append(rows);
    const int limit = options().limit;
    if (rows.isEmpty() || (limit > 0 && m_gathered >= limit)) {
        printPages();
        return;
    }
    m_before = page.messages.first().seq;
    account().archive().loadPage(m_topic, m_before, kPage);
}

void HistoryCommand::printPages()
{
    int left = options().limit > 0 ? std::max(0, m_gathered - options().limit) : 0; // older ones
    QSet<QString> cids; // what a server has twice is told once
    for (auto page = m_pages.crbegin(); page != m_pages.crend(); ++page) {
        for (const Message &message : *page) {
            const QString cid = message.head.cid();
            const bool isKnown = !cid.isEmpty() && cids.contains(message.from + cid);
            cids.insert(message.from + cid);
            if (left-- <= 0 && !isKnown)
                printer().message(topics(), m_topic, message);
        }
    }
    emit finished(exitcode::kDone);
}

void HistoryCommand::open(const TopicName &name)
{
    Topic *topic = topics().find(name);
    connect(topic, &Topic::loadingChanged, this, [this, topic] { grew(topic); });
    emit waiting();
    service().openTopic(name);
}

void HistoryCommand::grew(Topic *topic)
{
    emit waiting();
    if (topic->isLoading())
        return;
    const Timeline &timeline = topic->timeline();
    const Seq end = topic->info().seq + 1;
    if (timeline.firstSeq() > 0 && !timeline.known().holes({timeline.firstSeq(), end}).isEmpty())
        return; // from the disk so far; the service is fetching what came since
    const int wanted = options().limit;
    if (!topic->isAtStart() && (wanted == 0 || timeline.messageCount() < wanted)) {
        service().loadOlder(topic->name());
        return;
    }
    topic->disconnect(this);
    print(*topic);
}

void HistoryCommand::print(const Topic &topic)
{
    const int count = topic.timeline().messageCount();
    const int first = options().limit > 0 ? qMax(0, count - options().limit) : 0;
    for (int row = first; row < count; ++row)
        printer().message(topics(), topic.name(), topic.timeline().message(row));
    emit finished(exitcode::kDone);
}

}
