#include "widgets/settings/appearancepage.h"

#include "ui_appearanceform.h"

namespace confab {

namespace {

constexpr int kSmallest = 80; // percent
constexpr int kLargest = 200;
constexpr int kStep = 10;

}

AppearancePage::AppearancePage(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::AppearanceForm>())
{
    m_ui->setupUi(this);
    for (int percent = kSmallest; percent <= kLargest; percent += kStep)
        m_ui->textSize->addItem(tr("%1 %").arg(percent), percent);
    for (QPushButton *button : {m_ui->system, m_ui->light, m_ui->dark, m_ui->roomy, m_ui->compact})
        connect(button, &QPushButton::toggled, this, [this](bool on) {
            if (on)
                tellAppearance();
        });
    connect(m_ui->textSize, &QComboBox::currentIndexChanged, this, &AppearancePage::tellAppearance);
    setAppearance({});
}

AppearancePage::~AppearancePage() = default;

void AppearancePage::tellAppearance()
{
    if (m_filling)
        return;
    AppearanceSettings now;
    now.mode = m_ui->dark->isChecked() ? ThemeMode::Dark
        : m_ui->light->isChecked()     ? ThemeMode::Light
                                       : ThemeMode::System;
    now.textPercent = m_ui->textSize->currentData().toInt();
    now.density = m_ui->compact->isChecked() ? Density::Compact : Density::Roomy;
    if (now == m_settings)
        return;
    m_settings = now;
    emit appearanceChanged(now);
}

void AppearancePage::setAppearance(const AppearanceSettings &settings)
{
    m_filling = true;
    m_settings = settings;
    m_ui->system->setChecked(settings.mode == ThemeMode::System);
    m_ui->light->setChecked(settings.mode == ThemeMode::Light);
    m_ui->dark->setChecked(settings.mode == ThemeMode::Dark);
    m_ui->roomy->setChecked(settings.density == Density::Roomy);
    m_ui->compact->setChecked(settings.density == Density::Compact);
    m_ui->textSize->setCurrentIndex((settings.textPercent - kSmallest) / kStep);
    m_filling = false;
}

void AppearancePage::restoreDefaults()
{
    if (m_settings == AppearanceSettings())
        return;
    setAppearance({});
    emit appearanceChanged({});
}

}
