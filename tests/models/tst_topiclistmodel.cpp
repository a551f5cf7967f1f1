#include "models/topiclistmodel.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace confab;

namespace {

const UserId kAlice = u"usrAlice000001"_qs;
const UserId kBob = u"usrBob00000002"_qs;
const TopicName kGroup = u"grpAbc"_qs;

QDateTime at(int hour)
{
    return QDateTime(QDate(2024, 5, 1), QTime(hour, 5), Qt::UTC);
}

TopicInfo info(const TopicName &name, const QString &title)
{
    TopicInfo result;
    result.name = name;
    result.card.name = title;
    return result;
}

TopicInfo spoken(const TopicName &name, const QString &title, const UserId &from, const QString &text)
{
    TopicInfo result = info(name, title);
    result.seq = 7;
    result.read = 5;
    result.recv = 7;
    result.touched = at(14);
    result.preview = {7, from, text, at(14)};
    return result;
}

PendingMessage pending(const QString &cid, const QString &text)
{
    PendingMessage result;
    result.cid = cid;
    result.text = text;
    result.created = at(15);
    return result;
}

}

class TestTopicListModel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom)); }
    void init();
    void cleanup();

    void aChatHasItsRoles();
    void theSenderIsNamedWhereItMatters_data();
    void theSenderIsNamedWhereItMatters();
    void presenceHasMeaningForPeopleOnly();
    void aPendingMessageIsThePreview();
    void ticksOfTheOwnLastMessageFollowTheMarks();
    void onlyTheChangedRowIsTold();
    void rowsComeAndGoOneByOne();
    void aRowIsASentence();

private:
    QVariant data(int row, int role) const { return m_model->index(row).data(role); }

    std::unique_ptr<TopicList> m_topics;
    std::unique_ptr<TopicListModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestTopicListModel::init()
{
    m_topics = std::make_unique<TopicList>();
    m_topics->setSelf(kAlice, {});
    m_model = std::make_unique<TopicListModel>(*m_topics);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void TestTopicListModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_topics.reset();
}

void TestTopicListModel::aChatHasItsRoles()
{
    TopicInfo chat = spoken(kBob, u"Bob"_qs, kBob, u"see\nyou"_qs);
    chat.pinned = true;
    chat.muted = true;
    Topic *topic = m_topics->add(chat);
    topic->setTyping(kBob, true);
    topic->setDraft({u"Dear"_qs});
    QCOMPARE(data(0, TopicListModel::NameRole).toString(), kBob);
    QCOMPARE(data(0, TopicListModel::KindRole).value<wire::TopicKind>(), wire::TopicKind::Direct);
    QCOMPARE(data(0, TopicListModel::TitleRole).toString(), u"Bob"_qs);
    QCOMPARE(data(0, Qt::DisplayRole).toString(), u"Bob"_qs);
    QCOMPARE(data(0, TopicListModel::PreviewRole).toString(), u"see you"_qs);
    QCOMPARE(data(0, TopicListModel::TimeRole).toDateTime(), at(14));
    QCOMPARE(data(0, TopicListModel::UnreadRole).toInt(), 2);
    QCOMPARE(data(0, TopicListModel::TypingRole).toBool(), true);
    QCOMPARE(data(0, TopicListModel::DraftRole).toString(), u"Dear"_qs);
    QCOMPARE(data(0, TopicListModel::DeliveryRole).value<Delivery>(), Delivery::None);
    QCOMPARE(data(0, TopicListModel::FailedRole).toBool(), false);
    QCOMPARE(data(0, TopicListModel::MutedRole).toBool(), true);
    QCOMPARE(data(0, TopicListModel::PinnedRole).toBool(), true);
}

void TestTopicListModel::theSenderIsNamedWhereItMatters_data()
{
    QTest::addColumn<TopicInfo>("info");
    QTest::addColumn<QString>("prefix");
    QTest::newRow("own") << spoken(kBob, u"Bob"_qs, kAlice, u"x"_qs) << u"You"_qs;
    QTest::newRow("the other of two") << spoken(kBob, u"Bob"_qs, kBob, u"x"_qs) << QString();
    QTest::newRow("one of a group") << spoken(kGroup, u"Group"_qs, kBob, u"x"_qs) << u"Bobby"_qs;
    QTest::newRow("own in a group") << spoken(kGroup, u"Group"_qs, kAlice, u"x"_qs) << u"You"_qs;
    QTest::newRow("a note to oneself") << spoken(u"slf"_qs, {}, kAlice, u"x"_qs) << QString();
    QTest::newRow("nothing said yet") << info(kGroup, u"Group"_qs) << QString();
}

