#include "widgets/namepage.h"

#include "widgets/fieldhelpers.h"

#include "ui_nameform.h"

namespace confab {

NamePage::NamePage(const Theme &theme, QWidget *parent)
    : FormPage(theme, QStringLiteral("namePage"), parent)
    , m_ui(std::make_unique<Ui::NameForm>())
{
    setHeading(tr("Start on this computer"), tr("Only your name is needed"));
    auto *form = new QWidget(this);
    m_ui->setupUi(form);
    setForm(form);
    primaryButton()->setText(tr("&Start chatting"));
    primaryButton()->setAccessibleName(tr("Start chatting"));
    connect(m_ui->displayName, &QLineEdit::textEdited, this,
        [this] { showFieldError(m_ui->displayName, m_ui->displayNameHint, {}); });
}

NamePage::~NamePage() = default;

void NamePage::setSuggestedName(const QString &name)
{
    setBusy(false);
    showFieldError(m_ui->displayName, m_ui->displayNameHint, {});
    m_ui->displayName->setText(name);
    m_ui->displayName->selectAll();
}

void NamePage::showError(const ErrorText &error)
{
    setBusy(false);
    showFieldError(m_ui->displayName, m_ui->displayNameHint, error);
    m_ui->displayName->setFocus();
}

void NamePage::submit()
{
    const QString name = m_ui->displayName->text().simplified();
    if (name.isEmpty()) {
        showError({tr("Others need something to call you."), tr("Type your name or a nickname.")});
        return;
    }
    setBusy(true, tr("Starting…"));
    emit startRequested(name);
}

QWidget *NamePage::firstField() const
{
    return m_ui->displayName;
}

}
