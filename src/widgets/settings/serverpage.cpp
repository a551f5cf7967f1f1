#include "widgets/settings/serverpage.h"

#include "widgets/fieldhelpers.h"
#include "widgets/probecard.h"

#include "ui_serversettingsform.h"

namespace confab {

namespace {

constexpr int kBelowNote = 16;

}

ServerPage::ServerPage(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::ServerSettingsForm>())
{
    m_ui->setupUi(this);
    m_probe = new ProbeCard(theme, ProbeCard::Form::Table, this); // after the form, also for Tab
    m_ui->localNote->setContentsMargins(0, 0, 0, kBelowNote);
    m_ui->probePlace->setContentsMargins(0, 12, 0, 0);
    m_ui->probePlace->addWidget(m_probe);
    addPasswordEye(m_ui->apiKey, theme);
    connectFields();
    setServer({}, m_kind);
}

ServerPage::~ServerPage() = default;

void ServerPage::connectFields()
{
    connect(m_ui->address, &QLineEdit::textEdited, this, [this](const QString &typed) {
        showFieldError(m_ui->address, m_ui->addressHint, {});
        m_probe->clear();
        emit addressEdited(typed);
    });
    connect(m_ui->address, &QLineEdit::editingFinished, this, &ServerPage::tellServer);
    connect(m_ui->apiKey, &QLineEdit::editingFinished, this, &ServerPage::tellServer);
    connect(m_ui->interval, &QSpinBox::valueChanged, this, &ServerPage::tellServer);
    connect(m_ui->deadline, &QSpinBox::valueChanged, this, &ServerPage::tellServer);
    connect(m_ui->reconnect, &QCheckBox::toggled, this, &ServerPage::tellServer);
    connect(m_ui->test, &QPushButton::clicked, this, [this] {
        m_ui->test->setEnabled(false);
        m_probe->setRunning();
        emit testRequested(m_ui->address->text().trimmed(), m_ui->apiKey->text());
    });
}

void ServerPage::tellServer()
{
    if (m_filling)
        return;
    ServerSettings now = m_settings;
    now.address = m_ui->address->text().trimmed();
    now.apiKey = m_ui->apiKey->text().trimmed();
    now.keepAliveInterval = std::chrono::seconds(m_ui->interval->value());
    now.keepAliveDeadline = std::chrono::seconds(m_ui->deadline->value());
    now.reconnect = m_ui->reconnect->isChecked();
    if (now == m_settings)
        return;
    m_settings = now;
    emit serverChanged(now);
}

void ServerPage::setServer(const ServerSettings &settings, AccountEntry::Kind kind)
{
    m_filling = true;
    m_settings = settings;
    m_kind = kind;
    m_ui->localNote->setVisible(kind == AccountEntry::Kind::Local);
    m_ui->addressBox->setVisible(kind != AccountEntry::Kind::Local);
    m_ui->apiKeyBox->setVisible(kind == AccountEntry::Kind::Tinode);
    m_ui->address->setText(settings.address);
    m_ui->apiKey->setText(settings.apiKey);
    m_ui->interval->setValue(int(settings.keepAliveInterval.count()));
    m_ui->deadline->setValue(int(settings.keepAliveDeadline.count()));
    m_ui->reconnect->setChecked(settings.reconnect);
    showFieldError(m_ui->address, m_ui->addressHint, {});
    m_filling = false;
}

void ServerPage::setAddressHint(const QString &normalized)
{
    showHint(m_ui->addressHint,
        normalized.isEmpty() ? QString() : tr("Connects to %1").arg(normalized));
}

void ServerPage::setAddressError(const ErrorText &error)
{
    showFieldError(m_ui->address, m_ui->addressHint, error);
}

void ServerPage::setProbeResult(const ProbeResult &result)
{
    m_ui->test->setEnabled(true);
    m_probe->setResult(result);
}

void ServerPage::restoreDefaults()
{
    ServerSettings fresh;
    fresh.address = m_settings.address;
    if (fresh == m_settings)
        return;
    setServer(fresh, m_kind);
    emit serverChanged(fresh);
}

}
