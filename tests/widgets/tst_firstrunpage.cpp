#include "stallgate.h"
#include "widgets/confabstyle.h"
#include "widgets/firstrunpage.h"
#include "widgets/namepage.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace confab;

class TestFirstRunPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, m_theme); }
    void enterChoosesTheFirstCardAtOnce();
    void tabReachesEveryChoice();
    void cardsStandAboveEachOtherWhereTheWindowIsNarrow();
    void namePageAsksForANameAndEnterStarts();
    void namePageRefusesAnEmptyName();
    void namePageCanBeTriedAgainAfterAnError();

private:
    Theme m_theme;
};

void TestFirstRunPage::enterChoosesTheFirstCardAtOnce()
{
    FirstRunPage page(m_theme);
    page.resize(1280, 800);
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    QSignalSpy here(&page, &FirstRunPage::startHereChosen);
    QTest::keyClick(page.focusWidget(), Qt::Key_Return);
    QCOMPARE(here.count(), 1);
}

void TestFirstRunPage::tabReachesEveryChoice()
{
    FirstRunPage page(m_theme);
    page.resize(1280, 800);
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    QSignalSpy connectTo(&page, &FirstRunPage::connectChosen);
    QSignalSpy plain(&page, &FirstRunPage::plainChosen);
    QTest::keyClick(page.focusWidget(), Qt::Key_Tab);
    QTest::keyClick(page.focusWidget(), Qt::Key_Space);
    QCOMPARE(connectTo.count(), 1);
    QTest::keyClick(page.focusWidget(), Qt::Key_Tab);
    QTest::keyClick(page.focusWidget(), Qt::Key_Space);
    QCOMPARE(plain.count(), 1);
}

void TestFirstRunPage::cardsStandAboveEachOtherWhereTheWindowIsNarrow()
{
    FirstRunPage page(m_theme);
    page.resize(480, 800);
    page.show();
    auto *first = page.findChild<QAbstractButton *>(QStringLiteral("startHere"));
    auto *second = page.findChild<QAbstractButton *>(QStringLiteral("connectToServer"));
    QTRY_VERIFY(second->y() > first->geometry().bottom());
    QVERIFY(first->width() <= 480 - 32);
    page.resize(1280, 800);
    QTRY_COMPARE(second->y(), first->y());
}

void TestFirstRunPage::namePageAsksForANameAndEnterStarts()
{
    NamePage page(m_theme);
    page.setSuggestedName(QStringLiteral("Alex Brandt"));
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    QSignalSpy started(&page, &NamePage::startRequested);
    auto *field = page.findChild<QLineEdit *>(QStringLiteral("displayName"));
    QVERIFY(field->hasFocus());
    QTest::keyClicks(field, QStringLiteral("Sam  "));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(started.count(), 1);
    QCOMPARE(started.first().first().toString(), QStringLiteral("Sam"));
    QVERIFY(page.isBusy());
}

void TestFirstRunPage::namePageRefusesAnEmptyName()
{
    NamePage page(m_theme);
    page.show();
    QSignalSpy started(&page, &NamePage::startRequested);
    page.findChild<QPushButton *>(QStringLiteral("namePagePrimary"))->click();
    QCOMPARE(started.count(), 0);
    auto *hint = page.findChild<QLabel *>(QStringLiteral("displayNameHint"));
    QVERIFY(hint->isVisible());
    QVERIFY(!hint->text().isEmpty());
}

void TestFirstRunPage::namePageCanBeTriedAgainAfterAnError()
{
    NamePage page(m_theme);
    page.setSuggestedName(QStringLiteral("Sam"));
    page.show();
    QSignalSpy started(&page, &NamePage::startRequested);
    auto *start = page.findChild<QPushButton *>(QStringLiteral("namePagePrimary"));
    start->click();
    start->click();
    QCOMPARE(started.count(), 1);
    page.showError({QStringLiteral("The disk is full."), QStringLiteral("Free some space.")});
    QVERIFY(page.findChild<QLabel *>(QStringLiteral("displayNameHint"))
                ->text()
                .contains(QStringLiteral("Free some space.")));
    start->click();
    QCOMPARE(started.count(), 2);
}

CONFAB_GATED_MAIN(TestFirstRunPage)
#include "tst_firstrunpage.moc"
