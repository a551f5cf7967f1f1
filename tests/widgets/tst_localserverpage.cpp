#include "stallgate.h"
#include "widgets/confabstyle.h"
#include "widgets/settings/localserverpage.h"
#include "widgets/settings/localusers.h"
#include "widgets/settings/qrcode.h"

#include "widgetwalk.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTreeWidget>

using namespace confab;

class TestLocalServerPage : public QObject
{
    Q_OBJECT

private:
    template <typename T>
    T *child(const char *name)
    {
        return m_page->findChild<T *>(QLatin1String(name));
    }
    static LocalServerView running(bool shared)
    {
        LocalServerView view;
        view.state = LocalServerView::State::Here;
        view.addresses = {QStringLiteral("ws://192.168.1.5:6060"), QStringLiteral("ws://10.0.0.5:6060")};
        view.isShared = shared;
        view.dataFolder = QStringLiteral("/home/robin/.local/share/confab/server");
        return view;
    }

    static QList<LocalUser> people()
    {
        return {{QStringLiteral("alice"), QStringLiteral("Alice Archer"), {}, false, 2},
            {QStringLiteral("bob"), QString(), QDateTime::currentDateTimeUtc(), true, 0}};
    }
    LocalUsers &showPeople(int chosen)
    {
        m_page->setView(running(false));
        m_page->users().setUsers(people());
        auto *list = child<QTreeWidget>("localUsers");
        list->setCurrentItem(list->topLevelItem(chosen));
        return m_page->users();
    }
    /// A part of the dialog that is open; nullptr once it is closed.
    template <typename T>
    static T *part(const char *name)
    {
        for (QWidget *window : QApplication::topLevelWidgets()) {
            if (T *found = window->isVisible() && qobject_cast<QDialog *>(window)
                    ? window->findChild<T *>(QLatin1String(name))
                    : nullptr)
                return found;
        }
        return nullptr;
    }

    Theme m_theme;
    std::unique_ptr<LocalServerPage> m_page;

private slots:
    void initTestCase() { applyTheme(*qApp, m_theme); }
    void init()
    {
        m_page = std::make_unique<LocalServerPage>(m_theme);
        m_page->resize(640, 600);
        m_page->show();
    }
    void cleanup() { m_page.reset(); }

    void sharingIsOffAndSaysWhoCanReachTheServer()
    {
        m_page->setView(running(false));
        QVERIFY(!child<QCheckBox>("shareLocalServer")->isChecked());
        QVERIFY(child<QLabel>("localServerReach")->text().contains(QStringLiteral("Only programs on this")));
        QVERIFY(!child<QrCode>("localServerCode")->isVisible());
    }

    void aSharedServerShowsItsAddressAsACode()
    {
        m_page->setView(running(true));
        QVERIFY(child<QLabel>("localServerReach")->text().contains(QStringLiteral("Every device")));
        QCOMPARE(child<QrCode>("localServerCode")->content(), QStringLiteral("ws://192.168.1.5:6060"));
        QVERIFY(child<QrCode>("localServerCode")->isVisible());
    }

    void theCodeHasItsFinderPatternsAndQuietZone()
    {
        QrCode code;
        code.setContent(QStringLiteral("ws://192.168.1.5:6060"));
        const QImage &image = code.modules();
        const int last = image.width() - 5; // inside the quiet zone of 4
        for (const QPoint corner : {QPoint(4, 4), QPoint(last - 6, 4), QPoint(4, last - 6)}) {
            QCOMPARE(image.pixelColor(corner), QColor(Qt::black));
            QCOMPARE(image.pixelColor(corner + QPoint(1, 1)), QColor(Qt::white));
            QCOMPARE(image.pixelColor(corner + QPoint(3, 3)), QColor(Qt::black));
        }
        for (int i = 0; i < image.width(); ++i)
            QCOMPARE(image.pixelColor(i, 3), QColor(Qt::white));
        code.setContent(QString(5000, u'x'));
        QVERIFY(code.modules().isNull());
    }

