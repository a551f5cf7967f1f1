#include "storesamples.h"
#include "timelinemirror.h"

#include "store/timeline.h"

#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include <algorithm>

using namespace confab;
using namespace confab::samples;

namespace {

constexpr int kSpace = 30; // numbers and cids meet often

class Generator
{
public:
    explicit Generator(quint32 seed)
        : m_random(seed)
    {
    }

    int number(int low, int high) { return m_random.bounded(low, high); }
    Seq seq() { return number(1, kSpace); }
    QString cid() { return u"c"_qs + QString::number(number(0, 8)); }
    UserId user() { return number(0, 4) == 0 ? kBob : kAlice; }

    QString emoji() { return number(0, 2) ? u"\u2764"_qs : u"\u2b50"_qs; }

    Message anyMessage()
    {
        const Seq at = seq();
        switch (number(0, 6)) {
        case 4:
            return reaction(at, seq(), emoji(), user());
        case 5: {
            Message changed = edit(at, seq(), emoji(), user());
            changed.head.setReaction(number(0, 2) ? emoji() : QString());
            return changed;
        }
        case 0:
            return edit(at, seq(), u"edit "_qs + QString::number(at), user());
        case 1:
            return message(at, QString::number(at), user(), cid());
        default:
            return message(at, QString::number(at), user());
        }
    }

    QList<Message> batch()
    {
        QList<Message> result;
        for (int i = number(1, 8); i > 0; --i)
            result.append(anyMessage());
        return result;
    }

    PendingMessage pendingPart()
    {
        PendingMessage result = pending(cid());
        if (number(0, 2)) {
            result.head.setReplaces(seq());
        } else {
            result.head.setReplyTo(seq());
            result.head.setReaction(emoji());
        }
        return result;
    }

    void shuffle(QList<Message> &messages) { std::shuffle(messages.begin(), messages.end(), m_random); }

private:
    QRandomGenerator m_random;
};

void doSomething(Timeline &timeline, Generator &any)
{
    switch (any.number(0, 14)) {
    case 0:
        return timeline.addPending(any.pendingPart());
    case 1:
        return timeline.addPending(pending(any.cid()));
    case 2:
    case 3: {
        const QString cid = any.cid();
        return timeline.acknowledge(cid, any.anyMessage());
    }
    case 4: {
        const Seq low = any.seq();
        return timeline.removeDeleted({{low, low + any.number(0, 4)}});
    }
    case 5:
        return timeline.removePending(any.cid());
    case 6:
        return timeline.setPendingState(any.cid(), any.number(0, 2) ? Delivery::Failed : Delivery::Sending);
    case 7:
        return timeline.markEmpty({any.seq(), any.seq()});
    case 8:
        return any.number(0, 2) ? timeline.hide({any.seq(), any.seq()}) : timeline.show({any.seq()});
    case 9:
        return any.number(0, 10) == 0 ? timeline.clear() : timeline.insert({any.anyMessage()});
    default:
        return timeline.insert(any.batch());
    }
}

QString brokenInvariant(const Timeline &timeline)
{
    QSet<QString> numbered;
    int failed = 0;
    for (int row = 0; row < timeline.messageCount(); ++row) {
        const Message &message = timeline.message(row);
        if (row > 0 && timeline.message(row - 1).seq >= message.seq)
            return u"I2: numbers are not in order"_qs;
        if (timeline.rowOfSeq(message.seq) != row || !timeline.known().contains(message.seq))
            return u"a row is not found by its number"_qs;
        const QString cid = message.head.cid();
        const QString copy = message.from + u'/' + cid;
        if (!cid.isEmpty() && numbered.contains(copy))
            return u"R6: two copies of one message"_qs;
        numbered.insert(copy);
        numbered.insert(cid);
    }
    for (int row = timeline.messageCount(); row < timeline.count(); ++row) {
        const PendingMessage &message = timeline.pending(row);
        if (numbered.contains(message.cid))
            return u"I3: both pending and numbered"_qs;
        if (timeline.rowOfCid(message.cid) != row)
            return u"a cid is pending twice"_qs;
        failed += message.state == Delivery::Failed ? 1 : 0;
    }
    return failed == timeline.failedCount() ? QString() : u"failed messages are miscounted"_qs;
}

void addSeeds(quint32 count)
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= count; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

}

class TestTimelineProperties : public QObject
{
    Q_OBJECT

private slots:
    void anyInterleavingKeepsTheInvariants_data() { addSeeds(300); }
    void anyInterleavingKeepsTheInvariants();
    void messagesInAnyOrderEndInTheSameRows_data() { addSeeds(200); }
    void messagesInAnyOrderEndInTheSameRows();
};

void TestTimelineProperties::anyInterleavingKeepsTheInvariants()
{
    QFETCH(quint32, seed);
    Generator any(seed);
    Timeline timeline;
    TimelineMirror mirror(timeline);
    for (int step = 0; step < 80; ++step) {
        doSomething(timeline, any);
        QCOMPARE(brokenInvariant(timeline), QString());
        QCOMPARE(mirror.problem(), QString());
        QCOMPARE(mirror.rows(), TimelineMirror::allRows(timeline));
    }
}

void TestTimelineProperties::messagesInAnyOrderEndInTheSameRows()
{
    QFETCH(quint32, seed);
    Generator any(seed);
    // One message for each number: a server never gives a number twice.
    QMap<Seq, Message> bySeq;
    for (int i = 0; i < 25; ++i) {
        const Message message = any.anyMessage();
        bySeq.insert(message.seq, message);
    }
    QList<Message> messages = bySeq.values();
    Timeline inOrder;
    inOrder.insert(messages);
    any.shuffle(messages);
    Timeline shuffled;
    while (!messages.isEmpty()) {
        const int size = std::min(any.number(1, 5), int(messages.size()));
        shuffled.insert(messages.mid(0, size));
        messages.remove(0, size);
    }
    QCOMPARE(TimelineMirror::allRows(shuffled), TimelineMirror::allRows(inOrder));
    QCOMPARE(shuffled.known(), inOrder.known());
    for (int row = 0; row < inOrder.messageCount(); ++row) {
        const Seq seq = inOrder.message(row).seq;
        QCOMPARE(shuffled.folded().reactions(seq, kAlice), inOrder.folded().reactions(seq, kAlice));
        QCOMPARE(shuffled.versions(row), inOrder.versions(row));
    }
}

QTEST_GUILESS_MAIN(TestTimelineProperties)
#include "tst_timelineproperties.moc"
