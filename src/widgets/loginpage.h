#pragma once

#include "widgets/formpage.h"

namespace confab {

/// Signing in to a Tinode server, or making an account there.
class LoginPage : public FormPage
{
    Q_OBJECT

public:
    /// Under which field an error belongs.
    enum class Field { Address, Login, Password, DisplayName, Form };

    struct Request {
        QString address;
        QString login;
        QString password;
        QString displayName; ///< only with create
        bool create = false;
    };

    explicit LoginPage(const Theme &theme, QWidget *parent = nullptr);

    void setAddress(const QString &address);
    void setLogin(const QString &login);
    /// Shown below the address: what it was understood as, or why it wasn't.
    void setAddressHint(const QString &normalized);
    void setProbeResult(const ProbeResult &result); ///< ends the busy state of Test
    void showError(const ErrorText &error, Field field); ///< ends the busy state
    void setNotice(const QString &sentence); ///< below the card: where the password is kept

signals:
    /// At every change; the answer is setAddressHint().
    void addressEdited(const QString &typed);
    void testRequested(const QString &typed);
    /// All fields that are needed are filled. Busy until showError() or until the page is left.
    void submitted(const confab::LoginPage::Request &request);
};

}
