#include "server/hub/passwords.h"

#include <sodium.h>

namespace confab::server {

namespace {

/// Argon2id, 64 MiB and two passes: above the floor of reliability.md T30.
QByteArray argonHash(QByteArray &password)
{
    QByteArray hash(crypto_pwhash_STRBYTES, '\0');
    const int failed = crypto_pwhash_str(hash.data(), password.constData(), quint64(password.size()),
        crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE);
    sodium_memzero(password.data(), size_t(password.size()));
    return failed ? QByteArray() : QByteArray(hash.constData());
}

bool argonVerify(QByteArray &password, const QByteArray &hash)
{
    const bool same
        = crypto_pwhash_str_verify(hash.constData(), password.constData(), quint64(password.size())) == 0;
    sodium_memzero(password.data(), size_t(password.size()));
    return same;
}

}

Passwords::Passwords(QObject *parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(2);
    QByteArray random(16, '\0');
    randombytes_buf(random.data(), size_t(random.size()));
    m_dummyHash = argonHash(random);
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

void Passwords::hash(QByteArray password, const QObject *context, std::function<void(QByteArray)> done)
{
    const quint64 number = ++m_lastJob;
    m_jobs.insert(number, {context, std::move(done), {}});
    m_pool.start([this, number, password]() mutable {
        const QByteArray result = argonHash(password);
        QMetaObject::invokeMethod(this, [this, number, result] {
            if (const std::optional<Job> job = takeJob(number))
                job->hashed(result);
        });
    });
}

void Passwords::verify(
    QByteArray password, QByteArray hash, const QObject *context, std::function<void(bool)> done)
{
    const bool known = !hash.isEmpty();
    const quint64 number = ++m_lastJob;
    m_jobs.insert(number, {context, {}, std::move(done)});
    m_pool.start([this, number, password, known, stored = known ? hash : m_dummyHash]() mutable {
        const bool right = argonVerify(password, stored) && known;
        QMetaObject::invokeMethod(this, [this, number, right] {
            if (const std::optional<Job> job = takeJob(number))
                job->verified(right);
        });
    });
}

}
