#include "models/searchresultsmodel.h"
#include "models/topiclistmodel.h"
#include "stallgate.h"
#include "widgets/banner.h"
#include "widgets/confabstyle.h"
#include "widgets/conversation/conversationpage.h"
#include "widgets/firstrunpage.h"
#include "widgets/loginpage.h"
#include "widgets/mainwindow.h"
#include "widgets/namepage.h"
#include "widgets/plainpage.h"
#include "widgets/signinpages.h"

#include "widgetwalk.h"

#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTest>
#include <QWindow>

using namespace confab;

class TestMainWindow : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, m_theme); }
    void init();
    void cleanup();
    void tellsOnceThatItIsPainted();
    void arrowsMoveAndOnlyEnterOpens();
    void filterListsWhatMatches();
    void whatTheFilterHoldsIsSearchedInMessages();
    void theHeaderOpensAndClosesTheFindBar();
    void theOpenChatHasItsDraftInTheComposerOnly();
    void altArrowsWalkThroughTheChats();
    void numberOpensAChatByItsPlace();
    void narrowWindowShowsOnePaneAtATime();
    void smallWindowNarrowsTheList();
    void removedChatIsClosed();
    void offlineBannerCountsDownAndTriesNow();
    void signInBannerTakesThePassword();
    void connectingShowsNothingAtFirst();
    void errorStaysUntilClosed();
    void emptyListSaysWhatToDo();
    void altShowsTheMenuBar();
    void theUnreadCountHasRoomInItsTab();
    void altWithAnArrowShowsNoMenuBar();
    void aBannerOfTwoLinesIsHighEnough();
    void zoomKeysAskForLargerText();
    void stateComesBack();
    void backFromAPageGoesWhereItCan();
    void everyControlHasItsNames();
    void nothingIsCutOffInANarrowWindowWithLargeText_data();
    void nothingIsCutOffInANarrowWindowWithLargeText();

private:
    void addTopic(const char *name, const char *title, int minute, int unread = 0);
    QListView *list() { return m_window->findChild<QListView *>(QStringLiteral("topicList")); }
    template<typename T>
    T *child(const char *name)
    {
        return m_window->findChild<T *>(QLatin1String(name));
    }

    Theme m_theme;
    std::unique_ptr<TopicList> m_topics;
    std::unique_ptr<TopicListModel> m_model;
    std::unique_ptr<MainWindow> m_window;
};

void TestMainWindow::addTopic(const char *name, const char *title, int minute, int unread)
{
    TopicInfo info;
    info.name = QLatin1String(name);
    info.card.name = QLatin1String(title);
    info.touched = QDateTime(QDate(2026, 3, 20), QTime(10, minute), Qt::UTC);
    info.seq = 10;
    info.read = 10 - unread;
    info.recv = 10;
    m_topics->add(info);
}

