#include "widgets/settings/localuserdialog.h"

#include "widgets/confabstyle.h"
#include "widgets/fieldhelpers.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace confab {

namespace {

constexpr int kFieldWidth = 360;
constexpr int kBelowLabel = 4;
constexpr int kBetweenFields = 12;

}

LocalUserDialog::LocalUserDialog(const Theme &theme, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_heading(makeParagraph("localUserHeading", "heading", "text", this))
    , m_consequence(makeParagraph("localUserConsequence", "body", "text2", this))
    , m_who(new QWidget(this))
    , m_hint(makeParagraph("localUserHint", "small", "text2", this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
    , m_submit(new QPushButton(this))
{
    setObjectName(QStringLiteral("localUserDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setBackgroundRole(QPalette::Button); // the token "raised"
    setAutoFillBackground(true);
    build();
    m_heading->setText(tr("Add an account"));
    m_consequence->setText(
        tr("Tell its owner the login and the password. They can change the password later."));
    m_submit->setText(tr("Add account"));
    setWindowTitle(m_heading->text());
    showFilled();
}

QLineEdit *LocalUserDialog::addField(QVBoxLayout *column, const char *name, const QString &label)
{
    auto *title = makeParagraph("", "smallMedium", "text", this);
    title->setObjectName(QLatin1String(name) + QStringLiteral("Label"));
    title->setText(label);
    auto *field = new QLineEdit(this);
    field->setObjectName(QLatin1String(name));
    field->setAccessibleName(QString(label).remove(u'&'));
    field->setMinimumWidth(m_theme.scaled(kFieldWidth));
    title->setBuddy(field);
    column->addWidget(title);
    column->addSpacing(kBelowLabel);
    column->addWidget(field);
    column->addSpacing(kBetweenFields);
    connect(field, &QLineEdit::textEdited, this, &LocalUserDialog::showFilled);
    return field;
}

void LocalUserDialog::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(24, 16, 24, 20);
    column->setSpacing(0);
    column->addWidget(m_heading);
    column->addSpacing(4);
    column->addWidget(m_consequence);
    column->addSpacing(16);
    auto *who = new QVBoxLayout(m_who);
    who->setContentsMargins(0, 0, 0, 0);
    who->setSpacing(0);
    m_name = addField(who, "localUserName", tr("Name"));
    m_login = addField(who, "localUserLogin", tr("Login"));
    column->addWidget(m_who);
    m_password = addField(column, "localUserPassword", tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    addPasswordEye(m_password, m_theme);
    column->addWidget(m_hint);
    column->addSpacing(12);
    m_cancel->setObjectName(QStringLiteral("localUserCancel"));
    m_cancel->setAutoDefault(false);
    m_submit->setObjectName(QStringLiteral("localUserSubmit"));
    m_submit->setProperty(ConfabStyle::kRole, QStringLiteral("primary"));
    m_submit->setDefault(true);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch();
    for (QPushButton *button : {m_cancel, m_submit}) {
        button->setMinimumWidth(80 + 2 * ConfabStyle::kRing);
        buttons->addWidget(button);
    }
    column->addLayout(buttons);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_submit, &QPushButton::clicked, this, &LocalUserDialog::submit);
    m_name->setFocus();
}

void LocalUserDialog::setUser(const QString &login, const QString &name)
{
    m_knownLogin = login;
    m_who->hide();
    m_heading->setText(tr("New password for %1").arg(name));
    m_consequence->setText(
        tr("%1 is signed out everywhere, and signs in again as “%2” with the new "
           "password.")
            .arg(name, login));
    m_submit->setText(tr("Set password"));
    setWindowTitle(m_heading->text());
    m_password->setFocus();
    showFilled();
}

QString LocalUserDialog::login() const
{
    return m_knownLogin.isEmpty() ? m_login->text().trimmed() : m_knownLogin;
}

QString LocalUserDialog::name() const
{
    return m_name->text().simplified();
}

QString LocalUserDialog::password() const
{
    return m_password->text();
}

void LocalUserDialog::showFilled()
{
    m_submit->setEnabled(!login().isEmpty() && !password().isEmpty());
    m_submit->setAccessibleName(m_submit->text());
    showHint(m_hint,
        m_knownLogin.isEmpty()
            ? tr("The login is what they type to sign in: 2 to 32 letters, digits, _ and dots.")
            : QString());
}

void LocalUserDialog::submit()
{
    if (!m_submit->isEnabled())
        return;
    m_submit->setEnabled(false);
    emit submitted();
}

void LocalUserDialog::setResult(const QString &error)
{
    if (error.isEmpty())
        return accept();
    showFilled();
    setText(m_hint, "small", "danger");
    m_hint->setText(error);
    m_hint->show();
}

}
