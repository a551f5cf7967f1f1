#pragma once

#include "widgets/settingsvalues.h"
#include "widgets/viewtypes.h"

#include <QDialog>

#include <memory>

namespace confab {

class LocalServerPage;

/// Accounts, server of the account shown, appearance, and the server of this computer. Every change is
/// told at once; there is nothing to confirm.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    enum class Page { Accounts, Server, Appearance, LocalServer };

    explicit SettingsDialog(const Theme &theme, QWidget *parent = nullptr);
    ~SettingsDialog() override;

    void setAccounts(const QList<AccountEntry> &accounts, const QString &currentId);
    /// Of the current account. Address and key of the local server can't be changed.
    void setServer(const ServerSettings &settings, AccountEntry::Kind kind);
    void setAppearance(const AppearanceSettings &settings);
    void setAddressHint(const QString &normalized);
    /// The address was not understood; it is not applied.
    void setAddressError(const ErrorText &error);
    void setProbeResult(const ProbeResult &result);
    void showPage(Page page);
    /// The page about the server of this computer, which has its own signals.
    LocalServerPage &localServer() const;

signals:
    void appearanceChanged(const confab::AppearanceSettings &settings);
    /// Keys and checks at once; address and key when the field is left or Enter is pressed.
    void serverChanged(const confab::ServerSettings &settings);
    void addressEdited(const QString &typed); ///< at every change; the answer is setAddressHint()
    void testRequested(const QString &address, const QString &apiKey);
    void accountChosen(const QString &id);
    void addAccountRequested();
    /// Confirmed by the person: forget the account and what this computer keeps of it.
    void removeAccountRequested(const QString &id);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    class Private;
    std::unique_ptr<Private> d;
};

}
