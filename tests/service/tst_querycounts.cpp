#include "fakeserver.h"
#include "service/historyloader.h"
#include "store/archive/database.h"

#include <functional>

using namespace confab;

namespace {

const auto kPeer = FakeServer::kPeer;
const auto kOther = QStringLiteral("usrOtherOther1");
constexpr int kLast = 300;
// Statements, with those that begin and end a transaction:
constexpr int kPageCost = 4; // rows, their edits, what else belongs to them, what is known
constexpr int kFirstPageCost = 3; // the chat's number, names, and the rows again, with names
constexpr int kMessageCost = 9; // sender, row, note for the index, range of what is known
constexpr int kTopicCost = 3; // a row of the list of chats
constexpr int kWordCost = 8; // of the index, for a message of one new word

}

/// What a person does asks as much of the archive as it needs, and not once more. Writes that meet share
/// a transaction, so that of those only the most is known.
class QueryCountTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void aChatOpensWithOnePage();
    void aChatReadAheadIsReadOnce();
    void aChatReadAheadInVainOpensLater();
    void oneMorePageIsOnePage();
    void aJumpIsOnePage();
    void aReceivedMessageIsSavedOnce();
    void aMessageInAnotherChatIsOneRowOfTheList();
    void switchingBackAsksNothing();

private:
    void settle();
    void showPeer();
    qint64 costOfRest();
    qint64 costOf(const std::function<void()> &what);
    int rows() { return m_server->topic(kPeer)->timeline().messageCount(); }

    std::unique_ptr<FakeServer> m_server;
};

/// Two chats on disk, none in memory.
void QueryCountTest::init()
{
    m_server = std::make_unique<FakeServer>();
    m_server->start({FakeServer::chat(kPeer), FakeServer::chat(kOther)});
    m_server->open(kPeer, kLast);
    m_server->open(kOther, 60);
    settle();
    m_server->restart();
    m_server->start({FakeServer::chat(kPeer, kLast), FakeServer::chat(kOther, 60)});
    settle();
}

void QueryCountTest::cleanup()
{
    m_server.reset();
}

/// All that was asked for is done, and all words are in the search index.
void QueryCountTest::settle()
{
    QSignalSpy searched(&m_server->archive(), &Archive::searched);
    m_server->archive().search(
        SearchPlace::Account, parseSearch(QStringLiteral("nothing"), m_server->topics()));
    QTRY_COMPARE(searched.size(), 1);
    bool written = false;
    m_server->archive().afterWrites([&written] { written = true; });
    QTRY_VERIFY(written);
}

/// Of settle(), when nothing else is left to be done.
qint64 QueryCountTest::costOfRest()
{
    qint64 cost = -1;
    for (qint64 before = -2; cost != before;) {
        before = cost;
        const qint64 start = Database::statementsMade();
        settle();
        cost = Database::statementsMade() - start;
    }
    return cost;
}

/// Statements, without those of waiting for their end.
qint64 QueryCountTest::costOf(const std::function<void()> &what)
{
    const qint64 rest = costOfRest();
    const qint64 start = Database::statementsMade();
    what();
    settle();
    return Database::statementsMade() - start - rest;
}

/// As it is left by openTopic() and the first page.
void QueryCountTest::showPeer()
{
    m_server->service().openTopic(kPeer);
    QTRY_COMPARE(rows(), HistoryLoader::kPage);
    m_server->attach(m_server->nextSub(kPeer), kLast);
    QTRY_VERIFY(m_server->topic(kPeer)->isAttached());
    settle();
}

void QueryCountTest::aChatOpensWithOnePage()
{
    const qint64 cost = costOf([this] {
        m_server->service().openTopic(kPeer);
        QTRY_COMPARE(rows(), HistoryLoader::kPage);
    });
    QCOMPARE(cost, kPageCost + kFirstPageCost);
}

