#pragma once

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QThreadPool>

#include <functional>
#include <optional>

namespace confab::server {

/// The hash that is stored for a password, by Argon2id; empty if there is no memory for it. Takes tens
/// of milliseconds and 64 MiB. The password is wiped. Any thread.
QByteArray hashPassword(QByteArray &password);

/// Argon2id by libsodium on worker threads: hashing takes tens of milliseconds and 64 MiB, so never
/// on the hub thread and never more than two at once. Results arrive on the thread of this object,
/// unless context is gone. Passwords are wiped after use.
class Passwords : public QObject {
    Q_OBJECT

public:
    explicit Passwords(QObject *parent = nullptr);
    ~Passwords() override;

    struct Verdict {
        bool isRight = false;
        QByteArray renewed; ///< a hash to keep instead, if the old one is of another strength
    };

    void hash(QByteArray password, const QObject *context, std::function<void(QByteArray)> done);
    /// An empty hash stands for an unknown user: the same work is done, and the answer is no
    /// (reliability.md T23).
    void verify(QByteArray password, QByteArray hash, const QObject *context,
        std::function<void(const Verdict &)> done);

private:
    /// Callbacks stay on this thread; only numbers and bytes cross to the workers.
    struct Job {
        QPointer<const QObject> context;
        std::function<void(QByteArray)> hashed;
        std::function<void(const Verdict &)> verified;
    };

    std::optional<Job> takeJob(quint64 number);

    QThreadPool m_pool;
    QHash<quint64, Job> m_jobs;
    quint64 m_lastJob = 0;
};

} // namespace confab::server
