#pragma once

#include "server/serveroptions.h"
#include "server/tokenbucket.h"

#include <QHash>
#include <QString>

#include <chrono>

namespace confab::server {

/// Who does what how often, whatever number of connections it uses: accounts by address, subs,
/// searches and link previews by user (reliability.md T23, T24). Time is passed in.
class ActionLimits
{
public:
    enum class Action { Account, Sub, Find, Preview };
    using Time = TokenBucket::Time;

    explicit ActionLimits(const ServerOptions &options);

    /// How long from now a client at this address has to wait with it; zero: it may do it now, and
    /// that is counted. Clients without an address live inside the server and never wait.
    std::chrono::milliseconds take(
        Action action, const QString &address, const QString &user, Time now);

private:
    void forgetOld(Time now);

    ActionRates m_rates;
    ActionRates m_localRates;
    QHash<QString, TokenBucket> m_buckets;
};

}
