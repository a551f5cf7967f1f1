#pragma once

#include "store/message.h"
#include "store/seqranges.h"
#include "store/topic.h"

#include <QObject>
#include <QThread>

#include <functional>
#include <memory>

namespace confab {

class ArchiveWorker;

/// Everything that the folder of an account knows when the program starts.
struct ArchiveSnapshot {
    UserId self;
    wire::Card selfCard;
    QList<TopicInfo> topics;
    QList<QPair<UserId, wire::Card>> users;
    QList<PendingMessage> outbox; ///< in the order they were written
    QHash<TopicName, QString> drafts;
};

/// One page of a conversation from disk, by seq, oldest first.
struct ArchivePage {
    TopicName topic;
    Seq before = 0; ///< as asked for
    QList<Message> messages;
    SeqRanges known; ///< all that the archive knows of this topic
};

/// The account's memory on disk: archive.db (may be thrown away and fetched again) and outbox.db
/// (outbox and drafts, synchronous=FULL). GUI-thread object; the work is done in order on the database
/// thread, and answers come back as signals (design.md I9). Files have mode 0600.
class Archive : public QObject
{
    Q_OBJECT

public:
    /// `thread` runs the database work, may be shared by accounts, and outlives this object.
    Archive(const QString &folder, QThread *thread, QObject *parent = nullptr);
    ~Archive() override;

    void open(); ///< ends with opened() or failed()
    void loadPage(const TopicName &topic, Seq before, int limit); ///< before 0: the newest

    void saveSelf(const UserId &user, const wire::Card &card);
    void saveTopic(const TopicInfo &info);
    void removeTopic(const TopicName &name);
    void saveUser(const UserId &user, const wire::Card &card);
    void saveMessages(const TopicName &topic, const QList<Message> &messages);
    void saveKnown(const TopicName &topic, SeqRange range); ///< deleted or confirmed empty
    void removeMessages(const TopicName &topic, const QList<SeqRange> &ranges);

    /// Emits queued() once the row is on disk; only then may the text leave the composer (R1).
    void enqueue(const PendingMessage &message);
    void updatePending(const PendingMessage &message);
    /// From outbox to messages; repeatable, the message first (R4).
    void acknowledge(const QString &cid, const TopicName &topic, const Message &message);
    void dropPending(const QString &cid);
    void saveDraft(const TopicName &topic, const QString &text); ///< empty removes it

    /// Runs `done` on this thread after all that was asked before is on disk.
    void afterWrites(std::function<void()> done);

signals:
    void opened(const confab::ArchiveSnapshot &snapshot);
    void pageLoaded(const confab::ArchivePage &page);
    void queued(const confab::PendingMessage &message);
    /// A sentence for people. The row concerned stays unsaved; its text is still in memory.
    void failed(const QString &sentence);

private:
    std::unique_ptr<ArchiveWorker, void (*)(ArchiveWorker *)> m_worker;
};

}

Q_DECLARE_METATYPE(confab::ArchiveSnapshot)
Q_DECLARE_METATYPE(confab::ArchivePage)