void TestTopicListModel::theSenderIsNamedWhereItMatters()
{
    QFETCH(TopicInfo, info);
    wire::Card card;
    card.name = u"Bobby"_qs;
    m_topics->noteUser(kBob, card);
    m_topics->add(info);
    QTEST(data(0, TopicListModel::PreviewPrefixRole).toString(), "prefix");
}

void TestTopicListModel::presenceHasMeaningForPeopleOnly()
{
    m_topics->add(info(kBob, u"Bob"_qs))->setOnline(true);
    m_topics->add(info(kGroup, u"Group"_qs))->setOnline(true);
    QCOMPARE(data(0, TopicListModel::OnlineRole).toBool(), true);
    QCOMPARE(data(1, TopicListModel::OnlineRole).toBool(), false);
}

void TestTopicListModel::aPendingMessageIsThePreview()
{
    Topic *topic = m_topics->add(spoken(kBob, u"Bob"_qs, kBob, u"see you"_qs));
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    topic->timeline().addPending(pending(u"a"_qs, u"on my way"_qs));
    QCOMPARE(changed.size(), 1);
    QCOMPARE(data(0, TopicListModel::PreviewRole).toString(), u"on my way"_qs);
    QCOMPARE(data(0, TopicListModel::PreviewPrefixRole).toString(), u"You"_qs);
    QCOMPARE(data(0, TopicListModel::DeliveryRole).value<Delivery>(), Delivery::Queued);
    QCOMPARE(data(0, TopicListModel::TimeRole).toDateTime(), at(15));
    topic->timeline().setPendingState(u"a"_qs, Delivery::Failed, StuckReason::TooLarge, u"Too long."_qs);
    QCOMPARE(data(0, TopicListModel::FailedRole).toBool(), true);
    topic->timeline().removePending(u"a"_qs);
    QCOMPARE(data(0, TopicListModel::PreviewRole).toString(), u"see you"_qs);
}

void TestTopicListModel::ticksOfTheOwnLastMessageFollowTheMarks()
{
    Topic *topic = m_topics->add(spoken(kBob, u"Bob"_qs, kAlice, u"see you"_qs));
    QCOMPARE(data(0, TopicListModel::DeliveryRole).value<Delivery>(), Delivery::Sent);
    Member bob;
    bob.user = kBob;
    topic->setMember(bob);
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    bob.recv = 7;
    topic->setMember(bob);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(data(0, TopicListModel::DeliveryRole).value<Delivery>(), Delivery::Received);
}

void TestTopicListModel::onlyTheChangedRowIsTold()
{
    m_topics->add(info(kBob, u"Bob"_qs));
    Topic *group = m_topics->add(info(kGroup, u"Group"_qs));
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    group->setDraft({u"Dear"_qs});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex().row(), 1);
    QCOMPARE(changed.first().at(1).toModelIndex().row(), 1);
}

void TestTopicListModel::rowsComeAndGoOneByOne()
{
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    m_topics->add(info(kBob, u"Bob"_qs));
    m_topics->add(info(kGroup, u"Group"_qs));
    QCOMPARE(m_model->rowCount(), 2);
    m_topics->remove(kBob);
    QCOMPARE(m_model->rowCount(), 1);
    QCOMPARE(data(0, TopicListModel::NameRole).toString(), kGroup);
    m_topics->rename(kGroup, u"grpOther"_qs);
    QCOMPARE(data(0, TopicListModel::NameRole).toString(), u"grpOther"_qs);
    QCOMPARE(reset.size(), 0);
}

void TestTopicListModel::aRowIsASentence()
{
    Topic *topic = m_topics->add(spoken(kBob, u"Bob"_qs, kAlice, u"see you"_qs));
    topic->setOnline(true);
    QCOMPARE(data(0, Qt::AccessibleTextRole).toString(),
             u"Bob, online, 2 unread, You: see you, sent, 14:05"_qs);
    topic->setDraft({u"Dear"_qs});
    QVERIFY(data(0, Qt::AccessibleTextRole).toString().contains(u"draft: Dear"));
    topic->setTyping(kBob, true);
    QVERIFY(data(0, Qt::AccessibleTextRole).toString().contains(u"typing"));
}

QTEST_GUILESS_MAIN(TestTopicListModel)
#include "tst_topiclistmodel.moc"
