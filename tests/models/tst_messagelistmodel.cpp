#include "models/messagelistmodel.h"

#include "store/topiclist.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace confab;

namespace {

const UserId kAlice = u"usrAlice000001"_qs;
const UserId kBob = u"usrBob00000002"_qs;

Message message(Seq seq, const QString &text, const UserId &from)
{
    Message result;
    result.seq = seq;
    result.from = from;
    result.text = text;
    result.ts = QDateTime(QDate(2024, 5, 1), QTime(14, 5), Qt::UTC);
    return result;
}

PendingMessage pending(const QString &cid)
{
    PendingMessage result;
    result.cid = cid;
    result.text = u"waiting"_qs;
    result.created = QDateTime(QDate(2024, 5, 1), QTime(14, 6), Qt::UTC);
    return result;
}

TopicInfo info(const TopicName &name, const QString &title)
{
    TopicInfo result;
    result.name = name;
    result.card.name = title;
    return result;
}

Member reader(Seq read)
{
    Member result;
    result.user = kBob;
    result.read = read;
    result.recv = read;
    return result;
}

}

class TestMessageListModel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void init();
    void cleanup();

    void aReceivedMessageHasItsRoles();
    void aPendingMessageHasItsRoles();
    void everyRowIsASentence();
    void channelsSpeakForThemselves();
    void theModelFollowsAnyChange_data();
    void theModelFollowsAnyChange();
    void nothingIsResetButByChangingTheTopic();
    void newMarksTouchOnlyTheTicksThatMayDiffer();
    void aNewNameTouchesTheRowsOfItsOwner();
    void aRemovedTopicLeavesAnEmptyModel();
    void theTopicBeforeIsNotHeardAnyMore();

private:
    QVariant data(int row, int role) const { return m_model->index(row).data(role); }

    std::unique_ptr<TopicList> m_topics;
    std::unique_ptr<MessageListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    Topic *m_topic = nullptr;
};

void TestMessageListModel::init()
{
    m_topics = std::make_unique<TopicList>();
    wire::Card card;
    card.name = u"Alice"_qs;
    m_topics->setSelf(kAlice, card);
    m_topic = m_topics->add(info(kBob, u"Bob"_qs));
    m_model = std::make_unique<MessageListModel>(*m_topics);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_model->setTopic(m_topic);
}

void TestMessageListModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_topics.reset();
}

void TestMessageListModel::aReceivedMessageHasItsRoles()
{
    m_topic->timeline().insert({message(4, u"hello"_qs, kBob)});
    QCOMPARE(data(0, MessageListModel::SeqRole).toInt(), 4);
    QCOMPARE(data(0, MessageListModel::FromRole).toString(), kBob);
    QCOMPARE(data(0, MessageListModel::SenderRole).toString(), u"Bob"_qs);
    QCOMPARE(data(0, MessageListModel::TextRole).toString(), u"hello"_qs);
    QCOMPARE(data(0, Qt::DisplayRole).toString(), u"hello"_qs);
    QCOMPARE(data(0, MessageListModel::TimeRole).toDateTime(), message(4, {}, {}).ts);
    QCOMPARE(data(0, MessageListModel::OwnRole).toBool(), false);
    QCOMPARE(data(0, MessageListModel::DeliveryRole).value<Delivery>(), Delivery::None);
    QCOMPARE(data(0, MessageListModel::EditedRole).toBool(), false);
}

void TestMessageListModel::aPendingMessageHasItsRoles()
{
    m_topic->timeline().addPending(pending(u"a"_qs));
    m_topic->timeline().setPendingState(u"a"_qs, Delivery::Failed, StuckReason::TooLarge, u"Too long."_qs);
    QCOMPARE(data(0, MessageListModel::SeqRole).toInt(), 0);
    QCOMPARE(data(0, MessageListModel::CidRole).toString(), u"a"_qs);
    QCOMPARE(data(0, MessageListModel::FromRole).toString(), kAlice);
    QCOMPARE(data(0, MessageListModel::SenderRole).toString(), u"Alice"_qs);
    QCOMPARE(data(0, MessageListModel::OwnRole).toBool(), true);
    QCOMPARE(data(0, MessageListModel::DeliveryRole).value<Delivery>(), Delivery::Failed);
    QCOMPARE(data(0, MessageListModel::ErrorRole).toString(), u"Too long."_qs);
}

