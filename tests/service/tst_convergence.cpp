#include "service/storewriter.h"

#include "store/archive/archive.h"

#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <rapidcheck.h>

#include <algorithm>
#include <random>

using namespace confab;

namespace {

const UserId kSelf = QStringLiteral("usrSelfSelf001");
const UserId kPeer = QStringLiteral("usrPeerPeer001");
constexpr int kSeqs = 24; // numbers meet often

/// One thing that a server tells about a topic. In a conversation each number is used once, so what
/// arrives under a number follows from the number alone.
struct Event {
    enum class Kind { Message, Answer, Deletion, Empty, ReadMark, ReceivedMark };
    Kind kind = Kind::Message;
    Seq seq = 1;
    int length = 1; ///< of a deletion
};

/// The conversation that the events are about.
struct Story {
    std::vector<int>
        roles; ///< of each number: 0 peer's, 1 own, 2 edit, 3 second copy of an own one, 4 reaction
    std::vector<Event> events;
};

QString cidOf(Seq seq)
{
    return QStringLiteral("cid%1").arg(seq);
}

Message messageOf(const Story &story, Seq seq)
{
    Message message;
    message.seq = seq;
    const int role = story.roles[size_t(seq - 1)];
    message.from = role == 0 ? kPeer : kSelf;
    message.ts = QDateTime::fromSecsSinceEpoch(1'700'000'000 + seq, Qt::UTC);
    message.text = QStringLiteral("text %1").arg(seq);
    message.content = wire::JsonBlob::fromString(message.text);
    if (role == 1)
        message.head.setCid(cidOf(seq));
    else if (role == 2 && seq > 1)
        message.head.setReplaces(1 + seq * 7 % (seq - 1));
    else if (role == 3 && seq > 1)
        message.head.setCid(cidOf(seq - 1));
    else if (role == 4 && seq > 1) {
        message.head.setReplyTo(1 + seq * 5 % (seq - 1));
        message.head.setReaction(seq % 2 ? QStringLiteral("+") : QStringLiteral("*"));
    }
    return message;
}

bool isSecondCopy(const Story &story, Seq seq)
{
    return seq > 1 && seq <= kSeqs && story.roles[size_t(seq - 1)] == 3
        && story.roles[size_t(seq - 2)] == 1;
}

/// Copies of one message are deleted together: who deletes what they see means both.
SeqRange deletionOf(const Story &story, const Event &event)
{
    SeqRange range{event.seq, event.seq + event.length};
    if (isSecondCopy(story, range.low))
        --range.low;
    if (isSecondCopy(story, range.hi))
        ++range.hi;
    return range;
}

rc::Gen<Story> anyStory()
{
    const auto event = rc::gen::build<Event>(
        rc::gen::set(&Event::kind,
            rc::gen::weightedElement<Event::Kind>({{8, Event::Kind::Message}, {2, Event::Kind::Answer},
                {1, Event::Kind::Deletion}, {1, Event::Kind::Empty}, {2, Event::Kind::ReadMark},
                {2, Event::Kind::ReceivedMark}})),
        rc::gen::set(&Event::seq, rc::gen::inRange(1, kSeqs + 1)),
        rc::gen::set(&Event::length, rc::gen::inRange(1, 4)));
    return rc::gen::build<Story>(
        rc::gen::set(
            &Story::roles, rc::gen::container<std::vector<int>>(kSeqs, rc::gen::inRange(0, 5))),
        rc::gen::set(&Story::events, rc::gen::container<std::vector<Event>>(40, event)));
}

/// One client to which the events happen. Its archive is never opened, so nothing touches a disk.
class Client
{
public:
    Client()
        : m_archive(m_folder.path(), &m_thread)
        , m_writer(&m_topics, &m_archive)
    {
        m_topics.setSelf(kSelf, {});
        TopicInfo info;
        info.name = kPeer;
        m_topic = m_topics.add(info);
        // As the outbox does: an own message that turns up is the answer to it.
        QObject::connect(&m_writer, &StoreWriter::ownMessageSeen, &m_writer,
            [this](Topic *topic, const Message &message) {
                if (topic->timeline().rowOfCid(message.head.cid()) >= 0)
                    m_writer.acknowledge(topic, message.head.cid(), message);
            });
    }

    /// All own messages are written before anything comes back.
    void write(const Story &story)
    {
        for (Seq seq = 1; seq <= kSeqs; ++seq) {
            if (story.roles[size_t(seq - 1)] != 1)
                continue;
            PendingMessage pending;
            pending.cid = cidOf(seq);
            pending.topic = kPeer;
            pending.head.setCid(pending.cid);
            m_topic->timeline().addPending(pending);
        }
    }

    void happen(const Story &story, const Event &event)
    {
        const Message message = messageOf(story, event.seq);
        switch (event.kind) {
        case Event::Kind::Message:
            m_writer.take(m_topic, {message}, Origin::Server);
            break;
        case Event::Kind::Answer:
            if (story.roles[size_t(event.seq - 1)] == 1)
                m_writer.acknowledge(m_topic, message.head.cid(), message);
            break;
        case Event::Kind::Deletion: {
            wire::Deletions deletions;
            deletions.clear = event.seq;
            deletions.ranges = {deletionOf(story, event)};
            m_writer.removeDeleted(m_topic, deletions);
            break;
        }
        case Event::Kind::Empty:
            if (story.roles[size_t(event.seq - 1)] != 1) // no server calls empty what it has answered
                m_writer.markEmpty(m_topic, {event.seq, event.seq + 1});
            break;
        case Event::Kind::ReadMark:
        case Event::Kind::ReceivedMark:
            m_writer.noteMark(m_topic, event.seq, event.kind == Event::Kind::ReadMark);
            break;
        }
    }

    /// What was answered but is not known to be here is a gap, which is fetched.
    void closeGaps(const Story &story)
    {
        for (const Event &event : story.events) {
            const bool isOwn = story.roles[size_t(event.seq - 1)] == 1;
            const bool isAnswer = event.kind == Event::Kind::Answer && isOwn;
            if (isAnswer && !m_topic->timeline().known().contains(event.seq))
                m_writer.take(m_topic, {messageOf(story, event.seq)}, Origin::Server);
        }
    }

    /// All that the person sees, and what will be asked for.
    QStringList state() const
    {
        QStringList state;
        const Timeline &timeline = m_topic->timeline();
        for (int row = 0; row < timeline.count(); ++row) {
            if (timeline.isPending(row)) {
                state.append(QStringLiteral("pending ") + timeline.pending(row).cid);
                continue;
            }
            const Message &message = timeline.message(row);
            QString line = QStringLiteral("%1 %2").arg(message.seq).arg(message.text);
            for (const Message &version : timeline.versions(row))
                line += QStringLiteral(" /") + version.text;
            for (const Reaction &reaction : timeline.folded().reactions(message.seq, kSelf))
                line += QStringLiteral(" %1x%2").arg(reaction.emoji).arg(reaction.users.size());
            state.append(line);
        }
        for (const SeqRange &range : timeline.known().ranges())
            state.append(QStringLiteral("known %1-%2").arg(range.low).arg(range.hi));
        const TopicInfo &info = m_topic->info();
        state.append(QStringLiteral("seq %1 read %2 recv %3 clear %4 unread %5")
                         .arg(info.seq)
                         .arg(info.read)
                         .arg(info.recv)
                         .arg(info.clear)
                         .arg(m_topic->unread()));
        return state;
    }

private:
    QTemporaryDir m_folder;
    QThread m_thread;
    TopicList m_topics;
    Archive m_archive;
    StoreWriter m_writer;
    Topic *m_topic = nullptr;
};

}

/// Whatever order the network makes of it, the same events lead to the same conversation.
class ConvergenceTest : public QObject
{
    Q_OBJECT

private slots:
    void anyOrderOfEventsEndsInTheSameState();
    void eventsThatComeTwiceChangeNothing();
};

void ConvergenceTest::anyOrderOfEventsEndsInTheSameState()
{
    const bool holds = rc::check("any order of events ends in the same state", [] {
        Story story = *anyStory();
        Client first;
        first.write(story);
        for (const Event &event : story.events)
            first.happen(story, event);
        first.closeGaps(story);
        std::mt19937 shuffler(*rc::gen::arbitrary<unsigned>());
        std::shuffle(story.events.begin(), story.events.end(), shuffler);
        Client second;
        second.write(story);
        for (const Event &event : story.events)
            second.happen(story, event);
        second.closeGaps(story);
        RC_ASSERT(second.state().join(u'\n').toStdString() == first.state().join(u'\n').toStdString());
    });
    QVERIFY(holds);
}

void ConvergenceTest::eventsThatComeTwiceChangeNothing()
{
    const bool holds = rc::check("events that come twice change nothing", [] {
        const Story story = *anyStory();
        Client client;
        client.write(story);
        for (const Event &event : story.events)
            client.happen(story, event);
        const QStringList once = client.state();
        for (const Event &event : story.events)
            client.happen(story, event);
        RC_ASSERT(client.state().join(u'\n').toStdString() == once.join(u'\n').toStdString());
    });
    QVERIFY(holds);
}

QTEST_GUILESS_MAIN(ConvergenceTest)
#include "tst_convergence.moc"
