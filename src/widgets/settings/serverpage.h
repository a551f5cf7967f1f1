#pragma once

#include "widgets/settingsvalues.h"
#include "widgets/viewtypes.h"

#include <QWidget>

#include <memory>

namespace confab {

namespace Ui {
class ServerSettingsForm;
}

class ProbeCard;

/// How the account shown connects: address and key, which can be tested, and how the link is kept
/// alive. Keys and checks are told at once; address and key when the field is left or Enter is pressed.
class ServerPage : public QWidget
{
    Q_OBJECT

public:
    explicit ServerPage(const Theme &theme, QWidget *parent = nullptr);
    ~ServerPage() override;

    /// Address and key of the local server can't be changed.
    void setServer(const ServerSettings &settings, AccountEntry::Kind kind);
    void setAddressHint(const QString &normalized);
    /// The address was not understood; it is not applied.
    void setAddressError(const ErrorText &error);
    void setProbeResult(const ProbeResult &result);
    void restoreDefaults(); ///< but for the address

signals:
    void serverChanged(const confab::ServerSettings &settings);
    void addressEdited(const QString &typed); ///< at every change; the answer is setAddressHint()
    void testRequested(const QString &address, const QString &apiKey);

private:
    void connectFields();
    void tellServer();

    std::unique_ptr<Ui::ServerSettingsForm> m_ui;
    ProbeCard *m_probe = nullptr;
    ServerSettings m_settings; ///< as last told or set
    AccountEntry::Kind m_kind = AccountEntry::Kind::Tinode;
    bool m_filling = false; ///< values go in, nothing comes out
};

}
