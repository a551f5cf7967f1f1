#include "stallgate.h"
#include "widgets/confabstyle.h"
#include "widgets/settings/accountspage.h"
#include "widgets/settings/appearancepage.h"
#include "widgets/settings/serverpage.h"
#include "widgets/settings/writingpage.h"
#include "widgets/settingsdialog.h"

#include "widgetwalk.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QTimer>

using namespace confab;
using namespace std::chrono_literals;

class TestSettingsDialog : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, m_theme); }
    void init();
    void cleanup() { m_dialog.reset(); }
    void valuesGoInWithoutComingOut();
    void appearanceAppliesAtOnce();
    void keepAliveAppliesAtOnce();
    void addressAppliesWhenTheFieldIsLeft();
    void restoringDefaultsKeepsTheAddress();
    void localAccountHasNoAddress();
    void removingAnAccountAsksFirst_data();
    void removingAnAccountAsksFirst();
    void everyControlHasItsNames();
    void spellingAppliesAtOnce();
    void withoutDictionariesTheHelpIsNear();

private:
    template<typename T>
    T *child(const char *name)
    {
        return m_dialog->findChild<T *>(QLatin1String(name));
    }

    Theme m_theme;
    std::unique_ptr<SettingsDialog> m_dialog;
    const ServerSettings m_server{QStringLiteral("wss://chat.example.org"), {}, 25s, 10s, true};
};

void TestSettingsDialog::init()
{
    m_dialog = std::make_unique<SettingsDialog>(m_theme);
    m_dialog->server().setServer(m_server, AccountEntry::Kind::Tinode);
    m_dialog->appearance().setAppearance({ThemeMode::Light, 100});
    AccountEntry first;
    first.id = QStringLiteral("a");
    first.name = QStringLiteral("Alex");
    first.server = QStringLiteral("chat.example.org");
    AccountEntry second = first;
    second.id = QStringLiteral("b");
    m_dialog->accounts().setAccounts({first, second}, first.id);
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowActive(m_dialog.get()));
}

void TestSettingsDialog::valuesGoInWithoutComingOut()
{
    QSignalSpy server(&m_dialog->server(), &ServerPage::serverChanged);
    QSignalSpy appearance(&m_dialog->appearance(), &AppearancePage::appearanceChanged);
    ServerSettings other = m_server;
    other.keepAliveInterval = 60s;
    m_dialog->server().setServer(other, AccountEntry::Kind::Tinode);
    m_dialog->appearance().setAppearance({ThemeMode::Dark, 150});
    QCOMPARE(child<QSpinBox>("interval")->value(), 60);
    QVERIFY(child<QPushButton>("dark")->isChecked());
    QCOMPARE(server.count(), 0);
    QCOMPARE(appearance.count(), 0);
}

void TestSettingsDialog::appearanceAppliesAtOnce()
{
    QSignalSpy changed(&m_dialog->appearance(), &AppearancePage::appearanceChanged);
    child<QPushButton>("dark")->click();
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.last().first().value<AppearanceSettings>(), (AppearanceSettings{ThemeMode::Dark, 100}));
    auto *size = child<QComboBox>("textSize");
    size->setCurrentIndex(size->findData(150));
    QCOMPARE(changed.last().first().value<AppearanceSettings>(), (AppearanceSettings{ThemeMode::Dark, 150}));
}

void TestSettingsDialog::keepAliveAppliesAtOnce()
{
    QSignalSpy changed(&m_dialog->server(), &ServerPage::serverChanged);
    child<QSpinBox>("interval")->setValue(3);
    child<QSpinBox>("deadline")->setValue(2);
    child<QCheckBox>("reconnect")->click();
    QCOMPARE(changed.count(), 3);
    const auto now = changed.last().first().value<ServerSettings>();
    QCOMPARE(now.keepAliveInterval, 3s);
    QCOMPARE(now.keepAliveDeadline, 2s);
    QVERIFY(!now.reconnect);
    QCOMPARE(now.address, m_server.address);
}

