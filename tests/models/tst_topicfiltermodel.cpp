#include "models/topicfiltermodel.h"
#include "models/topiclistmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace confab;

namespace {

constexpr int kChats = 5000;

/// Every signal by which a model tells that its rows are others.
struct Told {
    explicit Told(const QAbstractItemModel *model)
        : reset(model, &QAbstractItemModel::modelReset)
        , inserted(model, &QAbstractItemModel::rowsInserted)
        , removed(model, &QAbstractItemModel::rowsRemoved)
        , moved(model, &QAbstractItemModel::rowsMoved)
        , rearranged(model, &QAbstractItemModel::layoutChanged)
        , changed(model, &QAbstractItemModel::dataChanged)
    {
    }

    /// "1 moved, 1 changed": what there was, in this order.
    QString counts() const
    {
        QStringList words;
        const auto add = [&words](const QSignalSpy &spy, const char *name) {
            if (!spy.isEmpty())
                words += QStringLiteral("%1 %2").arg(spy.size()).arg(QLatin1String(name));
        };
        add(reset, "reset");
        add(inserted, "inserted");
        add(removed, "removed");
        add(moved, "moved");
        add(rearranged, "rearranged");
        add(changed, "changed");
        return words.join(QStringLiteral(", "));
    }

    QSignalSpy reset;
    QSignalSpy inserted;
    QSignalSpy removed;
    QSignalSpy moved;
    QSignalSpy rearranged;
    QSignalSpy changed;
};

TopicInfo info(const TopicName &name, const QString &title, int hour, bool pinned = false)
{
    TopicInfo result;
    result.name = name;
    result.card.name = title;
    result.pinned = pinned;
    if (hour > 0)
        result.touched = QDateTime(QDate(2024, 5, 1), QTime(hour, 0), Qt::UTC);
    return result;
}

}

class TestTopicFilterModel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void pinnedChatsComeFirstThenTheLatest();
    void aNewMessageMovesItsChatUp();
    void filterWordsBeginWordsOfTheTitle_data();
    void filterWordsBeginWordsOfTheTitle();
    void tabsShowTheirKind();
    void theOpenChatStaysUntilItIsLeft();
    void rowsKeepTheirPlacesWhileFrozen();
    void oneChangeAmongThousandsMovesOneRow();
    void titlesAreLookedAtOnceNotAtEveryKey();
    void aKeyIsOneChangeHoweverManyRowsComeAndGo();
    void aChangedChatIsOneSignal_data();
    void aChangedChatIsOneSignal();
    void rowsThatStayAreStillKnownAfterAKey();
    void whatComesWhileFrozenComesLast();
    void aChangeOfAllChatsIsToldOnce();
    void chatsThatGoLeaveTheOthersRight();

private:
    QStringList shown() const;
    void addThousands();

    std::unique_ptr<TopicList> m_topics;
    std::unique_ptr<TopicListModel> m_source;
    std::unique_ptr<TopicFilterModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestTopicFilterModel::init()
{
    m_topics = std::make_unique<TopicList>();
    m_source = std::make_unique<TopicListModel>(*m_topics);
    m_model = std::make_unique<TopicFilterModel>();
    m_model->setSourceModel(m_source.get());
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void TestTopicFilterModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_source.reset();
    m_topics.reset();
}

QStringList TestTopicFilterModel::shown() const
{
    QStringList titles;
    for (int row = 0; row < m_model->rowCount(); ++row)
        titles.append(m_model->index(row, 0).data().toString());
    return titles;
}

void TestTopicFilterModel::pinnedChatsComeFirstThenTheLatest()
{
    m_topics->add(info(u"usrA"_qs, u"early"_qs, 8));
    m_topics->add(info(u"usrB"_qs, u"late"_qs, 20));
    m_topics->add(info(u"usrC"_qs, u"never b"_qs, 0));
    m_topics->add(info(u"usrD"_qs, u"never a"_qs, 0));
    m_topics->add(info(u"usrE"_qs, u"pinned"_qs, 1, true));
    QCOMPARE(shown(), (QStringList{u"pinned"_qs, u"late"_qs, u"early"_qs, u"never a"_qs, u"never b"_qs}));
}

