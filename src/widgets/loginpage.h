#pragma once

#include "widgets/formpage.h"

#include <memory>

namespace confab {

class ProbeCard;

namespace Ui {
class LoginForm;
}

/// Signing in to a Tinode server, or making an account there.
class LoginPage : public FormPage
{
    Q_OBJECT

public:
    /// Under which field an error belongs.
    enum class Field { Address, Login, Password, DisplayName, Invite, Form };

    struct Request {
        QString address;
        QString login;
        QString password;
        QString displayName; ///< only with create
        QString invite; ///< only with create; may be empty
        bool create = false;
    };

    explicit LoginPage(const Theme &theme, QWidget *parent = nullptr);
    ~LoginPage() override;

    void setAddress(const QString &address);
    void setLogin(const QString &login);
    /// Shown below the address: what it was understood as; empty while it wasn't.
    void setAddressHint(const QString &normalized);
    void setProbeResult(const ProbeResult &result); ///< ends the busy state of Test
    void showError(const ErrorText &error, Field field); ///< ends the busy state
    void setNotice(const QString &sentence); ///< below the card: where the password is kept
    /// Empty passwords and errors, as for somebody new; the address stays.
    void reset();

signals:
    /// At every change; the answer is setAddressHint().
    void addressEdited(const QString &typed);
    void testRequested(const QString &typed);
    /// All fields that are needed are filled. Busy until showError() or reset().
    void submitted(const confab::LoginPage::Request &request);

protected:
    void submit() override;
    QWidget *firstField() const override;

private:
    void setCreating(bool create);
    void clearErrors();
    bool checkFilled();
    void test();

    std::unique_ptr<Ui::LoginForm> m_ui;
    ProbeCard *m_probe;
};

}