/// As a program starts: the page is asked for before anybody knows of the chat.
void QueryCountTest::aChatReadAheadIsReadOnce()
{
    m_server->restart();
    QSignalSpy loaded(&m_server->archive(), &Archive::pageLoaded);
    connect(&m_server->service(), &ChatService::restored, this,
        [this] { m_server->service().openTopic(kPeer); });
    m_server->service().openArchive(kPeer);
    QTRY_VERIFY(m_server->topic(kPeer));
    QTRY_COMPARE(rows(), HistoryLoader::kPage);
    QVERIFY(!m_server->topic(kPeer)->isLoading());
    settle();
    m_server->service().closeTopic(kPeer);
    m_server->service().openTopic(kPeer);
    settle();
    QCOMPARE(loaded.size(), 1);
}

void QueryCountTest::aChatReadAheadInVainOpensLater()
{
    const auto absent = QStringLiteral("usrAbsentAbsen");
    m_server->restart();
    m_server->service().openArchive(absent);
    m_server->start({FakeServer::chat(kPeer, kLast), FakeServer::chat(kOther, 60)});
    settle();
    TopicInfo info;
    info.name = absent;
    m_server->topics().add(info);
    QSignalSpy loaded(&m_server->archive(), &Archive::pageLoaded);
    m_server->service().openTopic(absent);
    QTRY_COMPARE(loaded.size(), 1);
    QTRY_VERIFY(!m_server->topic(absent)->isLoading());
}

void QueryCountTest::oneMorePageIsOnePage()
{
    showPeer();
    const Seq first = m_server->topic(kPeer)->timeline().firstSeq();
    const qint64 cost = costOf([this, first] {
        m_server->service().loadOlder(kPeer, first);
        QTRY_COMPARE(rows(), 2 * HistoryLoader::kPage);
    });
    QCOMPARE(cost, kPageCost);
}

void QueryCountTest::aJumpIsOnePage()
{
    showPeer();
    const qint64 cost = costOf([this] {
        m_server->service().loadAround(kPeer, 20);
        QTRY_VERIFY(m_server->topic(kPeer)->timeline().rowOfSeq(20) >= 0);
    });
    QCOMPARE(cost, kPageCost);
}

void QueryCountTest::aReceivedMessageIsSavedOnce()
{
    showPeer();
    const qint64 cost = costOf([this] {
        m_server->data(kPeer, kLast + 1, kPeer, QStringLiteral("new"));
        QTRY_COMPARE(m_server->topic(kPeer)->timeline().lastSeq(), kLast + 1);
        m_server->next<wire::Note>(); // that it was received
    });
    // The chat's row changes with its number and once it was received; both may go with the message.
    const int most = kMessageCost + 2 * kTopicCost + kWordCost;
    QVERIFY2(cost <= most, qPrintable(QString::number(cost)));
}

void QueryCountTest::aMessageInAnotherChatIsOneRowOfTheList()
{
    showPeer();
    const qint64 cost = costOf([this] {
        m_server->presence(QStringLiteral("me"), kOther, wire::PresKind::Message, 61);
        QTRY_COMPARE(m_server->topic(kOther)->info().seq, 61);
    });
    QVERIFY2(cost <= kTopicCost + 1, qPrintable(QString::number(cost))); // its number, once
}

void QueryCountTest::switchingBackAsksNothing()
{
    showPeer();
    m_server->service().openTopic(kOther);
    QTRY_COMPARE(m_server->topic(kOther)->timeline().messageCount(), HistoryLoader::kPage);
    m_server->attach(m_server->nextSub(kOther), 60);
    m_server->service().closeTopic(kPeer);
    settle();
    const qint64 cost = costOf([this] {
        m_server->service().openTopic(kPeer);
        m_server->service().closeTopic(kOther);
        QVERIFY(rows() >= HistoryLoader::kPage);
    });
    QCOMPARE(cost, 0);
}

QTEST_GUILESS_MAIN(QueryCountTest)
#include "tst_querycounts.moc"
