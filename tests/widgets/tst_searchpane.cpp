#include "stallgate.h"
#include "widgets/search/findbar.h"
#include "widgets/search/searchpane.h"
#include "widgets/textblock.h"

#include "models/searchresultsmodel.h"

#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QSignalSpy>
#include <QTest>

using namespace confab;

namespace {

const TopicName kTeam = QStringLiteral("grpTeam0000001");

SearchPage pageFor(const SearchQuery &query, const QList<Seq> &seqs)
{
    SearchPage page;
    page.query = query;
    for (const Seq seq : seqs) {
        SearchHit hit;
        hit.topic = kTeam;
        hit.seq = seq;
        hit.from = QStringLiteral("usrBob00000002");
        hit.ts = QDateTime::currentDateTimeUtc();
        hit.text = "some tea";
        page.hits.append(hit);
    }
    page.total = int(page.hits.size());
    return page;
}

}

class TestSearchPane : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void typingSearchesAndEnterOpensTheFirstHit();
    void theKeyboardReachesEveryHit();
    void anEmptySearchSaysWhatToDoAndNoHitSaysSo();
    void filtersAreAddedToWhatWasTyped();
    void aCutTextEndsWithAnEllipsis();
    void escapeCloses();
    void theBarWalksThroughTheHitsOfAChat();

private:
    QLineEdit *field(const char *name) { return m_window->findChild<QLineEdit *>(QLatin1String(name)); }
    QString label(const char *name)
    {
        return m_window->findChild<QLabel *>(QLatin1String(name))->text();
    }

    Theme m_theme;
    std::unique_ptr<TopicList> m_topics;
    std::unique_ptr<SearchResultsModel> m_model;
    std::unique_ptr<QWidget> m_window;
};

void TestSearchPane::init()
{
    m_window.reset();
    m_model.reset();
    m_topics = std::make_unique<TopicList>();
    TopicInfo team;
    team.name = kTeam;
    team.card.name = QStringLiteral("The \"Team\"");
    m_topics->add(team);
    m_model = std::make_unique<SearchResultsModel>(*m_topics);
    m_window = std::make_unique<QWidget>();
    m_window->resize(360, 600);
}

void TestSearchPane::typingSearchesAndEnterOpensTheFirstHit()
{
    SearchPane pane(m_theme, m_window.get());
    pane.setModel(m_topics.get(), m_model.get());
    QSignalSpy wanted(m_model.get(), &SearchResultsModel::pageWanted);
    QSignalSpy chosen(&pane, &SearchPane::hitChosen);
    QTest::keyClicks(field("searchField"), QStringLiteral("tea"));
    QCOMPARE(wanted.size(), 3);
    QTest::keyClick(field("searchField"), Qt::Key_Return);
    QCOMPARE(chosen.size(), 0);
    m_model->addPage(pageFor(m_model->query(), {9, 7}));
    QCOMPARE(label("searchCount"), QStringLiteral("2 messages"));
    QTest::keyClick(field("searchField"), Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().at(0).toString(), kTeam);
    QCOMPARE(chosen.first().at(1).toInt(), 9);
}

void TestSearchPane::theKeyboardReachesEveryHit()
{
    SearchPane pane(m_theme, m_window.get());
    pane.setModel(m_topics.get(), m_model.get());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    pane.setText(QStringLiteral("tea"));
    m_model->addPage(pageFor(m_model->query(), {9, 7, 5}));
    QSignalSpy chosen(&pane, &SearchPane::hitChosen);
    pane.focusField();
    auto *view = m_window->findChild<QListView *>(QStringLiteral("searchResults"));
    QTest::keyClick(field("searchField"), Qt::Key_Down);
    QTRY_VERIFY(view->hasFocus());
    QTest::keyClick(view, Qt::Key_Down);
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().at(1).toInt(), 7);
    QTest::keyClick(view, Qt::Key_Up);
    QTest::keyClick(view, Qt::Key_Up);
    QTRY_VERIFY(field("searchField")->hasFocus());
}

void TestSearchPane::anEmptySearchSaysWhatToDoAndNoHitSaysSo()
{
    SearchPane pane(m_theme, m_window.get());
    pane.setModel(m_topics.get(), m_model.get());
    QVERIFY(label("searchNote").contains(u"exact phrase"));
    pane.setText(QStringLiteral("tea"));
    m_model->addPage(pageFor(m_model->query(), {}));
    QVERIFY(label("searchNote").contains(u"No message found"));
}

void TestSearchPane::filtersAreAddedToWhatWasTyped()
{
    SearchPane pane(m_theme, m_window.get());
    pane.setModel(m_topics.get(), m_model.get());
    pane.setText(QStringLiteral("tea"));
    pane.setOpenTopic(kTeam);
    QTest::mouseClick(m_window->findChild<QWidget *>(QStringLiteral("filter_in")), Qt::LeftButton);
    QCOMPARE(pane.text(), QStringLiteral("tea in:\"The Team\" "));
    QTest::mouseClick(m_window->findChild<QWidget *>(QStringLiteral("filter_from")), Qt::LeftButton);
    QVERIFY(pane.text().endsWith(u"from:"));
}

void TestSearchPane::aCutTextEndsWithAnEllipsis()
{
    const QFont font = m_theme.font(TextStyle::Small);
    const QString words = QStringLiteral("some tea and ").repeated(20);
    const QString cut = fittedText(words, font, 240, 2);
    QVERIFY(cut.endsWith(u'…'));
    QVERIFY(cut.size() > 40 && cut.size() < words.size());
    QCOMPARE(fittedText(cut, font, 240, 2), cut); // which fits
    QCOMPARE(fittedText(QStringLiteral("some tea"), font, 240, 2), QStringLiteral("some tea"));
    QVERIFY(fittedText(QString(500, u'w'), font, 240, 2).endsWith(u'…'));
    QCOMPARE(fittedText({}, font, 240, 2), QString());
}

void TestSearchPane::escapeCloses()
{
    SearchPane pane(m_theme, m_window.get());
    QSignalSpy closed(&pane, &SearchPane::closed);
    QTest::keyClick(field("searchField"), Qt::Key_Escape);
    QCOMPARE(closed.size(), 1);
}

void TestSearchPane::theBarWalksThroughTheHitsOfAChat()
{
    FindBar bar(m_theme, m_window.get());
    bar.setModel(m_topics.get(), m_model.get());
    bar.setTopic(kTeam);
    QSignalSpy shown(&bar, &FindBar::hitShown);
    QTest::keyClicks(field("findField"), QStringLiteral("tea"));
    QCOMPARE(*m_model->query().topics, QList<TopicName>{kTeam});
    m_model->addPage(pageFor(m_model->query(), {9, 7}));
    QCOMPARE(shown.last().first().toInt(), 9);
    QCOMPARE(label("findCount"), QStringLiteral("Match 1 of 2"));
    QTest::keyClick(field("findField"), Qt::Key_Return);
    QCOMPARE(shown.last().first().toInt(), 7);
    QCOMPARE(label("findCount"), QStringLiteral("Match 2 of 2"));
    QTest::keyClick(field("findField"), Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(shown.last().first().toInt(), 9);
    QSignalSpy closed(&bar, &FindBar::closed);
    QTest::keyClick(field("findField"), Qt::Key_Escape);
    QCOMPARE(closed.size(), 1);
}

CONFAB_GATED_MAIN(TestSearchPane)
#include "tst_searchpane.moc"
