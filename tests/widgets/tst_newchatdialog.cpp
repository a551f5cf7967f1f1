#include "stallgate.h"
#include "widgets/confabstyle.h"
#include "widgets/newchatdialog.h"

#include "widgetwalk.h"

#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

using namespace confab;

class TestNewChatDialog : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, m_theme); }
    void init();
    void cleanup() { m_dialog.reset(); }
    void typingAsksOnceAndEnterOpens();
    void answersToOlderQuestionsAreIgnored();
    void nobodyFoundIsASentence();
    void errorStandsWhereTheResultsWould();
    void groupIsMadeOfANameAndPeople();
    void groupNeedsAName();
    void ownIdCanBeCopied();
    void everyControlHasItsNames();

private:
    template<typename T>
    T *child(const char *name)
    {
        return m_dialog->findChild<T *>(QLatin1String(name));
    }
    void search(const char *field, const QString &text);
    QList<FoundPerson> people() const
    {
        return {{QStringLiteral("usrA"), QStringLiteral("Ann"), {}, {QStringLiteral("basic:ann")}},
            {QStringLiteral("usrB"), QStringLiteral("Bob"), {}, {}}};
    }

    Theme m_theme;
    std::unique_ptr<NewChatDialog> m_dialog;
};

void TestNewChatDialog::init()
{
    m_dialog = std::make_unique<NewChatDialog>(m_theme);
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void TestNewChatDialog::search(const char *field, const QString &text)
{
    QSignalSpy asked(m_dialog.get(), &NewChatDialog::searchRequested);
    QTest::keyClicks(child<QLineEdit>(field), text);
    QTRY_COMPARE(asked.count(), 1);
    QCOMPARE(asked.first().first().toString(), text);
}

void TestNewChatDialog::typingAsksOnceAndEnterOpens()
{
    QSignalSpy opened(m_dialog.get(), &NewChatDialog::chatRequested);
    search("query", QStringLiteral("an"));
    m_dialog->setResults(QStringLiteral("an"), people());
    QCOMPARE(child<QListView>("people")->model()->rowCount(), 2);
    QTest::keyClick(child<QLineEdit>("query"), Qt::Key_Down);
    QTest::keyClick(child<QListView>("people"), Qt::Key_Down);
    QTest::keyClick(child<QListView>("people"), Qt::Key_Return);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened.first().first().toString(), QStringLiteral("usrB"));
}

void TestNewChatDialog::answersToOlderQuestionsAreIgnored()
{
    search("query", QStringLiteral("an"));
    m_dialog->setResults(QStringLiteral("a"), people());
    QCOMPARE(child<QListView>("people")->model()->rowCount(), 0);
}

void TestNewChatDialog::nobodyFoundIsASentence()
{
    search("query", QStringLiteral("zz"));
    m_dialog->setResults(QStringLiteral("zz"), {});
    QVERIFY(child<QLabel>("peopleStatus")->isVisible());
    QVERIFY(child<QLabel>("peopleStatus")->text().contains(QStringLiteral("zz")));
}

void TestNewChatDialog::errorStandsWhereTheResultsWould()
{
    search("query", QStringLiteral("an"));
    m_dialog->showError({QStringLiteral("You are offline."), QStringLiteral("Try later.")});
    QCOMPARE(child<QLabel>("peopleStatus")->text(), QStringLiteral("You are offline. Try later."));
}

void TestNewChatDialog::groupIsMadeOfANameAndPeople()
{
    QSignalSpy made(m_dialog.get(), &NewChatDialog::groupRequested);
    child<QTabBar>("newChatTabs")->setCurrentIndex(1);
    QTest::keyClicks(child<QLineEdit>("groupName"), QStringLiteral("Garden"));
    search("memberQuery", QStringLiteral("an"));
    m_dialog->setResults(QStringLiteral("an"), people());
    QTest::keyClick(child<QLineEdit>("memberQuery"), Qt::Key_Return);
    QVERIFY(child<QPushButton>("member_usrA"));
    child<QPushButton>("create")->click();
    QCOMPARE(made.count(), 1);
    QCOMPARE(made.first().at(0).toString(), QStringLiteral("Garden"));
    QCOMPARE(made.first().at(1).toStringList(), QStringList{QStringLiteral("usrA")});
    m_dialog->showError({QStringLiteral("Not allowed."), {}});
    QVERIFY(child<QPushButton>("create")->isEnabled());
    QVERIFY(child<QLabel>("groupNameHint")->isVisible());
}

void TestNewChatDialog::groupNeedsAName()
{
    QSignalSpy made(m_dialog.get(), &NewChatDialog::groupRequested);
    child<QTabBar>("newChatTabs")->setCurrentIndex(1);
    child<QPushButton>("create")->click();
    QCOMPARE(made.count(), 0);
    QVERIFY(child<QLabel>("groupNameHint")->isVisible());
}

void TestNewChatDialog::ownIdCanBeCopied()
{
    QVERIFY(!child<QPushButton>("copyId")->isVisible());
    m_dialog->setOwnId(QStringLiteral("usrMe"));
    QVERIFY(child<QLabel>("ownId")->text().contains(QStringLiteral("usrMe")));
    child<QPushButton>("copyId")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("usrMe"));
}

void TestNewChatDialog::everyControlHasItsNames()
{
    QCOMPARE(testing::namelessControls(m_dialog.get()).join(u'\n'), QString());
}

CONFAB_GATED_MAIN(TestNewChatDialog)
#include "tst_newchatdialog.moc"
