#pragma once

#include "app/common/account.h"
#include "service/serverprobe.h"
#include "widgets/loginpage.h"
#include "widgets/plainpage.h"
#include "widgets/signinpages.h"

#include <QObject>

#include <memory>

namespace confab {

/// Adds accounts: connects the pages to an account that is tried out, and hands it
/// over once it works. An account that does not come to be leaves nothing behind. GUI thread.
class SignInFlow : public QObject
{
    Q_OBJECT

public:
    SignInFlow(SignInPages &pages, Account::Surroundings surroundings, QObject *parent = nullptr);
    ~SignInFlow() override;

    /// Back to the first page; an attempt under way is given up.
    void restart();
    /// The page for servers, an attempt under way is given up.
    void signIn();
    /// The keychain was not there when the secrets of the new account were kept.
    bool keptSecretsInFile() const { return m_secretsInFile; }

signals:
    /// It is signed in (or, plain, connected) and in the profile; the receiver owns it now.
    void accountAdded(std::shared_ptr<confab::Account> account);

private:
    void connectFirstRun();
    void connectLogin();
    void connectPlain();
    void startLocal(const QString &displayName);
    void startTinode(const LoginPage::Request &request);
    void startPlain(const PlainPage::Request &request);
    void makeAttempt(AccountConfig config);
    void onPhase(const Phase &phase);
    void fail(const ServiceError &error);
    void succeed();
    void giveUp();

    SignInPages &m_pages;
    Account::Surroundings m_surroundings;
    ServerProbe m_probe;
    std::shared_ptr<Account> m_attempt;
    bool m_secretsInFile = false;
};

}
