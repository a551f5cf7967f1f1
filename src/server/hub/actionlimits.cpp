#include "server/hub/actionlimits.h"

#include <QHostAddress>

namespace confab::server {

namespace {

constexpr qsizetype kManyBuckets = 10'000;
constexpr int kHomeNetworkBits = 64; // of IPv6: every home has so many addresses of its own

const Rate &rateOf(ActionLimits::Action action, const ActionRates &rates)
{
    switch (action) {
    case ActionLimits::Action::Account:
        return rates.accounts;
    case ActionLimits::Action::Sub:
        return rates.subs;
    case ActionLimits::Action::Find:
        return rates.finds;
    case ActionLimits::Action::Preview:
        break;
    }
    return rates.previews;
}

QString networkOf(const QHostAddress &address)
{
    bool isV4 = false; // or IPv4 in the clothes of IPv6
    const quint32 v4 = address.toIPv4Address(&isV4);
    if (isV4)
        return QHostAddress(v4).toString();
    Q_IPV6ADDR bytes = address.toIPv6Address();
    for (int i = kHomeNetworkBits / 8; i < 16; ++i)
        bytes[i] = 0;
    return QHostAddress(bytes).toString();
}

}

ActionLimits::ActionLimits(const ServerOptions &options)
    : m_rates(options.actionRates)
    , m_localRates(options.localActionRates)
{
}

std::chrono::milliseconds ActionLimits::take(
    Action action, const QString &address, const QString &user, Time now)
{
    const QHostAddress client(address);
    if (client.isNull())
        return {};
    const Rate &rate = rateOf(action, client.isLoopback() ? m_localRates : m_rates);
    if (rate.perSecond <= 0)
        return {};
    const QString who = action == Action::Account ? networkOf(client) : user;
    const QString key = QString::number(int(action)) + u' ' + who;
    auto bucket = m_buckets.find(key);
    if (bucket == m_buckets.end()) {
        if (m_buckets.size() >= kManyBuckets)
            forgetOld(now);
        bucket = m_buckets.insert(key, TokenBucket(rate, now));
    }
    return bucket->take(now) ? std::chrono::milliseconds() : bucket->wait(now);
}

void ActionLimits::forgetOld(Time now)
{
    m_buckets.removeIf([now](const auto &entry) { return entry.value().isFull(now); });
    if (m_buckets.size() >= kManyBuckets)
        m_buckets.clear(); // bounded memory matters more than a flood's own records
}

}
