#include "stallgate.h"
#include "viewfixture.h"
#include "widgets/conversation/conversationpage.h"
#include "widgets/conversation/dateseeker.h"

#include <QApplication>
#include <QClipboard>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace confab;

/// A long history of which only parts are loaded: the thumb stands for all of it, and parts that do not
/// meet are never shown together.
class MessageHistoryTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void theFirstRowsAreInTheNextFrame();
    void theThumbStandsForTheWholeHistory();
    void partsThatDoNotMeetAreNotShownTogether();
    void partsMeetWhenNothingOfTheGapCanBeHad();
    void aDraggedThumbAsksForWhatIsNotLoaded();
    void whatIsReadStaysWhileFarRowsLeaveTheMemory();
    void aFloodThatIsFollowedLetsFarRowsGo();
    void selectionOutlivesRowsThatLeaveTheMemory();
    void whatIsNotLoadedIsCopiedFromDisk();
    void aDateIsFoundInFewSteps_data();
    void aDateIsFoundInFewSteps();

private:
    void load(Seq first, Seq last);

    static constexpr Seq kLast = 100'000;

    std::unique_ptr<ViewFixture> m_fixture;
};

void MessageHistoryTest::init()
{
    m_fixture = std::make_unique<ViewFixture>();
    m_fixture->chat.fill(kLast - 100, kLast);
    m_fixture->showChat();
}

void MessageHistoryTest::cleanup()
{
    m_fixture.reset();
}

/// As the service does: rows, and that the range is complete.
void MessageHistoryTest::load(Seq first, Seq last)
{
    m_fixture->chat.fill(first, last);
    m_fixture->chat.topic->timeline().markEmpty({first, last + 1});
}

/// The first page comes while the window opens, and a window is not to be seen without it first.
void MessageHistoryTest::theFirstRowsAreInTheNextFrame()
{
    ViewFixture opening;
    opening.showChat();
    const quint64 before = opening.view.counters().layouts;
    opening.chat.fill(kLast - 100, kLast);
    const quint64 laidOut = opening.view.counters().layouts;
    QVERIFY(laidOut > before);
    opening.view.viewport()->repaint();
    QCOMPARE(opening.view.counters().layouts, laidOut); // nothing was left for another frame
    QVERIFY(opening.placed(kLast));
}

