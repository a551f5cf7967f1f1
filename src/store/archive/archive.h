#pragma once

#include "store/draft.h"
#include "store/export/exportformat.h"
#include "store/search/searchhit.h"
#include "store/seqranges.h"
#include "store/topic.h"

#include <QHash>
#include <QObject>
#include <QThread>

#include <functional>
#include <memory>

namespace confab {

class ArchiveWorker;
class MessageCache;
class OutboxFile;

/// Everything that the folder of an account knows when the program starts.
struct ArchiveSnapshot {
    UserId self;
    wire::Card selfCard;
    QList<TopicInfo> topics;
    QList<QPair<UserId, wire::Card>> users;
    QList<PendingMessage> outbox; ///< in the order they were written
    QHash<TopicName, Draft> drafts;
    QString epoch; ///< of the server's history that the messages are from; empty if not known
};

/// One page of a conversation from disk, by seq, oldest first.
struct ArchivePage {
    TopicName topic;
    Seq before = 0; ///< as asked for
    QList<Message> messages;
    SeqRanges known; ///< all that the archive knows of this topic
};

/// How much of the archive a chat takes.
struct ChatSize {
    TopicName topic;
    qint64 messages = 0;
    qint64 bytes = 0; ///< of what they say and carry; the file needs some more for finding them
};

struct StorageUse {
    QList<ChatSize> chats;
    qint64 fileBytes = 0; ///< all files of the account's archive
};

/// The account's memory on disk: archive.db (may be thrown away and fetched again) and outbox.db
/// (outbox and drafts, synchronous=FULL). GUI-thread object; the work is done in order on the database
/// thread, and answers come back as signals (design.md I9). Files have mode 0600.
class Archive : public QObject
{
    Q_OBJECT

public:
    /// `thread` runs the database work, may be shared by accounts, and outlives this object. What was
    /// asked for before the destructor is still written: by the thread, at the latest as it finishes.
    /// To end: destroy, QThread::quit(), QThread::wait().
    Archive(const QString &folder, QThread *thread, QObject *parent = nullptr);
    ~Archive() override;

    /// Ends with opened() or failed().
    void open();
    /// `limit` rows of the timeline, with all edits of them. before 0: the newest. Always answered,
    /// with nothing when it cannot be read.
    void loadPage(const TopicName &topic, Seq before, int limit);

    void saveSelf(const UserId &user, const wire::Card &card);
    void saveTopic(const TopicInfo &info);
    void removeTopic(const TopicName &name); ///< outbox rows and the draft stay
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
    void saveDraft(const TopicName &topic, const Draft &draft); ///< an empty one removes it

    /// Hits below `before` (0: the newest), `limit` at most; searched() follows. A new search of the
    /// same place takes the place of one that is not answered yet.
    void search(SearchPlace place, const SearchQuery &query, qint64 before = 0, int limit = kSearchPage);
    void cancelSearch(SearchPlace place);
    static constexpr int kSearchPage = 50;

    /// Writes chats to a file as told; exportAdvanced() and one exportEnded() follow, and before, where
    /// files are wanted and the server has some, exportNeedsFiles(). One at a time.
    void exportChats(const ExportOrder &order);
    /// The files are where they were needed, but for these: by reference, a sentence that says why.
    void continueExport(const QHash<QString, QString> &missing);
    void cancelExport();

    void measure(); ///< measured() follows
    /// Throws away all messages on disk; chats, people, outbox and drafts stay.
    void forgetMessages();

    /// Which history of the server the messages are from (reliability.md R8).
    void saveEpoch(const QString &epoch);

    /// Runs `done` on this thread after all that was asked before is on disk.
    void afterWrites(std::function<void()> done);

signals:
    void opened(const confab::ArchiveSnapshot &snapshot);
    void pageLoaded(const confab::ArchivePage &page);
    void queued(const confab::PendingMessage &message);
    void searched(const confab::SearchPage &page);
    /// How many hits all pages have together, where the first page did not tell: after it.
    void counted(confab::SearchPlace place, const confab::SearchQuery &query, int total);
    void exportAdvanced(qint64 written, qint64 total); ///< messages
    /// The export waits for continueExport(): these files are to be put below that folder.
    void exportNeedsFiles(const QString &folder, const QList<confab::ExportFile> &files);
    /// `error` is a sentence, empty after success. A cancelled export has left no file.
    void exportEnded(bool cancelled, const QString &error);
    void measured(const confab::StorageUse &use);
    /// A damaged file was set aside, and another one is in its place: what is lost and what comes
    /// back, in sentences for people.
    void repaired(const QString &sentences);
    /// What failed and what helps, in sentences for people. The row concerned stays unsaved; its text is still in memory.
    void failed(const QString &sentences);

private:
    void changeCache(std::function<bool(MessageCache &)> change);
    void changeOutbox(std::function<bool(OutboxFile &)> change);
    void runReached(quint64 ticket);

    QHash<quint64, std::function<void()>> m_waiting; ///< afterWrites() by ticket
    quint64 m_lastTicket = 0;
    quint64 m_lastSearch = 0;
    std::unique_ptr<ArchiveWorker, void (*)(ArchiveWorker *)> m_worker;
};

}

Q_DECLARE_METATYPE(confab::ArchiveSnapshot)
Q_DECLARE_METATYPE(confab::ArchivePage)
Q_DECLARE_METATYPE(confab::StorageUse)
