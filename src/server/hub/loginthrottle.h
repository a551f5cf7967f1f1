#pragma once

#include <QHash>
#include <QString>

#include <chrono>

namespace confab::server {

/// Slows down guessing: after five failures of a key (a login name, an address) the next attempt
/// waits 1, 2, 4 ... 60 s (reliability.md T22). Time is passed in. Forgets a key after a quiet
/// hour.
class LoginThrottle
{
public:
    using Clock = std::chrono::steady_clock;

    /// How long from now no attempt with this key is looked at; zero: go on.
    std::chrono::milliseconds wait(const QString &key, Clock::time_point now) const;
    void failed(const QString &key, Clock::time_point now);
    void succeeded(const QString &key) { m_keys.remove(key); }
    int failures(const QString &key) const { return m_keys.value(key).count; }
    /// So many of the failures were typing errors of somebody who then got it right.
    void forgive(const QString &key, int failures);

private:
    struct Failures {
        int count = 0;
        Clock::time_point last;
        Clock::time_point openAt;
    };

    void forgetOld(Clock::time_point now);

    QHash<QString, Failures> m_keys;
};

} // namespace confab::server
