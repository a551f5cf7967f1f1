#include "stallgate.h"
#include "widgets/confabstyle.h"
#include "widgets/loginpage.h"
#include "widgets/plainpage.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace confab;

Q_DECLARE_METATYPE(confab::LoginPage::Field)

class TestLoginPage : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { applyTheme(*qApp, m_theme); }
    void init();
    void cleanup() { m_page.reset(); }
    void enterSignsInWithWhatIsTyped();
    void creatingAsksForANameToo();
    void missingFieldIsToldUnderIt_data();
    void missingFieldIsToldUnderIt();
    void errorStandsUnderItsField_data();
    void errorStandsUnderItsField();
    void typingTakesTheErrorAway();
    void backStaysUsableWhileBusy();
    void testShowsWhatWasFoundOut();
    void eyeShowsThePassword();
    void plainPageSendsAddressNameAndKind();

private:
    QLineEdit *field(const char *name) { return m_page->findChild<QLineEdit *>(QLatin1String(name)); }
    QLabel *hint(const char *name) { return m_page->findChild<QLabel *>(QLatin1String(name)); }
    void fill();
    void submit() { m_page->findChild<QPushButton *>(QStringLiteral("loginPagePrimary"))->click(); }

    Theme m_theme;
    std::unique_ptr<LoginPage> m_page;
};

void TestLoginPage::init()
{
    m_page = std::make_unique<LoginPage>(m_theme);
    m_page->resize(800, 700);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
}

void TestLoginPage::fill()
{
    field("address")->setText(QStringLiteral("chat.example.org"));
    field("login")->setText(QStringLiteral("alex"));
    field("password")->setText(QStringLiteral("secret"));
}

void TestLoginPage::enterSignsInWithWhatIsTyped()
{
    QSignalSpy submitted(m_page.get(), &LoginPage::submitted);
    QSignalSpy edited(m_page.get(), &LoginPage::addressEdited);
    QTest::keyClicks(m_page->focusWidget(), QStringLiteral("host:6060"));
    QCOMPARE(edited.last().first().toString(), QStringLiteral("host:6060"));
    field("login")->setText(QStringLiteral("alex"));
    QTest::keyClicks(field("password"), QStringLiteral("secret"));
    QTest::keyClick(field("password"), Qt::Key_Return);
    QCOMPARE(submitted.count(), 1);
    const auto request = submitted.first().first().value<LoginPage::Request>();
    QCOMPARE(request.address, QStringLiteral("host:6060"));
    QCOMPARE(request.login, QStringLiteral("alex"));
    QCOMPARE(request.password, QStringLiteral("secret"));
    QVERIFY(!request.create);
}

void TestLoginPage::creatingAsksForANameToo()
{
    QSignalSpy submitted(m_page.get(), &LoginPage::submitted);
    QVERIFY(!field("displayName")->isVisible());
    fill();
    m_page->findChild<QPushButton *>(QStringLiteral("create"))->click();
    QVERIFY(field("displayName")->isVisible());
    field("displayName")->setText(QStringLiteral("Alex Brandt"));
    field("invite")->setText(QStringLiteral(" 7kqm-2xnw-4trv "));
    submit();
    QCOMPARE(submitted.count(), 1);
    const auto request = submitted.first().first().value<LoginPage::Request>();
    QVERIFY(request.create);
    QCOMPARE(request.displayName, QStringLiteral("Alex Brandt"));
    QCOMPARE(request.invite, QStringLiteral("7kqm-2xnw-4trv"));
}

void TestLoginPage::missingFieldIsToldUnderIt_data()
{
    QTest::addColumn<QString>("empty");
    for (const char *name : {"address", "login", "password"})
        QTest::addRow("%s", name) << QString::fromLatin1(name);
}

void TestLoginPage::missingFieldIsToldUnderIt()
{
    QFETCH(QString, empty);
    QSignalSpy submitted(m_page.get(), &LoginPage::submitted);
    fill();
    m_page->findChild<QLineEdit *>(empty)->clear();
    submit();
    QCOMPARE(submitted.count(), 0);
    QVERIFY(m_page->findChild<QLabel *>(empty + QStringLiteral("Hint"))->isVisible());
    QVERIFY(m_page->findChild<QLineEdit *>(empty)->hasFocus());
}

void TestLoginPage::errorStandsUnderItsField_data()
{
    QTest::addColumn<LoginPage::Field>("where");
    QTest::addColumn<QString>("line");
    QTest::addRow("unknown host") << LoginPage::Field::Address << QStringLiteral("addressHint");
    QTest::addRow("login taken") << LoginPage::Field::Login << QStringLiteral("loginHint");
    QTest::addRow("wrong password") << LoginPage::Field::Password << QStringLiteral("passwordHint");
    QTest::addRow("bad name") << LoginPage::Field::DisplayName << QStringLiteral("displayNameHint");
    QTest::addRow("no invite") << LoginPage::Field::Invite << QStringLiteral("inviteHint");
}

