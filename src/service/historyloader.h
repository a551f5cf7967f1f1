#pragma once

#include "service/requesttable.h"
#include "service/storewriter.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <optional>

namespace confab {

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
    /// With `goal`, a number before what is loaded: down to it and a little more, as far as the archive
    /// holds all of it, kLongStretch at most.
    void loadOlder(Topic *topic, bool attached, Seq goal = 0);
    /// How many rows before `first` lead to the goal; a page if there is none.
    static int stretch(Seq first, Seq goal);
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
    static constexpr int kLongStretch = 2000; ///< rows that the GUI thread takes in without a pause
    static constexpr int kLongAbsence = 500; ///< more missing numbers are not fetched at once

signals:
    void pageReady(const TopicName &topic);
    void caughtUp(const TopicName &topic);

private:
    struct Page {
        SeqRange range; ///< asked for
        Seq lowest = 0; ///< that arrived
        bool far = false; ///< below the loaded rows, and not asked for by the view
    };
    struct History {
        SeqRanges known; ///< in memory or on disk
        Seq floor = 0; ///< gaps below are left alone
        Seq from = 0; ///< unless catching up goes down to here
        Seq skipTo = 0; ///< the disk page under way starts here
        std::optional<Page> page;
        int asked = kPage; ///< rows of the page from disk
        int serverPage = kPage; ///< rows to ask the server for, where the archive has none
        bool diskAsked = false; ///< a page from disk is under way
        bool diskRead = false;
        bool diskBottom = false; ///< nothing older is on disk
        bool older = false; ///< the disk page is one of loadOlder()
        bool attached = false; ///< as told by loadOlder()
        bool catchingUp = false;
        int stale = 0; ///< disk pages under way that were asked for before restart()
    };

    void takeDiskPage(const ArchivePage &page);
    void takeOlderDiskPage(Topic *topic, History &history, const ArchivePage &page);
    void fetch(Topic *topic, SeqRange range, int limit);
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