void TestSettingsDialog::addressAppliesWhenTheFieldIsLeft()
{
    QSignalSpy changed(&m_dialog->server(), &ServerPage::serverChanged);
    QSignalSpy edited(&m_dialog->server(), &ServerPage::addressEdited);
    auto *address = child<QLineEdit>("address");
    address->setFocus();
    address->selectAll();
    QTest::keyClicks(address, QStringLiteral("other.example.org"));
    QVERIFY(edited.count() > 0);
    QCOMPARE(changed.count(), 0);
    child<QLineEdit>("apiKey")->setFocus();
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.last().first().value<ServerSettings>().address,
        QStringLiteral("other.example.org"));
}

void TestSettingsDialog::restoringDefaultsKeepsTheAddress()
{
    child<QSpinBox>("interval")->setValue(99);
    child<QPushButton>("dark")->click();
    QSignalSpy server(&m_dialog->server(), &ServerPage::serverChanged);
    QSignalSpy appearance(&m_dialog->appearance(), &AppearancePage::appearanceChanged);
    child<QPushButton>("restoreDefaults")->click();
    QCOMPARE(server.count(), 1);
    QCOMPARE(server.last().first().value<ServerSettings>(), m_server);
    QCOMPARE(appearance.last().first().value<AppearanceSettings>(), AppearanceSettings());
    QCOMPARE(child<QSpinBox>("interval")->value(), 25);
}

void TestSettingsDialog::localAccountHasNoAddress()
{
    m_dialog->server().setServer({}, AccountEntry::Kind::Local);
    QVERIFY(!child<QLineEdit>("address")->isVisible());
    QVERIFY(!child<QLineEdit>("apiKey")->isVisible());
    QVERIFY(child<QLabel>("localNote")->isVisible());
    QVERIFY(child<QSpinBox>("interval")->isVisible());
}

void TestSettingsDialog::removingAnAccountAsksFirst_data()
{
    QTest::addColumn<bool>("agree");
    QTest::addRow("agreed") << true;
    QTest::addRow("kept") << false;
}

void TestSettingsDialog::removingAnAccountAsksFirst()
{
    QFETCH(bool, agree);
    m_dialog->showPage(SettingsDialog::Page::Accounts);
    QSignalSpy removed(&m_dialog->accounts(), &AccountsPage::removeAccountRequested);
    QTimer::singleShot(0, this, [this, agree] {
        auto *box = child<QMessageBox>("removeAccount");
        QVERIFY(box);
        auto *confirm = box->findChild<QPushButton *>(QStringLiteral("confirmRemove"));
        agree ? confirm->click() : box->reject();
    });
    child<QPushButton>("remove")->click();
    QCOMPARE(removed.count(), agree ? 1 : 0);
}

void TestSettingsDialog::everyControlHasItsNames()
{
    QCOMPARE(testing::namelessControls(m_dialog.get()).join(u'\n'), QString());
}

void TestSettingsDialog::spellingAppliesAtOnce()
{
    WritingPage &page = m_dialog->writing();
    page.setDictionaries({{QStringLiteral("de_DE"), {}}, {QStringLiteral("en_US"), {}}});
    page.setWriting({{QStringLiteral("en_US")}, true});
    QSignalSpy changed(&page, &WritingPage::writingChanged);
    auto *german = child<QCheckBox>("de_DE");
    QVERIFY(child<QCheckBox>("en_US")->isChecked());
    QVERIFY(!german->isChecked());
    german->click();
    const auto now = [&changed] { return changed.last().first().value<WritingSettings>(); };
    QCOMPARE(now().languages, (QStringList{QStringLiteral("de_DE"), QStringLiteral("en_US")}));
    child<QCheckBox>("linkPreviews")->click();
    QCOMPARE(changed.size(), 2);
    QVERIFY(!now().linkPreviews);
    child<QPushButton>("restoreDefaults")->click();
    QVERIFY(now().linkPreviews);
    QCOMPARE(now().languages, preferredLanguages({{QStringLiteral("de_DE"), {}}, {QStringLiteral("en_US"), {}}}));
    QVERIFY(!child<QLabel>("noDictionary"));
}

void TestSettingsDialog::withoutDictionariesTheHelpIsNear()
{
    auto *none = child<QLabel>("noDictionary");
    QVERIFY(none && none->text().contains(QLatin1String("hunspell-")));
}

CONFAB_GATED_MAIN(TestSettingsDialog)
#include "tst_settingsdialog.moc"