void TestTopicFilterModel::aNewMessageMovesItsChatUp()
{
    Topic *first = m_topics->add(info(u"usrA"_qs, u"A"_qs, 8));
    m_topics->add(info(u"usrB"_qs, u"B"_qs, 9));
    QCOMPARE(shown(), (QStringList{u"B"_qs, u"A"_qs}));
    first->setInfo(info(u"usrA"_qs, u"A"_qs, 10));
    QCOMPARE(shown(), (QStringList{u"A"_qs, u"B"_qs}));
}

void TestTopicFilterModel::filterWordsBeginWordsOfTheTitle_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("matches");
    QTest::newRow("nothing typed") << u"Zoë Example"_qs << u"  "_qs << true;
    QTest::newRow("start of the first word") << u"Zoë Example"_qs << u"zo"_qs << true;
    QTest::newRow("start of a later word") << u"Zoë Example"_qs << u"EXA"_qs << true;
    QTest::newRow("inside a word") << u"Zoë Example"_qs << u"ample"_qs << false;
    QTest::newRow("without diacritics") << u"Zoë Example"_qs << u"zoe"_qs << true;
    QTest::newRow("with diacritics") << u"Zoe Example"_qs << u"ZOË"_qs << true;
    QTest::newRow("all words, in any order") << u"Zoë Example"_qs << u"ex zo"_qs << true;
    QTest::newRow("one word too many") << u"Zoë Example"_qs << u"zo bob"_qs << false;
    QTest::newRow("the id") << u"Zoë Example"_qs << u"usrAb_c"_qs << true;
    QTest::newRow("letters beyond the first plane") << u"𝒵 x"_qs << u"z"_qs << true;
}

void TestTopicFilterModel::filterWordsBeginWordsOfTheTitle()
{
    QFETCH(QString, title);
    QFETCH(QString, text);
    m_topics->add(info(u"usrAb_cd"_qs, title, 8));
    m_model->setText(text);
    QTEST(m_model->rowCount() == 1, "matches");
    m_model->setText({});
    QCOMPARE(m_model->rowCount(), 1);
}

void TestTopicFilterModel::tabsShowTheirKind()
{
    TopicInfo unread = info(u"usrA"_qs, u"unread"_qs, 8);
    unread.seq = 3;
    m_topics->add(unread);
    m_topics->add(info(u"grpB"_qs, u"group"_qs, 7));
    m_topics->add(info(u"chnC"_qs, u"channel"_qs, 6));
    m_model->setTab(TopicFilterModel::Tab::Unread);
    QCOMPARE(shown(), QStringList{u"unread"_qs});
    m_model->setTab(TopicFilterModel::Tab::Groups);
    QCOMPARE(shown(), (QStringList{u"group"_qs, u"channel"_qs}));
    m_model->setTab(TopicFilterModel::Tab::All);
    QCOMPARE(m_model->rowCount(), 3);
}

void TestTopicFilterModel::theOpenChatStaysUntilItIsLeft()
{
    TopicInfo unread = info(u"usrA"_qs, u"A"_qs, 8);
    unread.seq = 3;
    Topic *topic = m_topics->add(unread);
    m_model->setTab(TopicFilterModel::Tab::Unread);
    m_model->setKept(u"usrA"_qs);
    unread.read = 3;
    topic->setInfo(unread);
    QCOMPARE(shown(), QStringList{u"A"_qs});
    m_model->setText(u"nobody"_qs);
    QVERIFY(shown().isEmpty());
    m_model->setText({});
    m_model->setKept({});
    QVERIFY(shown().isEmpty());
}