    void onlyAClickTellsThatSharingChanges()
    {
        QSignalSpy changed(m_page.get(), &LocalServerPage::sharingChanged);
        m_page->setView(running(true));
        m_page->setView(running(false));
        QCOMPARE(changed.size(), 0);
        child<QCheckBox>("shareLocalServer")->click();
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed.at(0).at(0).toBool(), true);
    }

    void aServerOfAnotherProgramIsNotChangedFromHere()
    {
        LocalServerView view = running(false);
        view.state = LocalServerView::State::Elsewhere;
        m_page->setView(view);
        QVERIFY(!child<QCheckBox>("shareLocalServer")->isEnabled());
        QVERIFY(child<QPushButton>("backUpLocalServer")->isEnabled());
        m_page->setView({});
        QVERIFY(!child<QPushButton>("backUpLocalServer")->isEnabled());
    }

    void aBackupShowsHowFarItIsAndHowItEnded()
    {
        m_page->setView(running(false));
        m_page->setBackupProgress(40);
        QVERIFY(child<QProgressBar>("backupProgress")->isVisible());
        QVERIFY(!child<QPushButton>("backUpLocalServer")->isEnabled());
        m_page->setBackupResult(QStringLiteral("/tmp/b.tar"), {});
        QVERIFY(!child<QProgressBar>("backupProgress")->isVisible());
        QVERIFY(child<QPushButton>("backUpLocalServer")->isEnabled());
        QVERIFY(child<QLabel>("backupResult")->text().contains(QStringLiteral("/tmp/b.tar")));
        m_page->setBackupResult(QStringLiteral("/tmp/b.tar"), QStringLiteral("The disk is full."));
        QCOMPARE(child<QLabel>("backupResult")->text(), QStringLiteral("The disk is full."));
    }

    void anInviteIsAskedForOnlyWhereOthersCanJoin()
    {
        m_page->setView(running(false));
        QVERIFY(!child<QCheckBox>("byInviteLocalServer")->isVisible());
        LocalServerView view = running(true);
        m_page->setView(view);
        QVERIFY(child<QCheckBox>("byInviteLocalServer")->isVisible());
        QSignalSpy changed(m_page.get(), &LocalServerPage::byInviteChanged);
        child<QCheckBox>("byInviteLocalServer")->click();
        QCOMPARE(changed.value(0).value(0).toBool(), true);
        view.byInvite = true;
        m_page->setView(view);
        QVERIFY(child<QLabel>("localServerReach")->text().contains(QStringLiteral("invite code")));
    }

    void accountsAreShownOnlyWhereThereIsAServer()
    {
        QVERIFY(!m_page->users().isVisible());
        m_page->setView(running(false));
        QVERIFY(m_page->users().isVisible());
        QCOMPARE(confab::testing::namelessControls(m_page.get()), QStringList());
    }

    void anAccountIsAddedOnceItsLoginIsFree()
    {
        LocalUsers &users = showPeople(0);
        QSignalSpy added(&users, &LocalUsers::addRequested);
        child<QPushButton>("addLocalUser")->click();
        auto *submit = part<QPushButton>("localUserSubmit");
        QVERIFY(submit && !submit->isEnabled());
        QTest::keyClicks(part<QLineEdit>("localUserName"), QStringLiteral(" Carol  C "));
        QTest::keyClicks(part<QLineEdit>("localUserLogin"), QStringLiteral("carol"));
        QTest::keyClicks(part<QLineEdit>("localUserPassword"), QStringLiteral("a secret"));
        QCOMPARE(part<QLineEdit>("localUserPassword")->echoMode(), QLineEdit::Password);
        submit->click();
        QCOMPARE(added.size(), 1);
        QCOMPARE(added.at(0),
            (QVariantList{
                QStringLiteral("carol"), QStringLiteral("a secret"), QStringLiteral("Carol C")}));
        QVERIFY(!submit->isEnabled()); // until it is known how it went
        users.setResult(QStringLiteral("The login is taken."));
        QCOMPARE(part<QLabel>("localUserHint")->text(), QStringLiteral("The login is taken."));
        submit->click();
        QCOMPARE(added.size(), 2);
        users.setResult({});
        QTRY_VERIFY(!part<QLabel>("localUserHint"));
    }

    void aNewPasswordIsForTheChosenAccount()
    {
        LocalUsers &users = showPeople(1);
        QSignalSpy changed(&users, &LocalUsers::passwordRequested);
        child<QPushButton>("resetLocalPassword")->click();
        QVERIFY(!part<QLineEdit>("localUserLogin")->isVisible());
        QTest::keyClicks(part<QLineEdit>("localUserPassword"), QStringLiteral("another"));
        QTest::keyClick(part<QLineEdit>("localUserPassword"), Qt::Key_Return);
        QCOMPARE(
            changed.value(0), (QVariantList{QStringLiteral("bob"), QStringLiteral("another")}));
        users.setResult({});
    }

    void disablingIsUndoneByTheSameButton()
    {
        LocalUsers &users = showPeople(0);
        QSignalSpy changed(&users, &LocalUsers::disableRequested);
        child<QPushButton>("disableLocalUser")->click();
        QCOMPARE(changed.value(0), (QVariantList{QStringLiteral("alice"), true}));
        QVERIFY(!child<QPushButton>("removeLocalUser")->isEnabled()); // one thing after the other
        users.setResult(QStringLiteral("The disk is full."));
        QVERIFY(child<QPushButton>("removeLocalUser")->isEnabled());
        QCOMPARE(child<QLabel>("localUsersError")->text(), QStringLiteral("The disk is full."));
        showPeople(1);
        QCOMPARE(
            child<QPushButton>("disableLocalUser")->accessibleName(), QStringLiteral("Enable"));
        child<QPushButton>("disableLocalUser")->click();
        QCOMPARE(changed.value(1), (QVariantList{QStringLiteral("bob"), false}));
    }

    void removingSaysWhatGoesAndWantsAnAnswer()
    {
        LocalUsers &users = showPeople(0);
        QSignalSpy removed(&users, &LocalUsers::removeRequested);
        child<QPushButton>("removeLocalUser")->click();
        QVERIFY(part<QLabel>("confirmConsequence")->text().contains(QStringLiteral("2 groups")));
        part<QPushButton>("confirmSafeButton")->click();
        QTRY_VERIFY(!part<QLabel>("confirmConsequence"));
        QCOMPARE(removed.size(), 0);
        child<QPushButton>("removeLocalUser")->click();
        part<QPushButton>("confirmDestructiveButton")->click();
        QCOMPARE(removed.value(0), QVariantList{QStringLiteral("alice")});
        users.setResult({});
    }

    void anInviteIsShownToBeCopied()
    {
        LocalUsers &users = showPeople(0);
        QSignalSpy asked(&users, &LocalUsers::inviteRequested);
        child<QPushButton>("inviteLocalUser")->click();
        part<QSpinBox>("inviteUses")->setValue(5);
        part<QPushButton>("makeInvite")->click();
        QCOMPARE(asked.value(0), (QVariantList{5, 7}));
        users.setInvite(
            QStringLiteral("7kqm-2xnw-4trv"), QDateTime::currentDateTimeUtc().addDays(7));
        QCOMPARE(part<QLineEdit>("inviteCode")->text(), QStringLiteral("7kqm-2xnw-4trv"));
        part<QPushButton>("copyInvite")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("7kqm-2xnw-4trv"));
        part<QPushButton>("inviteClose")->click();
    }

    void loginsAreShownWhole()
    {
        showPeople(1);
        auto *list = child<QTreeWidget>("localUsers");
        QTRY_VERIFY(
            list->columnWidth(1) >= list->fontMetrics().horizontalAdvance(QStringLiteral("alice")));
        QVERIFY(list->columnWidth(2)
            >= list->fontMetrics().horizontalAdvance(QStringLiteral("disabled")));
        QVERIFY(
            list->viewport()->height() >= 2 * list->visualItemRect(list->topLevelItem(0)).height());
    }

    void theChoiceSurvivesANewList()
    {
        showPeople(1);
        QList<LocalUser> users = people();
        users.prepend({QStringLiteral("aaron"), QStringLiteral("Aaron"), {}, false, 0});
        m_page->users().setUsers(users);
        QCOMPARE(child<QTreeWidget>("localUsers")->currentItem()->text(1), QStringLiteral("bob"));
        m_page->users().setUsers({});
        QVERIFY(!child<QPushButton>("removeLocalUser")->isEnabled());
    }
};

CONFAB_GATED_MAIN(TestLocalServerPage)
#include "tst_localserverpage.moc"
