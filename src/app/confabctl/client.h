#pragma once

#include "app/common/account.h"
#include "app/confabctl/options.h"
#include "app/confabctl/printer.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <memory>

namespace confab {

/// One run of confabctl: opens the profile and the account, does the command, ends with its exit code.
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
    void end(int exitCode);
    void fail(const ServiceError &error, int exitCode);
    void onPhase(const Phase &phase);

    void login();
    void loginTo(const ServerAddress &address);
    void connected(); ///< signed in, and the list of chats is there
    void finishLogin();
    void list();
    void send(const TopicName &topic);
    void sendLine(const TopicName &topic, const QString &line);
    void history(const TopicName &topic);
    void historyGrew(Topic *topic);
    void printHistory(const Topic &topic);
    void tail(const TopicName &topic);
    void find();
    void whoAmI();
    void logout();
    /// Calls `then` with the id of the chat that the person named, or ends.
    void resolve(const QString &named, void (Client::*then)(const TopicName &));

    Options m_options;
    Printer m_printer;
    std::unique_ptr<Threads> m_threads; // before all that works on them
    std::unique_ptr<Profile> m_profile;
    std::unique_ptr<LocalServerHost> m_localServer;
    std::unique_ptr<Account> m_account;
    QTimer m_deadline;
    bool m_signingIn = false;
    bool m_newAccount = false; ///< made by this run: removed again when the sign-in fails
    bool m_connected = false;
    bool m_told = false; ///< whoAmI() has been there
    bool m_allRead = false; ///< send: standard input is at its end
    int m_toQueue = 0; ///< send: lines whose outbox row is not on disk yet
    QSet<QString> m_waiting; ///< send: cids without an answer
};

}
