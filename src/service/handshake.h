#pragma once

#include "service/requesttable.h"
#include "service/serviceerror.h"

#include <QByteArray>
#include <QDateTime>
#include <QObject>
#include <QString>

#include <chrono>
#include <variant>

namespace confab {

/// How to become somebody on the server.
struct WithToken {
    QByteArray token;
};
struct WithPassword {
    QString login;
    QString password;
};
struct WithNewAccount {
    QString login;
    QString password;
    QString displayName;
    QString invite; ///< the code, for a server that wants one
};
/// monostate: not at all; the person has to say.
using Intent = std::variant<std::monostate, WithToken, WithPassword, WithNewAccount>;

/// The first exchange on a new connection: hi, then login or acc, then `me` (protocol.md §1). Ends with
/// exactly one of finished(), refused() and failed(), or with nothing when the link goes. GUI thread.
class Handshake : public QObject
{
    Q_OBJECT

public:
    struct Session {
        wire::UserId user;
        QByteArray token;
        QDateTime expires;
        QString login;
    };

    explicit Handshake(RequestTable *requests, QObject *parent = nullptr);

    void start(const Intent &intent, const QString &host);

    static constexpr char kVersion[] = "0.25";

signals:
    void greeted(const confab::wire::CtrlParams &limits);
    void signedIn(const confab::Handshake::Session &session);
    /// `me` is attached; these are all chats.
    void finished(const QList<confab::wire::Subscription> &chats);
    /// The person or the address is not accepted; trying again as it is would not help.
    void refused(const confab::ServiceError &error);
    /// The server can't just now.
    void failed(const confab::ServiceError &error, std::chrono::milliseconds retryAfter);

private:
    void sayHi();
    void takeHi(const Reply &reply);
    void identify();
    wire::ClientMessage login(const WithPassword &intent) const;
    wire::ClientMessage login(const WithToken &intent) const;
    wire::ClientMessage login(const WithNewAccount &intent) const;
    void takeIdentity(const Reply &reply);
    /// Whether the account is ours after all, made by the request whose answer was lost.
    bool claimsLostAccount(const Reply &reply);
    ServiceError identityError(const wire::Ctrl &ctrl) const;
    void attachMe();
    /// True if the reply means "later" and that has been told.
    bool isTemporary(const Reply &reply);

    RequestTable *m_requests;
    Intent m_intent;
    QString m_host;
    /// Of an account whose creation was asked for and never answered: it may exist (reliability.md F14).
    QByteArray m_unanswered;
};

}
