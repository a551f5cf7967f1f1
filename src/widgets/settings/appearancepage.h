#pragma once

#include "widgets/settingsvalues.h"

#include <QWidget>

#include <memory>

namespace confab {

namespace Ui {
class AppearanceForm;
}

/// Light or dark, the size of the text, and how close messages stand. Told at once.
class AppearancePage : public QWidget
{
    Q_OBJECT

public:
    explicit AppearancePage(QWidget *parent = nullptr);
    ~AppearancePage() override;

    void setAppearance(const AppearanceSettings &settings);
    void restoreDefaults();

signals:
    void appearanceChanged(const confab::AppearanceSettings &settings);

private:
    void tellAppearance();

    std::unique_ptr<Ui::AppearanceForm> m_ui;
    AppearanceSettings m_settings; ///< as last told or set
    bool m_filling = false; ///< values go in, nothing comes out
};

}
