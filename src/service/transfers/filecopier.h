#pragma once

#include <QObject>
#include <QThreadPool>

#include <atomic>
#include <memory>

namespace confab {

/// Copies files for people on a thread of its own, since a film takes its time. What it copies from
/// may be deleted as soon as copy() has returned. Lives on one thread; its signals come there.
class FileCopier : public QObject
{
    Q_OBJECT

public:
    explicit FileCopier(QObject *parent = nullptr);
    ~FileCopier() override;

    /// ended() follows, unless cancel() comes before. Makes no folder.
    void copy(const QString &id, const QString &from, const QString &to);
    /// All that are under way; cancelled() follows when none of them writes any more. What there is of a file
    /// stays.
    void cancel();

signals:
    void ended(const QString &id, bool copied);
    void cancelled();

private:
    using Wanted = std::shared_ptr<std::atomic<bool>>;

    QThreadPool m_pool;
    Wanted m_wanted; ///< false once those that began with it are cancelled
};

}
