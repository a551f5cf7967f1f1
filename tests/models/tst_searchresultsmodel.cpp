#include "models/searchresultsmodel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace confab;

namespace {

const TopicName kTeam = u"grpTeam0000001"_qs;
const UserId kBob = u"usrBob00000002"_qs;

SearchQuery queryFor(const QString &word)
{
    SearchQuery query;
    query.terms = {{{word}, false}};
    return query;
}

SearchPage pageOf(const SearchQuery &query, qint64 before, Seq high, int count, qint64 next)
{
    SearchPage page;
    page.query = query;
    page.before = before;
    for (Seq seq = high; seq > high - count; --seq) {
        SearchHit hit;
        hit.topic = kTeam;
        hit.seq = seq;
        hit.from = kBob;
        hit.text = "text";
        page.hits.append(hit);
    }
    page.next = next;
    page.total = before == 0 ? 5 : -1;
    return page;
}

}

class TestSearchResultsModel : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void pagesAreAppended();
    void pagesOfOlderSearchesAreIgnored();
    void oldHitsStayUntilNewOnesCome();
    void rowsTellWhoAndWhere();
    void channelsSpeakForThemselves();

private:
    std::unique_ptr<TopicList> m_topics;
    std::unique_ptr<SearchResultsModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void TestSearchResultsModel::init()
{
    m_tester.reset();
    m_model.reset();
    m_topics = std::make_unique<TopicList>();
    TopicInfo team;
    team.name = kTeam;
    team.card.name = u"Team"_qs;
    m_topics->add(team);
    wire::Card bob;
    bob.name = u"Bob"_qs;
    m_topics->noteUser(kBob, bob);
    m_model = std::make_unique<SearchResultsModel>(*m_topics);
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
}

void TestSearchResultsModel::pagesAreAppended()
{
    QSignalSpy wanted(m_model.get(), &SearchResultsModel::pageWanted);
    const SearchQuery query = queryFor(u"tea"_qs);
    m_model->begin(query);
    QCOMPARE(wanted.size(), 1);
    QVERIFY(m_model->isSearching());
    m_model->addPage(pageOf(query, 0, 9, 3, 77));
    QCOMPARE(m_model->rowCount(), 3);
    QCOMPARE(m_model->total(), 5);
    while (wanted.size() < 2) // the tester may have asked for more already
        m_model->fetchMore({});
    QCOMPARE(wanted.last().at(1).toLongLong(), 77);
    QVERIFY(!m_model->canFetchMore({}));
    m_model->addPage(pageOf(query, 77, 6, 2, 0));
    QCOMPARE(m_model->rowCount(), 5);
    QCOMPARE(m_model->hit(4).seq, 5);
    QVERIFY(m_model->isComplete());
}

void TestSearchResultsModel::pagesOfOlderSearchesAreIgnored()
{
    m_model->begin(queryFor(u"te"_qs));
    m_model->begin(queryFor(u"tea"_qs));
    m_model->addPage(pageOf(queryFor(u"te"_qs), 0, 9, 3, 0));
    QCOMPARE(m_model->rowCount(), 0);
    QVERIFY(m_model->isSearching());
    m_model->addPage(pageOf(queryFor(u"tea"_qs), 50, 9, 3, 0));
    QCOMPARE(m_model->rowCount(), 0);
}

void TestSearchResultsModel::oldHitsStayUntilNewOnesCome()
{
    m_model->begin(queryFor(u"te"_qs));
    m_model->addPage(pageOf(queryFor(u"te"_qs), 0, 9, 3, 0));
    m_model->begin(queryFor(u"tea"_qs));
    QCOMPARE(m_model->rowCount(), 3);
    m_model->addPage(pageOf(queryFor(u"tea"_qs), 0, 4, 1, 0));
    QCOMPARE(m_model->rowCount(), 1);
    m_model->clear();
    QCOMPARE(m_model->rowCount(), 0);
    QVERIFY(m_model->query().isEmpty());
}

void TestSearchResultsModel::rowsTellWhoAndWhere()
{
    m_model->begin(queryFor(u"tea"_qs));
    SearchPage page = pageOf(queryFor(u"tea"_qs), 0, 9, 1, 0);
    m_model->addPage(page);
    const QModelIndex row = m_model->index(0);
    QCOMPARE(row.data(SearchResultsModel::TitleRole).toString(), u"Team"_qs);
    QCOMPARE(row.data(SearchResultsModel::SenderRole).toString(), u"Bob"_qs);
    const QString sentence = row.data(Qt::AccessibleTextRole).toString();
    QVERIFY(sentence.contains(u"Team") && sentence.contains(u"Bob") && sentence.contains(u"text"));
    m_topics->setSelf(kBob, {});
    QCOMPARE(row.data(SearchResultsModel::SenderRole).toString(), u"You"_qs);
    m_topics->setSelf({}, {});
    page.hits.first().topic = kBob; // the chat of two
    m_model->begin(queryFor(u"teapot"_qs));
    page.query = queryFor(u"teapot"_qs);
    m_model->addPage(page);
    QVERIFY(m_model->index(0).data(SearchResultsModel::SenderRole).toString().isEmpty());
}

void TestSearchResultsModel::channelsSpeakForThemselves()
{
    m_model->begin(queryFor(u"tea"_qs));
    SearchPage page = pageOf(queryFor(u"tea"_qs), 0, 9, 1, 0);
    page.hits.first().from.clear();
    m_model->addPage(page);
    const QModelIndex row = m_model->index(0);
    QCOMPARE(row.data(SearchResultsModel::AuthorRole).toString(), kTeam);
    QCOMPARE(row.data(SearchResultsModel::NameRole).toString(), u"Team"_qs);
    QVERIFY(row.data(SearchResultsModel::SenderRole).toString().isEmpty());
}

QTEST_GUILESS_MAIN(TestSearchResultsModel)
#include "tst_searchresultsmodel.moc"
