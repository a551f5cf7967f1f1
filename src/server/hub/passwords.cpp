#include "server/hub/passwords.h"

#include <sodium.h>

namespace confab::server {

namespace {

/// 64 MiB and two passes: above the floor of reliability.md T30.
constexpr auto kPasses = crypto_pwhash_OPSLIMIT_INTERACTIVE;
constexpr auto kMemory = crypto_pwhash_MEMLIMIT_INTERACTIVE;

} // namespace

QByteArray hashPassword(QByteArray &password)
{
    QByteArray hash(crypto_pwhash_STRBYTES, '\0');
    const int failed = crypto_pwhash_str(
        hash.data(), password.constData(), quint64(password.size()), kPasses, kMemory);
    sodium_memzero(password.data(), size_t(password.size()));
    return failed ? QByteArray() : QByteArray(hash.constData());
}

namespace {

Passwords::Verdict argonVerify(QByteArray &password, const QByteArray &hash)
{
    Passwords::Verdict verdict;
    verdict.isRight
        = crypto_pwhash_str_verify(hash.constData(), password.constData(), quint64(password.size()))
        == 0;
    if (verdict.isRight && crypto_pwhash_str_needs_rehash(hash.constData(), kPasses, kMemory) != 0)
        verdict.renewed = hashPassword(password);
    sodium_memzero(password.data(), size_t(password.size()));
    return verdict;
}

/// As much work as for a known user.
Passwords::Verdict pretendToVerify(QByteArray &password)
{
    hashPassword(password);
    return {};
}

} // namespace

Passwords::Passwords(QObject *parent)
    : QObject(parent)
{
    m_pool.setMaxThreadCount(2);
}

Passwords::~Passwords()
{
    m_pool.clear();
    m_pool.waitForDone();
}

std::optional<Passwords::Job> Passwords::takeJob(quint64 number)
{
    const Job job = m_jobs.take(number);
    return job.context ? std::optional(job) : std::nullopt;
}

void Passwords::hash(
    QByteArray password, const QObject *context, std::function<void(QByteArray)> done)
{
    const quint64 number = ++m_lastJob;
    m_jobs.insert(number, {context, std::move(done), {}});
    m_pool.start([this, number, password]() mutable {
        const QByteArray result = hashPassword(password);
        QMetaObject::invokeMethod(this, [this, number, result] {
            if (const std::optional<Job> job = takeJob(number))
                job->hashed(result);
        });
    });
}

void Passwords::verify(QByteArray password, QByteArray hash, const QObject *context,
    std::function<void(const Verdict &)> done)
{
    const quint64 number = ++m_lastJob;
    m_jobs.insert(number, {context, {}, std::move(done)});
    m_pool.start([this, number, password, hash]() mutable {
        const Verdict verdict
            = hash.isEmpty() ? pretendToVerify(password) : argonVerify(password, hash);
        QMetaObject::invokeMethod(this, [this, number, verdict] {
            if (const std::optional<Job> job = takeJob(number))
                job->verified(verdict);
        });
    });
}

} // namespace confab::server