void TestTopicFilterModel::rowsKeepTheirPlacesWhileFrozen()
{
    for (int hour = 1; hour <= 4; ++hour)
        m_topics->add(info(QStringLiteral("grp%1").arg(hour), QStringLiteral("Chat %1").arg(hour), hour));
    const QStringList before = shown();
    m_model->setFrozen(true);
    m_topics->find(QStringLiteral("grp1"))->setInfo(info(QStringLiteral("grp1"), QStringLiteral("Chat 1"), 9));
    QCOMPARE(shown(), before);
    m_model->setFrozen(false);
    QCOMPARE(shown().first(), QStringLiteral("Chat 1"));
}

void TestTopicFilterModel::addThousands()
{
    m_tester.reset(); // looks at every row
    for (int i = 0; i < kChats; ++i)
        m_topics->add(info(QStringLiteral("grp%1").arg(i), QStringLiteral("Chat %1").arg(i), 1 + i % 5));
}

void TestTopicFilterModel::oneChangeAmongThousandsMovesOneRow()
{
    addThousands();
    QCOMPARE(m_model->rowCount(), kChats);
    const Told told(m_model.get());
    m_topics->find(QStringLiteral("grp77"))->setInfo(info(QStringLiteral("grp77"), QStringLiteral("Chat 77"), 23));
    QCOMPARE(m_model->index(0, 0).data(TopicListModel::NameRole).toString(), QStringLiteral("grp77"));
    QCOMPARE(told.counts(), QStringLiteral("1 moved, 1 changed"));
}

void TestTopicFilterModel::titlesAreLookedAtOnceNotAtEveryKey()
{
    struct Counting : TopicListModel {
        using TopicListModel::TopicListModel;
        QVariant data(const QModelIndex &index, int role) const override
        {
            titles += role == TitleRole ? 1 : 0;
            return TopicListModel::data(index, role);
        }
        mutable int titles = 0;
    };
    Counting source(*m_topics);
    constexpr int kChats = 200;
    for (int i = 0; i < kChats; ++i)
        m_topics->add(info(QStringLiteral("grp%1").arg(i), QStringLiteral("Chat %1").arg(i), 1 + i % 23));
    m_tester.reset();
    m_model->setSourceModel(&source);
    m_model->setText(QStringLiteral("c"));
    source.titles = 0;
    m_model->setText(QStringLiteral("chat 1"));
    QVERIFY(m_model->rowCount() > 50);
    QCOMPARE(source.titles, 0);
    m_topics->find(QStringLiteral("grp7"))->setInfo(info(QStringLiteral("grp7"), QStringLiteral("Chat 1x"), 5));
    QVERIFY(shown().contains(QStringLiteral("Chat 1x"))); // a new title is looked at
    m_model->setSourceModel(m_source.get());
}

void TestTopicFilterModel::aKeyIsOneChangeHoweverManyRowsComeAndGo()
{
    addThousands();
    const QString word = QStringLiteral("chat 77");
    for (qsizetype length = 1; length <= word.size(); ++length) {
        const Told told(m_model.get());
        m_model->setText(word.left(length));
        // The first four letters, and the blank, leave every chat listed.
        QCOMPARE(told.counts(), length <= 5 ? QString() : QStringLiteral("1 rearranged"));
    }
    QCOMPARE(m_model->rowCount(), 11); // 77, 770 to 779
    const Told told(m_model.get());
    m_model->setText({});
    QCOMPARE(told.counts(), QStringLiteral("1 rearranged"));
    QCOMPARE(m_model->rowCount(), kChats);
}

void TestTopicFilterModel::aChangedChatIsOneSignal_data()
{
    QTest::addColumn<QString>("title");
    QTest::addColumn<int>("hour");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("signals");
    QTest::newRow("stays in its place") << u"Chat x"_qs << 2 << QString() << u"1 changed"_qs;
    QTest::newRow("goes up") << u"Chat 2"_qs << 9 << QString() << u"1 moved, 1 changed"_qs;
    QTest::newRow("no longer matches") << u"Other"_qs << 2 << u"chat"_qs << u"1 removed"_qs;
    QTest::newRow("matches now") << u"Other"_qs << 2 << u"other"_qs << u"1 inserted"_qs;
    QTest::newRow("does not match before and after") << u"Chat y"_qs << 2 << u"other"_qs << QString();
}