void TestMessageListModel::everyRowIsASentence()
{
    m_topic->setMember(reader(2));
    m_topic->timeline().insert({message(1, u"hello"_qs, kBob), message(2, u"hi"_qs, kAlice)});
    m_topic->timeline().addPending(pending(u"a"_qs));
    QCOMPARE(data(0, Qt::AccessibleTextRole).toString(), u"Bob, 14:05: hello"_qs);
    QCOMPARE(data(1, Qt::AccessibleTextRole).toString(), u"You, 14:05: hi, read"_qs);
    QCOMPARE(data(2, Qt::AccessibleTextRole).toString(),
             u"You, 14:06: waiting, waiting to be sent"_qs);
}

void TestMessageListModel::channelsSpeakForThemselves()
{
    Topic *channel = m_topics->add(info(u"chnNews"_qs, u"News"_qs));
    m_model->setTopic(channel);
    channel->timeline().insert({message(1, u"rain"_qs, {})});
    QCOMPARE(data(0, MessageListModel::SenderRole).toString(), u"News"_qs);
    QCOMPARE(data(0, MessageListModel::OwnRole).toBool(), false);
}

void TestMessageListModel::theModelFollowsAnyChange_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestMessageListModel::theModelFollowsAnyChange()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    Timeline &timeline = m_topic->timeline();
    const auto cid = [&random] { return QString::number(random.bounded(6)); };
    for (int step = 0; step < 60; ++step) {
        const Seq seq = random.bounded(1, 20);
        switch (random.bounded(5)) {
        case 0:
            timeline.addPending(pending(cid()));
            break;
        case 1:
            timeline.acknowledge(cid(), message(seq, u"mine"_qs, kAlice));
            break;
        case 2:
            timeline.removeDeleted({{seq, seq + 2}});
            break;
        case 3:
            timeline.setPendingState(cid(), Delivery::Sending);
            break;
        default:
            timeline.insert({message(seq, u"x"_qs, kBob), message(seq + 1, u"y"_qs, kAlice)});
            break;
        }
        QCOMPARE(m_model->rowCount(), timeline.count());
    }
}

void TestMessageListModel::nothingIsResetButByChangingTheTopic()
{
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    m_topic->timeline().insert({message(1, u"a"_qs, kBob)});
    m_topic->timeline().clear();
    m_model->setTopic(m_topic);
    QCOMPARE(reset.size(), 0);
    m_model->setTopic(nullptr);
    QCOMPARE(reset.size(), 1);
    QCOMPARE(m_model->rowCount(), 0);
}

void TestMessageListModel::newMarksTouchOnlyTheTicksThatMayDiffer()
{
    m_topic->timeline().insert({message(1, u"a"_qs, kAlice), message(2, u"b"_qs, kAlice),
                                message(3, u"c"_qs, kBob), message(4, u"d"_qs, kAlice),
                                message(5, u"e"_qs, kBob)});
    m_topic->setMember(reader(1));
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_topic->setMember(reader(2));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex().row(), 1);
    QCOMPARE(changed.first().at(1).toModelIndex().row(), 3);
    QVERIFY(changed.first().at(2).value<QList<int>>().contains(MessageListModel::DeliveryRole));
    QCOMPARE(data(1, MessageListModel::DeliveryRole).value<Delivery>(), Delivery::Read);
    QCOMPARE(data(3, MessageListModel::DeliveryRole).value<Delivery>(), Delivery::Sent);
}

void TestMessageListModel::aNewNameTouchesTheRowsOfItsOwner()
{
    Topic *group = m_topics->add(info(u"grpAbc"_qs, u"Group"_qs));
    m_model->setTopic(group);
    const UserId carol = u"usrCarol000003"_qs;
    group->timeline().insert({message(1, u"a"_qs, kAlice), message(2, u"b"_qs, carol)});
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    wire::Card card;
    card.name = u"Carol"_qs;
    m_topics->noteUser(carol, card);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex().row(), 1);
    QCOMPARE(data(1, MessageListModel::SenderRole).toString(), u"Carol"_qs);
    m_topics->noteUser(u"usrDave0000004"_qs, card);
    QCOMPARE(changed.size(), 1);
}

void TestMessageListModel::aRemovedTopicLeavesAnEmptyModel()
{
    m_topic->timeline().insert({message(1, u"a"_qs, kBob)});
    m_topics->remove(kBob);
    QCOMPARE(m_model->rowCount(), 0);
    QCOMPARE(m_model->topic(), nullptr);
}

void TestMessageListModel::theTopicBeforeIsNotHeardAnyMore()
{
    m_model->setTopic(m_topics->add(info(u"grpAbc"_qs, u"Group"_qs)));
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    m_topic->timeline().insert({message(1, u"a"_qs, kBob)});
    QCOMPARE(inserted.size(), 0);
}

QTEST_GUILESS_MAIN(TestMessageListModel)
#include "tst_messagelistmodel.moc"