void MessageHistoryTest::theThumbStandsForTheWholeHistory()
{
    const QScrollBar *bar = m_fixture->view.verticalScrollBar();
    QCOMPARE(bar->value(), bar->maximum());
    QVERIFY(bar->maximum() > (kLast - 100) * RowWindow::kUnits);
    load(50'000, 50'100);
    m_fixture->view.showPlace(50'050);
    QCOMPARE(m_fixture->topSeq(), 50'050);
    const double share = double(bar->value()) / bar->maximum();
    QVERIFY2(share > 0.49 && share < 0.51, qPrintable(QString::number(share)));
}

void MessageHistoryTest::partsThatDoNotMeetAreNotShownTogether()
{
    // As with a service that has begun to load what lies beyond.
    connect(&m_fixture->view, &MessageView::olderRequested, &m_fixture->view,
        [this] { m_fixture->chat.topic->setLoading(true); });
    connect(&m_fixture->view, &MessageView::newerRequested, &m_fixture->view,
        [this] { m_fixture->chat.topic->setLoading(true); });
    load(50'000, 50'100);
    m_fixture->view.showPlace(50'050);
    m_fixture->view.scrollBy(1'000'000);
    QCOMPARE(m_fixture->view.placedRows().back().layout->item().key.seq, 50'100);
    QCOMPARE(m_fixture->view.placedRows().back().bottom(), m_fixture->view.viewport()->height());
    QVERIFY(!m_fixture->view.isPinned());
    m_fixture->view.scrollBy(-1'000'000);
    QCOMPARE(m_fixture->topSeq(), 50'000);
    QCOMPARE(m_fixture->view.placedRows().front().top, 0);
    // What comes next takes its place without moving what is read.
    const int textTop = m_fixture->textTopOf(50'000);
    load(49'900, 49'999);
    QCOMPARE(m_fixture->textTopOf(50'000), textTop);
    m_fixture->view.scrollBy(-200);
    QVERIFY(m_fixture->topSeq() < 50'000);
}

void MessageHistoryTest::partsMeetWhenNothingOfTheGapCanBeHad()
{
    load(50'000, 50'100);
    m_fixture->view.showPlace(50'090);
    m_fixture->view.scrollBy(5'000); // asks, and nothing is under way after that
    m_fixture->view.placedRows();
    m_fixture->view.scrollBy(5'000);
    QVERIFY(m_fixture->view.placedRows().back().layout->item().key.seq >= kLast - 100);
}

void MessageHistoryTest::aDraggedThumbAsksForWhatIsNotLoaded()
{
    QSignalSpy asked(&m_fixture->view, &MessageView::placeRequested);
    QScrollBar *bar = m_fixture->view.verticalScrollBar();
    const Seq before = m_fixture->topSeq();
    bar->setValue(bar->maximum() / 4);
    QCOMPARE(asked.size(), 1);
    const Seq seq = asked.first().first().toInt();
    QVERIFY(qAbs(seq - kLast / 4) < kLast / 100);
    QCOMPARE(m_fixture->topSeq(), before); // nothing bare meanwhile
    const int value = bar->value();
    load(seq - 20, seq + 28);
    QCOMPARE(bar->value(), value); // and the thumb stays where it was dragged to
    m_fixture->view.showPlace(seq);
    QCOMPARE(m_fixture->topSeq(), seq);
}

void MessageHistoryTest::whatIsReadStaysWhileFarRowsLeaveTheMemory()
{
    load(50'000, 50'400);
    m_fixture->view.showPlace(50'200);
    const int top = m_fixture->view.placedRows().at(1).top;
    const Seq seq = m_fixture->view.placedRows().at(1).layout->item().key.seq;
    m_fixture->chat.topic->timeline().unload({50'000, 50'150});
    m_fixture->chat.topic->timeline().unload({50'300, 50'401});
    QCOMPARE(m_fixture->view.placedRows().at(1).top, top);
    QCOMPARE(m_fixture->view.placedRows().at(1).layout->item().key.seq, seq);
    QVERIFY(m_fixture->view.rows().isLoaded(50'200));
    QVERIFY(!m_fixture->view.rows().isLoaded(50'149));
    QCOMPARE(m_fixture->chat.topic->timeline().lastSeq(), kLast);
    load(50'100, 50'149); // and they come back
    QCOMPARE(m_fixture->chat.topic->timeline().rowOfSeq(50'100), 0);
}

/// Not while somebody reads above.
void MessageHistoryTest::aFloodThatIsFollowedLetsFarRowsGo()
{
    QSignalSpy newer(&m_fixture->view, &MessageView::newerRequested);
    m_fixture->chat.fill(kLast + 1, kLast + 3000);
    m_fixture->view.placedRows();
    QCOMPARE(newer.size(), 0);
    m_fixture->view.scrollBy(-1000);
    m_fixture->chat.fill(kLast + 3001, kLast + 5000);
    m_fixture->view.placedRows();
    QCOMPARE(newer.size(), 0);
    m_fixture->view.scrollToEnd();
    QCOMPARE(newer.size(), 1);
    QCOMPARE(newer.first().first().value<Seq>(), kLast + 5000);
    const int top = m_fixture->textTopOf(kLast + 5000);
    m_fixture->chat.topic->timeline().unload({1, kLast + 4000});
    QCOMPARE(m_fixture->textTopOf(kLast + 5000), top);
    QCOMPARE(newer.size(), 1);
}

void MessageHistoryTest::selectionOutlivesRowsThatLeaveTheMemory()
{
    load(50'000, 50'200);
    m_fixture->view.showPlace(50'100);
    m_fixture->view.setFocus();
    m_fixture->view.focusRow(m_fixture->chat.topic->timeline().rowOfSeq(50'100));
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(&m_fixture->view, Qt::Key_Down, Qt::ShiftModifier);
    const QString selected = m_fixture->view.selectedText();
    QCOMPARE(selected.count(u'\n'), 2);
    m_fixture->chat.topic->timeline().unload({50'000, 50'102});
    m_fixture->view.placedRows();
    QCOMPARE(m_fixture->view.selectedText().count(u'\n'), 0); // what is here
    load(50'000, 50'101);
    QCOMPARE(m_fixture->view.selectedText(), selected);
}

void MessageHistoryTest::whatIsNotLoadedIsCopiedFromDisk()
{
    load(50'000, 50'100);
    // The archive, as far as it matters here: 40 messages a page.
    connect(&m_fixture->view, &MessageView::copyPageWanted, &m_fixture->view, [this](Seq before) {
        QList<Message> page;
        for (Seq seq = qMax(1, before - 40); seq < before; ++seq) {
            page.append(ConversationFixture::message(
                seq, QStringLiteral("usrAnn"), ConversationFixture::textOf(seq), seq * 360));
        }
        m_fixture->view.takeCopyPage(page);
    });
    // Selected while all was loaded; then most of it leaves the memory.
    load(49'900, 49'999);
    m_fixture->view.showPlace(50'035);
    m_fixture->view.setFocus();
    m_fixture->view.focusRow(m_fixture->chat.topic->timeline().rowOfSeq(50'040));
    for (int i = 0; i <= 140; ++i)
        QTest::keyClick(&m_fixture->view, Qt::Key_Up, Qt::ShiftModifier);
    m_fixture->view.showPlace(50'035);
    m_fixture->chat.topic->timeline().unload({49'900, 50'000});
    m_fixture->view.copy();
    const QStringList lines = QApplication::clipboard()->text().split(u'\n');
    QCOMPARE(lines.size(), 141);
    QVERIFY2(lines.first().contains(QLatin1String("] Ann: Message 49900")), qPrintable(lines.first()));
    QVERIFY2(lines.last().contains(QLatin1String("Message 50040")), qPrintable(lines.last()));
}

void MessageHistoryTest::aDateIsFoundInFewSteps_data()
{
    QTest::addColumn<int>("daysAgo"); // before the newest message
    for (const int days : {0, 1, 30, 200, 415, 10'000})
        QTest::addRow("%d days ago", days) << days;
}

void MessageHistoryTest::aDateIsFoundInFewSteps()
{
    QFETCH(int, daysAgo);
    const QDate newest = m_fixture->view.rows().dayAt(m_fixture->view.rows().count() - 1);
    const QDate day = newest.addDays(-daysAgo);
    DateSeeker seeker(day);
    DateSeeker::Look look = seeker.look(m_fixture->view.rows());
    int pages = 0;
    for (; !look.found && pages < 30; ++pages) {
        const Seq first = qMax(1, look.seq - 24);
        load(first, qMin(kLast, first + 48));
        look = seeker.look(m_fixture->view.rows());
    }
    QVERIFY2(look.found && pages <= 6, qPrintable(QString::number(pages)));
    const int row = m_fixture->chat.topic->timeline().rowOfSeq(look.seq);
    QVERIFY(row >= 0);
    QVERIFY(m_fixture->view.rows().dayAt(row) >= day);
    if (look.seq > 1)
        QVERIFY(m_fixture->view.rows().dayAt(row - 1) < day);
}

CONFAB_GATED_MAIN(MessageHistoryTest)
#include "tst_messagehistory.moc"