void TestTopicFilterModel::aChangedChatIsOneSignal()
{
    QFETCH(QString, title);
    QFETCH(int, hour);
    QFETCH(QString, text);
    for (int i = 1; i <= 4; ++i)
        m_topics->add(info(QStringLiteral("grp%1").arg(i), QStringLiteral("Chat %1").arg(i), i));
    m_model->setText(text);
    const Told told(m_model.get());
    m_topics->find(QStringLiteral("grp2"))->setInfo(info(QStringLiteral("grp2"), title, hour));
    QTEST(told.counts(), "signals");
}

void TestTopicFilterModel::rowsThatStayAreStillKnownAfterAKey()
{
    for (int i = 1; i <= 9; ++i)
        m_topics->add(info(QStringLiteral("grp%1").arg(i), QStringLiteral("Chat %1").arg(i % 2), i));
    const auto nameOf = [](const QModelIndex &index) {
        return index.data(TopicListModel::NameRole).toString();
    };
    const QPersistentModelIndex stays = m_model->index(4, 0);
    const QPersistentModelIndex goes = m_model->index(5, 0);
    const QString name = nameOf(stays);
    QCOMPARE(name, QStringLiteral("grp5"));
    m_model->setText(QStringLiteral("chat 1"));
    QCOMPARE(stays.row(), 2);
    QCOMPARE(nameOf(stays), name);
    QVERIFY(!goes.isValid());
    m_model->setText({});
    QCOMPARE(stays.row(), 4);
    m_topics->find(name)->setInfo(info(name, QStringLiteral("Chat 1"), 20));
    QCOMPARE(stays.row(), 0);
    QCOMPARE(nameOf(stays), name);
}

void TestTopicFilterModel::whatComesWhileFrozenComesLast()
{
    m_topics->add(info(u"grpA"_qs, u"A"_qs, 8));
    m_topics->add(info(u"grpB"_qs, u"B"_qs, 9));
    m_model->setFrozen(true);
    m_topics->add(info(u"grpC"_qs, u"C"_qs, 10));
    QCOMPARE(shown(), (QStringList{u"B"_qs, u"A"_qs, u"C"_qs}));
    const Told told(m_model.get());
    m_model->setFrozen(false);
    QCOMPARE(shown(), (QStringList{u"C"_qs, u"B"_qs, u"A"_qs}));
    QCOMPARE(told.counts(), QStringLiteral("1 rearranged"));
}

void TestTopicFilterModel::aChangeOfAllChatsIsToldOnce()
{
    for (int i = 1; i <= 4; ++i)
        m_topics->add(info(QStringLiteral("grp%1").arg(i), QStringLiteral("Chat %1").arg(i), i));
    const Told told(m_model.get());
    m_topics->setSelf(u"usrMe"_qs, {});
    QCOMPARE(told.counts(), QStringLiteral("1 changed"));
    QCOMPARE(told.changed.first().at(1).toModelIndex().row(), 3);
}

void TestTopicFilterModel::chatsThatGoLeaveTheOthersRight()
{
    for (int i = 1; i <= 5; ++i)
        m_topics->add(info(QStringLiteral("grp%1").arg(i), QStringLiteral("Chat %1").arg(i), i));
    m_topics->remove(u"grp2"_qs);
    QCOMPARE(shown(), (QStringList{u"Chat 5"_qs, u"Chat 4"_qs, u"Chat 3"_qs, u"Chat 1"_qs}));
    m_model->setText(u"4"_qs);
    m_topics->remove(u"grp1"_qs);
    QCOMPARE(shown(), QStringList{u"Chat 4"_qs});
    m_model->setText({});
    QCOMPARE(shown(), (QStringList{u"Chat 5"_qs, u"Chat 4"_qs, u"Chat 3"_qs}));
}

QTEST_GUILESS_MAIN(TestTopicFilterModel)
#include "tst_topicfiltermodel.moc"
