#pragma once

#include "socket/sessiontypes.h"
#include "wire/servermessage.h"

#include <QCoreApplication>
#include <QMetaType>
#include <QString>

namespace confab {

/// Everything that can go wrong between a person and a server, one kind for each thing that the person
/// would do differently.
enum class ErrorKind {
    BadAddress,
    UnknownHost,
    Refused,
    Unreachable,
    CaptivePortal, ///< the network wants a sign-in of its own before it lets anything through
    TimedOut,
    TlsNotTrusted,
    WrongApiKey,
    NotTinode,
    ProtocolTooOld,
    WrongPassword,
    LoginTaken,
    LoginNotAllowed, ///< characters or length (422)
    PasswordNotAllowed,
    RegistrationClosed,
    InviteNeeded, ///< a code that counts; the subject is the one that was given
    CredentialsNeeded, ///< 300: e-mail or phone is to be validated
    SessionExpired, ///< the kept token is no longer accepted
    ConnectionLost,
    PingFailed,
    ServerStopping,
    ServerBusy,
    TooManyAttempts,
    NotAllowed,
    NotFound,
    TooLarge,
    NotSupported,
    Rejected, ///< any other 4xx
    ServerFault, ///< 5xx, or an answer that makes no sense
    StorageFailed,
    FileTooLarge,
    FileGone, ///< the server no longer has it
    FileMissing, ///< our own copy of what was to be sent is gone or altered
    NotConnected, ///< it would have to be fetched
    FileElsewhere, ///< on another server than the account's
    NoRoomForFile, ///< the server's or the person's share of it is full
    HistoryReplaced, ///< the server's messages are not those it had before (reliability.md R8)
};

/// No connection came about: the address, the network or the server's certificate is why.
bool isUnreached(ErrorKind kind);

/// For people: what happened, and what to do next; never a code alone. `detail` is for "Copy details"
/// and logs, and holds no secret.
struct ServiceError {
    ErrorKind kind = ErrorKind::ServerFault;
    QString sentence;
    QString nextStep;
    QString detail;

    QString sentences() const; ///< with the next step, where there is one
    bool operator==(const ServiceError &) const = default;
};

class ServiceErrors
{
    Q_DECLARE_TR_FUNCTIONS(ServiceErrors)

public:
    static ServiceError make(ErrorKind kind, const QString &subject = {}, const QString &detail = {});
    /// Why a connection attempt or a link ended; `host` is named in the sentence.
    static ServiceError fromClose(const CloseInfo &info, const QString &host);
    /// What a reply code means to the person who asked (protocol.md §6.3).
    static ServiceError fromCtrl(const wire::Ctrl &ctrl, const QString &subject = {});
};

}

Q_DECLARE_METATYPE(confab::ServiceError)
