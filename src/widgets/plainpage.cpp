#include "widgets/plainpage.h"

#include "widgets/fieldhelpers.h"
#include "widgets/probecard.h"

#include "ui_plainform.h"

namespace confab {

PlainPage::PlainPage(const Theme &theme, QWidget *parent)
    : FormPage(theme, QStringLiteral("plainPage"), parent)
    , m_ui(std::make_unique<Ui::PlainForm>())
{
    setHeading(
        tr("Use a plain WebSocket address"), tr("Any ws:// or wss:// endpoint, no account needed"));
    auto *form = new QWidget(this);
    m_ui->setupUi(form);
    m_probe = new ProbeCard(theme, ProbeCard::Form::Sentences, form);
    m_ui->probePlace->setContentsMargins(0, 8, 0, 0);
    m_ui->probePlace->addWidget(m_probe);
    addLeadingIcon(m_ui->address, theme, QStringLiteral("plug"));
    m_ui->address->setPlaceholderText(QStringLiteral("wss://echo.example.org/chat"));
    setForm(form);
    primaryButton()->setText(tr("&Connect"));
    primaryButton()->setAccessibleName(tr("Connect"));
    connect(m_ui->test, &QPushButton::clicked, this, &PlainPage::test);
    connect(m_ui->address, &QLineEdit::textEdited, this, [this](const QString &typed) {
        showFieldError(m_ui->address, m_ui->addressHint, {});
        m_probe->clear();
        emit addressEdited(typed);
    });
    connect(m_ui->displayName, &QLineEdit::textEdited, this,
        [this] { showFieldError(m_ui->displayName, m_ui->displayNameHint, {}); });
}

PlainPage::~PlainPage() = default;

void PlainPage::setSuggestedName(const QString &name)
{
    setBusy(false);
    m_ui->displayName->setText(name);
}

void PlainPage::setAddressHint(const QString &normalized)
{
    showHint(m_ui->addressHint,
        normalized.isEmpty() ? QString() : tr("Connects to %1").arg(normalized));
}

void PlainPage::setProbeResult(const ProbeResult &result)
{
    m_ui->test->setEnabled(true);
    m_probe->setResult(result);
}

void PlainPage::showError(const ErrorText &error)
{
    setBusy(false);
    showFieldError(m_ui->address, m_ui->addressHint, error);
    m_ui->address->setFocus();
}

bool PlainPage::hasAddress()
{
    if (!m_ui->address->text().trimmed().isEmpty())
        return true;
    showError({tr("The address is missing."), tr("It begins with ws:// or wss://.")});
    return false;
}

void PlainPage::submit()
{
    if (!hasAddress())
        return;
    const QString name = m_ui->displayName->text().simplified();
    if (name.isEmpty()) {
        showFieldError(m_ui->displayName, m_ui->displayNameHint,
            {tr("Others need something to call you."), tr("Type your name or a nickname.")});
        m_ui->displayName->setFocus();
        return;
    }
    setBusy(true, tr("Connecting…"));
    emit submitted({m_ui->address->text().trimmed(), name, m_ui->text->isChecked()});
}

void PlainPage::test()
{
    if (!hasAddress())
        return;
    m_ui->test->setEnabled(false);
    m_probe->setRunning();
    emit testRequested(m_ui->address->text().trimmed());
}

QWidget *PlainPage::firstField() const
{
    return m_ui->address;
}

}
