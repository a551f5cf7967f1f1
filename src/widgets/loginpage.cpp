#include "widgets/loginpage.h"

#include "widgets/fieldhelpers.h"
#include "widgets/probecard.h"

#include "ui_loginform.h"

namespace confab {

LoginPage::LoginPage(const Theme &theme, QWidget *parent)
    : FormPage(theme, QStringLiteral("loginPage"), parent)
    , m_ui(std::make_unique<Ui::LoginForm>())
{
    setHeading(tr("Connect to a server"), tr("Accepts host, host:port, wss:// and https://"));
    auto *form = new QWidget(this);
    m_ui->setupUi(form);
    m_probe = new ProbeCard(theme, ProbeCard::Form::Sentences, form);
    m_ui->probePlace->setContentsMargins(0, 8, 0, 0);
    m_ui->probePlace->addWidget(m_probe);
    addLeadingIcon(m_ui->address, theme, QStringLiteral("server"));
    addPasswordEye(m_ui->password, theme);
    setForm(form);
    setCreating(false);
    connect(m_ui->create, &QPushButton::toggled, this, &LoginPage::setCreating);
    connect(m_ui->test, &QPushButton::clicked, this, &LoginPage::test);
    connect(m_ui->address, &QLineEdit::textEdited, this, [this](const QString &typed) {
        showFieldError(m_ui->address, m_ui->addressHint, {});
        m_probe->clear();
        emit addressEdited(typed);
    });
    connect(m_ui->login, &QLineEdit::textEdited, this,
        [this] { showFieldError(m_ui->login, m_ui->loginHint, {}); });
    connect(m_ui->password, &QLineEdit::textEdited, this,
        [this] { showFieldError(m_ui->password, m_ui->passwordHint, {}); });
    connect(m_ui->displayName, &QLineEdit::textEdited, this,
        [this] { showFieldError(m_ui->displayName, m_ui->displayNameHint, {}); });
    connect(m_ui->invite, &QLineEdit::textEdited, this,
        [this] { showFieldError(m_ui->invite, m_ui->inviteHint, {}); });
}

LoginPage::~LoginPage() = default;

void LoginPage::setAddress(const QString &address)
{
    m_ui->address->setText(address);
    emit addressEdited(address);
}

void LoginPage::setLogin(const QString &login)
{
    m_ui->login->setText(login);
}

void LoginPage::setAddressHint(const QString &normalized)
{
    showHint(m_ui->addressHint,
        normalized.isEmpty() ? QString() : tr("Connects to %1").arg(normalized));
}

void LoginPage::setProbeResult(const ProbeResult &result)
{
    m_ui->test->setEnabled(true);
    m_probe->setResult(result);
}

void LoginPage::showError(const ErrorText &error, Field field)
{
    setBusy(false);
    clearErrors();
    switch (field) {
    case Field::Address:
    case Field::Form:
        showFieldError(m_ui->address, m_ui->addressHint, error);
        m_ui->address->setFocus();
        return;
    case Field::Login:
        showFieldError(m_ui->login, m_ui->loginHint, error);
        m_ui->login->setFocus();
        return;
    case Field::Password:
        showFieldError(m_ui->password, m_ui->passwordHint, error);
        m_ui->password->setFocus();
        m_ui->password->selectAll();
        return;
    case Field::DisplayName:
        showFieldError(m_ui->displayName, m_ui->displayNameHint, error);
        m_ui->displayName->setFocus();
        return;
    case Field::Invite:
        showFieldError(m_ui->invite, m_ui->inviteHint, error);
        m_ui->invite->setFocus();
        return;
    }
}

void LoginPage::setNotice(const QString &sentence)
{
    note()->setText(sentence);
    note()->setVisible(!sentence.isEmpty());
}

void LoginPage::reset()
{
    setBusy(false);
    clearErrors();
    m_probe->clear();
    m_ui->test->setEnabled(true);
    m_ui->password->clear();
}

void LoginPage::setCreating(bool create)
{
    clearErrors();
    m_ui->displayNameBox->setVisible(create);
    m_ui->inviteBox->setVisible(create);
    const QString text = create ? tr("Create &account") : tr("Sign &in");
    primaryButton()->setText(text);
    primaryButton()->setAccessibleName(create ? tr("Create account") : tr("Sign in"));
}

void LoginPage::clearErrors()
{
    showFieldError(m_ui->login, m_ui->loginHint, {});
    showFieldError(m_ui->password, m_ui->passwordHint, {});
    showFieldError(m_ui->displayName, m_ui->displayNameHint, {});
    showFieldError(m_ui->invite, m_ui->inviteHint, {});
    showFieldError(m_ui->address, m_ui->addressHint, {});
}

bool LoginPage::checkFilled()
{
    const bool create = m_ui->create->isChecked();
    if (m_ui->address->text().trimmed().isEmpty()) {
        showError({tr("The address is missing."), tr("Ask whoever runs the server for it.")},
            Field::Address);
    } else if (create && m_ui->displayName->text().simplified().isEmpty()) {
        showError({tr("Others need something to call you."), tr("Type your name or a nickname.")},
            Field::DisplayName);
    } else if (m_ui->login->text().trimmed().isEmpty()) {
        showError({tr("The login name is missing."),
                      create ? tr("Choose one without spaces.") : tr("Type the one of your account.")},
            Field::Login);
    } else if (m_ui->password->text().isEmpty()) {
        showError({tr("The password is missing."),
                      create ? tr("Choose one that you use nowhere else.") : tr("Type it to sign in.")},
            Field::Password);
    } else {
        return true;
    }
    return false;
}

void LoginPage::submit()
{
    if (!checkFilled())
        return;
    const bool create = m_ui->create->isChecked();
    Request request;
    request.address = m_ui->address->text().trimmed();
    request.login = m_ui->login->text().trimmed();
    request.password = m_ui->password->text();
    request.create = create;
    if (create) {
        request.displayName = m_ui->displayName->text().simplified();
        request.invite = m_ui->invite->text().trimmed();
    }
    setBusy(true, create ? tr("Creating the account…") : tr("Signing in…"));
    emit submitted(request);
}

void LoginPage::test()
{
    const QString address = m_ui->address->text().trimmed();
    if (address.isEmpty()) {
        checkFilled();
        return;
    }
    m_ui->test->setEnabled(false);
    m_probe->setRunning();
    emit testRequested(address);
}

QWidget *LoginPage::firstField() const
{
    if (m_ui->address->text().isEmpty())
        return m_ui->address;
    return m_ui->login->text().isEmpty() ? m_ui->login : m_ui->password;
}

}
