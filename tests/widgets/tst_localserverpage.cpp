#include "widgets/confabstyle.h"
#include "widgets/settings/localserverpage.h"
#include "widgets/settings/qrcode.h"

#include "widgetwalk.h"

#include <QCheckBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

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

    void manyUsersAreCounted()
    {
        QStringList names;
        for (int i = 0; i < 20; ++i)
            names.append(QStringLiteral("user%1").arg(i));
        m_page->setUsers(names);
        QVERIFY(child<QLabel>("localServerUsers")->text().endsWith(QStringLiteral("and 8 more")));
    }
};

QTEST_MAIN(TestLocalServerPage)
#include "tst_localserverpage.moc"