void TestMainWindow::init()
{
    m_topics = std::make_unique<TopicList>();
    addTopic("usrA", "Ann", 30);
    addTopic("usrB", "Bob", 20, 2);
    addTopic("grpC", "Choir", 10);
    m_model = std::make_unique<TopicListModel>(*m_topics);
    m_window = std::make_unique<MainWindow>(m_theme);
    m_window->build();
    m_window->resize(1280, 800);
    m_window->setTopics(m_topics.get(), m_model.get());
    m_window->setTopicsKnown(true);
    m_window->showChats();
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestMainWindow::cleanup()
{
    m_window->setTopics(nullptr, nullptr);
    m_window.reset();
    m_model.reset();
    m_topics.reset();
    m_theme.setTextPercent(100);
}

/// Whoever talks to others begins then, so that a window is there first.
void TestMainWindow::tellsOnceThatItIsPainted()
{
    MainWindow window(m_theme);
    QSignalSpy painted(&window, &MainWindow::painted);
    window.build();
    QCoreApplication::processEvents();
    QCOMPARE(painted.count(), 0);
    window.show();
    QTRY_COMPARE(painted.count(), 1);
    window.repaint();
    QCoreApplication::processEvents();
    QCOMPARE(painted.count(), 1);
}

void TestMainWindow::arrowsMoveAndOnlyEnterOpens()
{
    QSignalSpy opened(m_window.get(), &MainWindow::topicOpened);
    list()->setFocus();
    list()->setCurrentIndex(list()->model()->index(0, 0));
    QTest::keyClick(list(), Qt::Key_Down);
    QTest::keyClick(list(), Qt::Key_Down);
    QTest::keyClick(list(), Qt::Key_Up);
    QCOMPARE(opened.count(), 0);
    QTest::keyClick(list(), Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened.first().first().toString(), QStringLiteral("usrB"));
    QCOMPARE(m_window->currentTopic(), QStringLiteral("usrB"));
}

void TestMainWindow::filterListsWhatMatches()
{
    auto *filter = child<QLineEdit>("filter");
    QTest::keyClick(m_window.get(), Qt::Key_K, Qt::ControlModifier);
    QVERIFY(filter->hasFocus());
    QTest::keyClicks(filter, QStringLiteral("cho"));
    QCOMPARE(list()->model()->rowCount(), 1);
    QSignalSpy opened(m_window.get(), &MainWindow::topicOpened);
    QTest::keyClick(filter, Qt::Key_Return);
    QCOMPARE(opened.first().first().toString(), QStringLiteral("grpC"));
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    QVERIFY(filter->text().isEmpty());
}

void TestMainWindow::whatTheFilterHoldsIsSearchedInMessages()
{
    auto *filter = child<QLineEdit>("filter");
    auto *offer = child<QPushButton>("searchOffer");
    filter->setText(QStringLiteral("cho"));
    QVERIFY(!offer->isVisible()); // nothing to search in
    SearchResultsModel everywhere(*m_topics);
    SearchResultsModel inChat(*m_topics);
    m_window->setSearch(&everywhere, &inChat);
    QVERIFY(offer->isVisible());
    QTest::mouseClick(offer, Qt::LeftButton);
    QCOMPARE(everywhere.query().terms.size(), 1);
    QCOMPARE(child<QLineEdit>("searchField")->text(), QStringLiteral("cho"));
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    filter->setText(QStringLiteral("no chat & <b>%1</b> "));
    filter->setFocus();
    QTest::keyClick(filter, Qt::Key_Return); // opens a chat as long as there is one
    QCOMPARE(child<QLineEdit>("searchField")->text(), QStringLiteral("no chat & <b>%1</b>"));
    QTest::keyClick(m_window.get(), Qt::Key_Escape);
    filter->clear();
    QVERIFY(!offer->isVisible());
    filter->setText(QString(300, u'w'));
    QVERIFY(offer->fontMetrics().horizontalAdvance(offer->text()) < offer->width());
    m_window->setSearch(nullptr, nullptr);
}

void TestMainWindow::theHeaderOpensAndClosesTheFindBar()
{
    SearchResultsModel everywhere(*m_topics);
    SearchResultsModel inChat(*m_topics);
    m_window->openTopic(QStringLiteral("usrA"));
    auto *find = child<QAbstractButton>("findButton");
    QVERIFY(!find->isVisible());
    m_window->setSearch(&everywhere, &inChat);
    QTest::mouseClick(find, Qt::LeftButton);
    auto *field = child<QLineEdit>("findField");
    QVERIFY(field && field->hasFocus());
    QTest::mouseClick(find, Qt::LeftButton);
    QVERIFY(!field->isVisible());
    m_window->setSearch(nullptr, nullptr);
    QVERIFY(!find->isVisible());
}

void TestMainWindow::theOpenChatHasItsDraftInTheComposerOnly()
{
    const auto rowOfAnn = [this] {
        QCoreApplication::processEvents();
        return list()->viewport()->grab(list()->visualRect(list()->model()->index(0, 0))).toImage();
    };
    Draft draft;
    draft.text = QStringLiteral("half a word");
    m_window->openTopic(QStringLiteral("usrA"));
    const QImage open = rowOfAnn();
    m_topics->find(QStringLiteral("usrA"))->setDraft(draft);
    QCOMPARE(rowOfAnn(), open);
    m_window->openTopic(QStringLiteral("usrB"));
    const QImage left = rowOfAnn();
    m_topics->find(QStringLiteral("usrA"))->setDraft({});
    QVERIFY(rowOfAnn() != left);
}

void TestMainWindow::altArrowsWalkThroughTheChats()
{
    QSignalSpy closed(m_window.get(), &MainWindow::topicClosed);
    QTest::keyClick(m_window.get(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(m_window->currentTopic(), QStringLiteral("usrA"));
    QTest::keyClick(m_window.get(), Qt::Key_Down, Qt::AltModifier);
    QCOMPARE(m_window->currentTopic(), QStringLiteral("usrB"));
    QCOMPARE(closed.count(), 1);
    QTest::keyClick(m_window.get(), Qt::Key_PageUp, Qt::ControlModifier);
    QCOMPARE(m_window->currentTopic(), QStringLiteral("usrA"));
    QTest::keyClick(m_window.get(), Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
    QCOMPARE(m_window->currentTopic(), QStringLiteral("usrB"));
}

void TestMainWindow::numberOpensAChatByItsPlace()
{
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    QCOMPARE(m_window->currentTopic(), QStringLiteral("grpC"));
    QTest::keyClick(m_window.get(), Qt::Key_9, Qt::ControlModifier);
    QCOMPARE(m_window->currentTopic(), QStringLiteral("grpC"));
}

void TestMainWindow::narrowWindowShowsOnePaneAtATime()
{
    QSignalSpy closed(m_window.get(), &MainWindow::topicClosed);
    m_window->resize(480, 800);
    QTRY_VERIFY(!m_window->conversation()->isVisible());
    QVERIFY(list()->isVisible());
    m_window->openTopic(QStringLiteral("usrA"));
    QVERIFY(m_window->conversation()->isVisible());
    QVERIFY(!list()->isVisible());
    emit m_window->conversation()->backRequested();
    QVERIFY(list()->isVisible());
    QCOMPARE(closed.count(), 1);
    m_window->resize(1000, 800);
    QTRY_VERIFY(m_window->conversation()->isVisible() && list()->isVisible());
}

void TestMainWindow::smallWindowNarrowsTheList()
{
    m_window->resize(800, 600);
    auto *panes = child<QSplitter>("panes");
    QTRY_COMPARE(panes->sizes().value(0), 248);
    m_window->resize(1280, 800);
    QTRY_COMPARE(panes->sizes().value(0), 300);
}

void TestMainWindow::removedChatIsClosed()
{
    QSignalSpy closed(m_window.get(), &MainWindow::topicClosed);
    m_window->openTopic(QStringLiteral("usrA"));
    m_topics->remove(QStringLiteral("usrA"));
    QCOMPARE(closed.count(), 1);
    QVERIFY(m_window->currentTopic().isEmpty());
}

void TestMainWindow::offlineBannerCountsDownAndTriesNow()
{
    BannerContent offline;
    offline.kind = BannerContent::Kind::Offline;
    offline.retry = QDeadlineTimer(12'000);
    m_window->setBanner(offline);
    QSignalSpy again(m_window.get(), &MainWindow::reconnectRequested);
    QVERIFY(child<Banner>("banner")->isVisible());
    child<Banner>("banner")->findChild<QPushButton *>(QStringLiteral("bannerButton"))->click();
    QCOMPARE(again.count(), 1);
    m_window->setBanner({});
    QVERIFY(!child<Banner>("banner")->isVisible());
}

void TestMainWindow::signInBannerTakesThePassword()
{
    BannerContent signIn;
    signIn.kind = BannerContent::Kind::SignIn;
    signIn.login = QStringLiteral("alex");
    signIn.why = {QStringLiteral("The server ended this session."), {}};
    m_window->setBanner(signIn);
    QSignalSpy entered(m_window.get(), &MainWindow::signInRequested);
    auto *password = child<Banner>("banner")->findChild<QLineEdit *>(QStringLiteral("bannerPassword"));
    QVERIFY(password->isVisible());
    QTest::keyClicks(password, QStringLiteral("secret"));
    QTest::keyClick(password, Qt::Key_Return);
    QCOMPARE(entered.count(), 1);
    QCOMPARE(entered.first().first().toString(), QStringLiteral("secret"));
    signIn.login.clear();
    m_window->setBanner(signIn);
    QSignalSpy page(m_window.get(), &MainWindow::signInPageRequested);
    child<Banner>("banner")->findChild<QPushButton *>(QStringLiteral("bannerButton"))->click();
    QCOMPARE(page.count(), 1);
}

void TestMainWindow::connectingShowsNothingAtFirst()
{
    BannerContent connecting;
    connecting.kind = BannerContent::Kind::Connecting;
    m_window->setBanner(connecting);
    QVERIFY(!child<Banner>("banner")->isVisible());
    QTRY_VERIFY(child<Banner>("banner")->isVisible());
    QTRY_COMPARE(child<Banner>("banner")->height(), 2);
}

void TestMainWindow::errorStaysUntilClosed()
{
    QSignalSpy noticeClosed(m_window.get(), &MainWindow::noticeClosed);
    m_window->showError({QStringLiteral("The group could not be made."), QStringLiteral("Try again.")});
    m_window->setBanner({});
    QVERIFY(child<Banner>("banner")->isVisible());
    child<Banner>("banner")->findChild<QPushButton *>(QStringLiteral("bannerButton"))->click();
    QVERIFY(!child<Banner>("banner")->isVisible());
    QCOMPARE(noticeClosed.count(), 0);
}

void TestMainWindow::emptyListSaysWhatToDo()
{
    QSignalSpy newChat(m_window.get(), &MainWindow::newChatRequested);
    for (const char *name : {"usrA", "usrB", "grpC"})
        m_topics->remove(QLatin1String(name));
    QTRY_VERIFY(child<QLabel>("emptyText")->isVisible());
    child<QPushButton>("emptyButton")->click();
    QCOMPARE(newChat.count(), 1);
}

void TestMainWindow::altShowsTheMenuBar()
{
    QVERIFY(!child<QMenuBar>("menuBar"));
    QTest::keyPress(m_window->windowHandle(), Qt::Key_Alt);
    QTest::keyRelease(m_window->windowHandle(), Qt::Key_Alt);
    QTRY_VERIFY(m_window->menuBar()->isVisible());
}

void TestMainWindow::theUnreadCountHasRoomInItsTab()
{
    auto *tabs = child<QTabBar>("tabs");
    const int before = tabs->tabRect(1).width();
    addTopic("usrD", "Dora", 40, 9);
    QTRY_COMPARE(tabs->tabData(1).toInt(), 11);
    QVERIFY(tabs->tabRect(1).width() > before);
}

void TestMainWindow::altWithAnArrowShowsNoMenuBar()
{
    QTest::keyPress(m_window->windowHandle(), Qt::Key_Alt);
    // All that a window of X11 gets of a key that is a shortcut.
    QKeyEvent arrow(QEvent::ShortcutOverride, Qt::Key_Down, Qt::AltModifier);
    QCoreApplication::sendEvent(m_window->windowHandle(), &arrow);
    QTest::keyRelease(m_window->windowHandle(), Qt::Key_Alt);
    QVERIFY(!child<QMenuBar>("menuBar"));
}

void TestMainWindow::aBannerOfTwoLinesIsHighEnough()
{
    addTopic("usrD", "Dora", 40);
    m_window->openTopic(QStringLiteral("usrD"));
    m_window->resize(480, 800);
    BannerContent signIn;
    signIn.kind = BannerContent::Kind::SignIn;
    signIn.login = QStringLiteral("alex");
    signIn.why = {QStringLiteral("The server ended this session."),
        QStringLiteral("Sign in with your password to go on.")};
    m_window->setBanner(signIn);
    auto *text = child<Banner>("banner")->findChild<QWidget *>(QStringLiteral("bannerText"));
    QTRY_VERIFY(text->height() > m_theme.lineHeight(TextStyle::Body));
    QTRY_VERIFY(text->height() >= text->heightForWidth(text->width()));
}

void TestMainWindow::zoomKeysAskForLargerText()
{
    QSignalSpy zoom(m_window.get(), &MainWindow::textPercentRequested);
    QTest::keyClick(m_window.get(), Qt::Key_Plus, Qt::ControlModifier);
    QTest::keyClick(m_window.get(), Qt::Key_Minus, Qt::ControlModifier);
    QTest::keyClick(m_window.get(), Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(zoom.count(), 3);
    QCOMPARE(zoom.at(0).first().toInt(), 110);
    QCOMPARE(zoom.at(1).first().toInt(), 90);
    QCOMPARE(zoom.at(2).first().toInt(), 100);
}

void TestMainWindow::stateComesBack()
{
    m_window->restore({QSize(760, 600), 350, false});
    QCOMPARE(m_window->windowState(), (WindowState{QSize(760, 600), 350, false}));
    m_window->resize(1280, 800);
    QTRY_COMPARE(child<QSplitter>("panes")->sizes().value(0), 350);
}

void TestMainWindow::backFromAPageGoesWhereItCan()
{
    m_window->setAccounts({}, {});
    SignInPages *pages = m_window->signInPages();
    pages->showLogin();
    QVERIFY(!list()->isVisible());
    emit pages->login()->backRequested();
    QVERIFY(pages->firstRun()->isVisible());
    pages->goBack();
    QVERIFY(pages->firstRun()->isVisible());
    AccountEntry account;
    account.id = QStringLiteral("a");
    m_window->setAccounts({account}, account.id);
    pages->showLogin();
    QTest::keyClick(pages->login(), Qt::Key_Escape);
    QVERIFY(pages->firstRun()->isVisible());
    pages->firstRun()->findChild<QPushButton *>(QStringLiteral("backToChats"))->click();
    QVERIFY(list()->isVisible());
}

void TestMainWindow::everyControlHasItsNames()
{
    QCOMPARE(testing::namelessControls(m_window.get()).join(u'\n'), QString());
}

void TestMainWindow::nothingIsCutOffInANarrowWindowWithLargeText_data()
{
    QTest::addColumn<int>("percent");
    QTest::addRow("100 %%") << 100;
    QTest::addRow("150 %%") << 150;
}

void TestMainWindow::nothingIsCutOffInANarrowWindowWithLargeText()
{
    QFETCH(int, percent);
    m_theme.setTextPercent(percent);
    m_window->resize(480, 800);
    SignInPages *signIn = m_window->signInPages();
    signIn->showFirstRun();
    const std::initializer_list<QWidget *> pages{signIn->firstRun(), signIn->name(), signIn->login(), signIn->plain()};
    for (QWidget *page : pages) {
        testing::makeTextsLonger(page);
        static_cast<QStackedWidget *>(page->parentWidget())->setCurrentWidget(page);
        QTRY_COMPARE(testing::clippedTexts(page).join(u'\n'), QString());
    }
}

CONFAB_GATED_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
