#pragma once

#include "widgets/formpage.h"

namespace confab {

/// "Start on this computer": asks for a display name and nothing else.
class NamePage : public FormPage
{
    Q_OBJECT

public:
    explicit NamePage(const Theme &theme, QWidget *parent = nullptr);

    void setSuggestedName(const QString &name); ///< fills the field, selected
    void showError(const ErrorText &error); ///< ends the busy state

signals:
    /// Never empty. The page is busy until showError() or until it is left.
    void startRequested(const QString &displayName);
};

}
