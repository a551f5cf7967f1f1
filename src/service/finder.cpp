#include "service/finder.h"

namespace confab {

namespace {

FoundTopic fromEntry(const wire::Subscription &entry)
{
    return {entry.topic.isEmpty() ? entry.user : entry.topic, wire::Card::fromPublic(entry.pub),
        entry.matchedTags()};
}

}

Finder::Finder(RequestTable *requests, QObject *parent)
    : QObject(parent)
    , m_requests(requests)
{
}

QString Finder::expanded(const QString &query)
{
    const QString words = query.simplified().toLower();
    const bool isExact = words.contains(QLatin1Char(':')) || words.contains(QLatin1Char(','));
    if (isExact || words.contains(QLatin1Char(' ')))
        return words;
    if (words.contains(QLatin1Char('@')) && !words.startsWith(QLatin1Char('@')))
        return words + QStringLiteral(",email:") + words;
    const QString word = words.startsWith(QLatin1Char('@')) ? words.mid(1) : words;
    return QStringLiteral("%1,basic:%1,alias:%1").arg(word);
}

void Finder::find(const QString &query)
{
    const QString trimmed = query.trimmed();
    if (!m_requests->isOpen()) {
        emit failed(ServiceErrors::make(ErrorKind::ConnectionLost));
        return;
    }
    if (trimmed.isEmpty()) {
        emit found(query, {});
        return;
    }
    if (!m_running.isEmpty()) {
        m_next = query;
        return;
    }
    m_running = query;
    if (wire::isUserId(trimmed))
        askForUser();
    else if (m_attached)
        ask();
    else
        attach();
}

void Finder::attach()
{
    wire::Sub sub;
    sub.topic = QStringLiteral("fnd");
    m_requests->ask(this, sub, [this](const Reply &reply) {
        m_attached = reply.ok();
        if (m_attached)
            ask();
        else
            take(reply);
    });
}

void Finder::ask()
{
    wire::Set set;
    set.topic = QStringLiteral("fnd");
    set.query.desc.emplace();
    set.query.desc->pub = wire::JsonBlob::fromString(expanded(m_running));
    m_requests->ask(this, set, [this](const Reply &reply) {
        if (reply.ok())
            collect();
        else
            take(reply);
    });
}

void Finder::collect()
{
    wire::Get get;
    get.topic = QStringLiteral("fnd");
    get.query.what = wire::What::Sub;
    m_requests->ask(this, get, [this](const Reply &reply) { take(reply); });
}

void Finder::askForUser()
{
    wire::Get get;
    get.topic = m_running.trimmed();
    get.query.what = wire::What::Desc;
    m_requests->ask(this, get, [this, user = get.topic](const Reply &reply) {
        Reply hit = reply;
        if (hit.ok() && hit.desc) {
            wire::Subscription entry;
            entry.topic = user;
            entry.pub = hit.desc->pub;
            hit.subs = {entry};
        } else if (hit.end == Reply::End::Answered && hit.ctrl.code < 500) {
            hit.ctrl.code = 204; // nobody has this id
        }
        take(hit);
    });
}

void Finder::take(const Reply &reply)
{
    if (reply.end == Reply::End::Cancelled) {
        m_next.clear();
        m_running.clear();
        emit failed(ServiceErrors::make(ErrorKind::ConnectionLost));
        return;
    }
    const QString query = m_running;
    if (reply.ok()) {
        QList<FoundTopic> topics;
        for (const wire::Subscription &entry : reply.subs)
            topics.append(fromEntry(entry));
        emit found(query, topics);
    } else if (reply.end == Reply::End::TimedOut) {
        emit failed(ServiceErrors::make(ErrorKind::TimedOut));
    } else {
        emit failed(ServiceErrors::fromCtrl(reply.ctrl));
    }
    end();
}

void Finder::end()
{
    m_running.clear();
    if (!m_next.isEmpty())
        find(std::exchange(m_next, {}));
}

void Finder::reset()
{
    m_attached = false;
}

}
