#pragma once

#include "service/requesttable.h"
#include "service/storewriter.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <optional>

namespace confab {

/// Which messages are wanted: those beside one that is loaded, or one and those around it.
enum class HistorySide { Before, Around, After };

/// Brings history into timelines: the page on disk first, then what is missing from the server, the
/// newest first. One server page in flight per topic (design.md I5). What the server says is empty is
/// never asked for again (reliability.md F9). Pages are taken for complete only down to the lowest
/// number that came, because servers cap them as they like (F10). GUI thread.
class HistoryLoader : public QObject
{
    Q_OBJECT

public:
    HistoryLoader(StoreWriter *writer, RequestTable *requests, QObject *parent = nullptr);

    /// Loads the newest page from disk, once; pageReady() follows.
    void open(Topic *topic);
    /// Asks for that page before open() does, which may be before the chat itself is read. Nothing
    /// comes of it if there is no such chat by then.
    void readAhead(const TopicName &topic);
    bool isOpen(const TopicName &topic) const;
    /// The rest of a conversation is not needed now; what is loaded stays.
    void forget(const TopicName &topic);

    /// The page that travels with `sub`; its end is told by noteFirstPage().
    wire::PageOptions firstPage(Topic *topic);
    void noteFirstPage(Topic *topic, const Reply &reply);
    /// Closes the gaps in what is loaded; caughtUp() follows, unless the link is lost. With `from`: also
    /// all gaps from that number on, however many, since the answer to a lost acknowledgement may be
    /// among them. What lies below the loaded part goes into the archive alone.
    void catchUp(Topic *topic, Seq from = 0);
    /// What the server tells now has nothing to do with what was known. Begins anew where it was open.
    void restart(Topic *topic);
    /// One more page on that side of a message; Before 0: before the newest part. What is missing
    /// in the newest part is the matter of catchUp(). Nothing happens while another page is under
    /// way, and when neither disk nor server has anything; After the newest message, what is far above it
    /// leaves the memory.
    void load(Topic *topic, HistorySide side, Seq seq, bool attached);
    /// The chat is not shown any more: only its end stays in memory, a page or what is unread; once
    /// nothing is under way for it.
    void leave(Topic *topic);
    /// Numbers that arrived.
    void noteArrived(const TopicName &topic, const QList<Message> &messages);
    /// Whether this number belongs to a page in flight, not to the live stream.
    bool isPageOf(const TopicName &topic, Seq seq) const;
    /// ... and whether that page is one for the archive alone.
    bool isFarPageOf(const TopicName &topic, Seq seq) const;
    void noteDeleted(const TopicName &topic, const QList<SeqRange> &ranges);
    /// The link is gone; requests cancelled.
    void reset();

    static constexpr int kPage = 48;
    static constexpr int kBigPage = 100; ///< the most that servers give (protocol.md §2)
    static constexpr int kMostLoaded = 1000; ///< rows of a chat in memory
    static constexpr int kKept = 300; ///< rows on either side of what is read, when there are more
    static constexpr int kLongAbsence = 500; ///< more missing numbers are not fetched at once

signals:
    void pageReady(const TopicName &topic);
    void caughtUp(const TopicName &topic);

private:
    struct Page {
        SeqRange range; ///< asked for
        Seq lowest = 0; ///< that arrived
        bool far = false; ///< below the newest part, and not asked for by the view
        Seq place = 0; ///< that the view wants by it; 0: it is not for the view
    };
    /// A page that the view wants.
    struct Wanted {
        HistorySide side = HistorySide::Before;
        Seq place = 0; ///< a number that is to be loaded
        bool attached = false;
    };
    struct History {
        SeqRanges known; ///< in memory or on disk
        Seq floor = 0; ///< of the newest part; gaps below are left alone
        Seq from = 0; ///< unless catching up goes down to here
        std::optional<Page> page;
        std::optional<Wanted> wanted; ///< what the disk page under way is for
        bool diskAsked = false; ///< a page from disk is under way
        Seq askedBefore = 0; ///< of it; others may ask the archive for pages as well
        bool diskRead = false;
        bool diskBottom = false; ///< nothing older is on disk
        bool refused = false; ///< the server gave no page: not asked again on this link
        bool catchingUp = false;
        bool left = false; ///< nobody looks at it
        int stale = 0; ///< disk pages under way that were asked for before restart()
    };

    void takeDiskPage(const ArchivePage &page);
    void takeWantedPage(Topic *topic, History &history, const ArchivePage &page);
    void takeRange(
        Topic *topic, const History &history, const QList<Message> &messages, SeqRange range);
    void fetchWanted(Topic *topic, const History &history, const Wanted &wanted);
    bool mayAsk(const History &history, bool attached) const;
    void lowerFloor(Topic *topic, History &history);
    void trim(Topic *topic, History &history, Seq place, int most, int kept);
    void trimLeft(Topic *topic);
    void fetch(Topic *topic, SeqRange range, int limit, Seq place = 0);
    void endPage(Topic *topic, const Reply &reply);
    void continueCatchUp(Topic *topic);
    void skipLongAbsence(Topic *topic, History &history, SeqRange newestHole);
    void noteStart(Topic *topic, const History &history);
    void setLoading(Topic *topic, const History &history);

    StoreWriter *m_writer;
    RequestTable *m_requests;
    QHash<TopicName, History> m_histories;
};

}
