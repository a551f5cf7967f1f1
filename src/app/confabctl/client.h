#pragma once

#include "app/confabctl/abstractcommand.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace confab {

/// One run of confabctl: opens the profile and the account, hands over to the command, ends with its
/// exit code.
class Client : public QObject
{
    Q_OBJECT

public:
    explicit Client(Options options, QObject *parent = nullptr);
    ~Client() override;

    void run();

signals:
    void finished(int exitCode);

private:
    bool openProfile();
    bool openAccount();
    const AccountConfig *chooseAccount(const QList<AccountConfig> &accounts) const;
    void makeAccount(const AccountConfig &config);
    void watchAccount();
    void watchCommand();
    void startCommand();
    void login();
    void loginTo(const ServerAddress &address);
    void onPhase(const Phase &phase);
    void fail(const ServiceError &error, int exitCode);
    void end(int exitCode);

    Options m_options;
    Printer m_printer;
    std::unique_ptr<Threads> m_threads; // before all that works on them
    std::unique_ptr<Profile> m_profile;
    std::unique_ptr<LocalServerHost> m_localServer;
    std::unique_ptr<Account> m_account;
    std::unique_ptr<AbstractCommand> m_command; // before what it works with goes
    QTimer m_deadline;
    bool m_signingIn = false;
    bool m_newAccount = false; ///< made by this run: removed again when the sign-in fails
    bool m_started = false; ///< the command
    bool m_ended = false;
};

}
