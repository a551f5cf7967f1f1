#include "stallgate.h"
#include "widgets/confabstyle.h"
#include "widgets/settings/storagepage.h"

#include "widgetwalk.h"

#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace confab;

class TestStoragePage : public QObject
{
    Q_OBJECT

private:
    template <typename T>
    T *child(const char *name)
    {
        return m_page->findChild<T *>(QLatin1String(name));
    }

    Theme m_theme;
    std::unique_ptr<StoragePage> m_page;

private slots:
    void initTestCase() { applyTheme(*qApp, m_theme); }
    void init()
    {
        m_page = std::make_unique<StoragePage>(m_theme);
        m_page->setAccount(QStringLiteral("Robin"));
        m_page->setRebuild(StoragePage::Rebuild::Possible);
        m_page->resize(560, 480);
    }
    void cleanup() { m_page.reset(); }

    void mediaAreToldAndCleared()
    {
        QSignalSpy cleared(m_page.get(), &StoragePage::clearMediaRequested);
        QVERIFY(!child<QPushButton>("clearMedia")->isEnabled());
        m_page->setMediaBytes(3'000'000);
        QVERIFY(child<QLabel>("storageMedia")->text().startsWith(QStringLiteral("2.9")));
        child<QPushButton>("clearMedia")->click();
        QCOMPARE(cleared.size(), 1);
    }

    void roomForMediaIsChosen()
    {
        auto *limit = child<QComboBox>("mediaLimit");
        QSignalSpy chosen(m_page.get(), &StoragePage::mediaLimitChosen);
        m_page->setMediaLimit(512LL * 1024 * 1024);
        QVERIFY(limit->currentText().startsWith(QStringLiteral("512")));
        m_page->setMediaLimit(3'000'000); // written into the file by hand
        QVERIFY(limit->currentText().startsWith(QStringLiteral("2.9")));
        QCOMPARE(chosen.size(), 0);
        QTest::keyClick(limit, Qt::Key_Home);
        QCOMPARE(chosen.last().first().toLongLong(), limit->itemData(0).toLongLong());
    }

    void theLargestChatComesFirstAndAllAreCounted()
    {
        StorageView use;
        use.chats = {{QStringLiteral("Small"), 1, 900}, {QStringLiteral("Large"), 2'000, 3'000'000}};
        use.bytes = 4'000'000;
        m_page->setUse(use);
        const auto *chats = child<QTreeWidget>("storageChats");
        QCOMPARE(chats->topLevelItemCount(), 2);
        QCOMPARE(chats->topLevelItem(0)->text(0), QStringLiteral("Large"));
        QVERIFY(chats->topLevelItem(0)->text(2).startsWith(QStringLiteral("2.9")));
        QCOMPARE(chats->topLevelItem(1)->text(1), QStringLiteral("1 message"));
        const QString total = child<QLabel>("storageTotal")->text();
        QVERIFY(QString(total).remove(u',').startsWith(QStringLiteral("2001 messages")));
        QVERIFY(total.contains(QStringLiteral("3.8 M")));
    }

    void figuresAreAskedForWhenSomebodyLooks()
    {
        QSignalSpy shown(m_page.get(), &StoragePage::shown);
        m_page->show();
        QCOMPARE(shown.size(), 1);
    }

    void rebuildingAsksFirst_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<int>("told");
        QTest::newRow("agreed") << QStringLiteral("confirmDestructiveButton") << 1;
        QTest::newRow("kept") << QStringLiteral("confirmSafeButton") << 0;
    }
    void rebuildingAsksFirst()
    {
        QFETCH(QString, button);
        QFETCH(int, told);
        QSignalSpy rebuild(m_page.get(), &StoragePage::rebuildRequested);
        child<QPushButton>("rebuildArchive")->click();
        auto *dialog = child<QDialog>("rebuildDialog");
        QVERIFY(dialog);
        QVERIFY(dialog->findChild<QLabel *>(QStringLiteral("confirmConsequence"))
                    ->text().contains(QStringLiteral("Drafts and messages that are not sent yet")));
        QCOMPARE(rebuild.size(), 0);
        dialog->findChild<QPushButton *>(button)->click();
        QCOMPARE(rebuild.size(), told);
    }

    void rebuildingIsOfferedWhereAServerCanGiveItBack()
    {
        m_page->show();
        auto *rebuild = child<QPushButton>("rebuildArchive");
        QVERIFY(rebuild->isEnabled());
        m_page->setRebuild(StoragePage::Rebuild::Offline);
        QVERIFY(!rebuild->isEnabled());
        QVERIFY(child<QLabel>("rebuildNote")->text().contains(QStringLiteral("has to be connected")));
        m_page->setRebuild(StoragePage::Rebuild::Running);
        QVERIFY(!rebuild->isEnabled());
        m_page->setRebuild(StoragePage::Rebuild::Never);
        QVERIFY(!rebuild->isVisible());
        QVERIFY(!child<QLabel>("rebuildNote")->isVisible());
    }

    void withoutAnAccountNothingCanBeDone()
    {
        m_page->setAccount({});
        QVERIFY(!child<QPushButton>("exportAccount")->isEnabled());
        QVERIFY(!child<QPushButton>("rebuildArchive")->isEnabled());
    }

    void everyControlHasItsNames()
    {
        QCOMPARE(testing::namelessControls(m_page.get()).join(u'\n'), QString());
    }
};

CONFAB_GATED_MAIN(TestStoragePage)
#include "tst_storagepage.moc"