void TestLoginPage::errorStandsUnderItsField()
{
    QFETCH(LoginPage::Field, where);
    QFETCH(QString, line);
    m_page->findChild<QPushButton *>(QStringLiteral("create"))->click();
    fill();
    field("displayName")->setText(QStringLiteral("Alex"));
    submit();
    QVERIFY(m_page->isBusy());
    m_page->showError({QStringLiteral("It went wrong."), QStringLiteral("Do this next.")}, where);
    QVERIFY(!m_page->isBusy());
    const QStringList lines{QStringLiteral("addressHint"), QStringLiteral("loginHint"),
        QStringLiteral("passwordHint"), QStringLiteral("displayNameHint"),
        QStringLiteral("inviteHint")};
    for (const QString &name : lines) {
        auto *label = m_page->findChild<QLabel *>(name);
        QCOMPARE(label->isVisible(), name == line);
        if (name == line)
            QCOMPARE(label->text(), QStringLiteral("It went wrong. Do this next."));
    }
}

void TestLoginPage::typingTakesTheErrorAway()
{
    fill();
    m_page->showError({QStringLiteral("Wrong."), {}}, LoginPage::Field::Password);
    QVERIFY(hint("passwordHint")->isVisible());
    QTest::keyClicks(field("password"), QStringLiteral("x"));
    QVERIFY(!hint("passwordHint")->isVisible());
}

void TestLoginPage::backStaysUsableWhileBusy()
{
    QSignalSpy back(m_page.get(), &FormPage::backRequested);
    fill();
    submit();
    QVERIFY(!field("login")->isEnabled());
    QVERIFY(!m_page->findChild<QPushButton *>(QStringLiteral("loginPagePrimary"))->isEnabled());
    m_page->findChild<QPushButton *>(QStringLiteral("loginPageBack"))->click();
    QCOMPARE(back.count(), 1);
}

void TestLoginPage::testShowsWhatWasFoundOut()
{
    QSignalSpy tested(m_page.get(), &LoginPage::testRequested);
    fill();
    auto *test = m_page->findChild<QPushButton *>(QStringLiteral("test"));
    test->click();
    QCOMPARE(tested.count(), 1);
    QVERIFY(!test->isEnabled());
    ProbeResult result;
    result.reachable = true;
    result.latencyMs = 38;
    result.error = {QStringLiteral("This is no Tinode server."), QStringLiteral("Check the address.")};
    m_page->setProbeResult(result);
    QVERIFY(test->isEnabled());
    auto *card = m_page->findChild<QWidget *>(QStringLiteral("probeCard"));
    QVERIFY(card->isVisible());
    QVERIFY(card->accessibleName().contains(QStringLiteral("38 ms")));
    QVERIFY(card->accessibleName().contains(QStringLiteral("Check the address.")));
}

void TestLoginPage::eyeShowsThePassword()
{
    QCOMPARE(field("password")->echoMode(), QLineEdit::Password);
    auto *eye = m_page->findChild<QToolButton *>(QStringLiteral("passwordEye"));
    QVERIFY(eye);
    eye->click();
    QCOMPARE(field("password")->echoMode(), QLineEdit::Normal);
    eye->click();
    QCOMPARE(field("password")->echoMode(), QLineEdit::Password);
}

void TestLoginPage::plainPageSendsAddressNameAndKind()
{
    PlainPage page(m_theme);
    page.setSuggestedName(QStringLiteral("Sam"));
    page.show();
    QSignalSpy submitted(&page, &PlainPage::submitted);
    auto *connectButton = page.findChild<QPushButton *>(QStringLiteral("plainPagePrimary"));
    connectButton->click();
    QCOMPARE(submitted.count(), 0);
    page.findChild<QLineEdit *>(QStringLiteral("address"))->setText(QStringLiteral("ws://localhost/echo"));
    page.findChild<QPushButton *>(QStringLiteral("text"))->click();
    connectButton->click();
    QCOMPARE(submitted.count(), 1);
    const auto request = submitted.first().first().value<PlainPage::Request>();
    QCOMPARE(request.address, QStringLiteral("ws://localhost/echo"));
    QCOMPARE(request.displayName, QStringLiteral("Sam"));
    QVERIFY(request.text);
}

CONFAB_GATED_MAIN(TestLoginPage)
#include "tst_loginpage.moc"
