#pragma once

#include "widgets/formpage.h"

#include <memory>

namespace confab {

namespace Ui {
class NameForm;
}

/// "Start on this computer": asks for a display name and nothing else.
class NamePage : public FormPage
{
    Q_OBJECT

public:
    explicit NamePage(const Theme &theme, QWidget *parent = nullptr);
    ~NamePage() override;

    void setSuggestedName(const QString &name); ///< fills the field, selected
    void showError(const ErrorText &error); ///< ends the busy state

signals:
    /// Never empty. The page is busy until showError() or until it is left.
    void startRequested(const QString &displayName);

protected:
    void submit() override;
    QWidget *firstField() const override;

private:
    std::unique_ptr<Ui::NameForm> m_ui;
};

}
