#include "service/serviceerror.h"

namespace confab {

namespace {

struct Texts {
    QString sentence;
    QString nextStep;
};

}

bool isUnreached(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::UnknownHost:
    case ErrorKind::Refused:
    case ErrorKind::Unreachable:
    case ErrorKind::CaptivePortal:
    case ErrorKind::TimedOut:
    case ErrorKind::TlsNotTrusted:
        return true;
    default:
        return false;
    }
}

ServiceError ServiceErrors::make(ErrorKind kind, const QString &subject, const QString &detail)
{
    const QString host = subject.isEmpty() ? tr("the server") : subject;
    const auto texts = [&]() -> Texts {
        switch (kind) {
        case ErrorKind::BadAddress:
            return {tr("That is not a server address."),
                tr("Enter a host such as chat.example.org, or a full address such as wss://chat.example.org.")};
        case ErrorKind::UnknownHost:
            return {tr("There is no server by the name %1.").arg(host),
                tr("Check the spelling, and that this computer is online.")};
        case ErrorKind::Refused:
            return {tr("%1 refused the connection.").arg(host),
                tr("Check the port, or ask whoever runs the server whether it is up.")};
        case ErrorKind::Unreachable:
            return {tr("%1 can't be reached from this network.").arg(host),
                tr("Check your network connection, VPN or firewall.")};
        case ErrorKind::CaptivePortal:
            return {tr("This network asks for a sign-in of its own, so %1 can't be reached yet.")
                        .arg(host),
                tr("Open any page in your browser and sign in there; Confab goes on by itself.")};
        case ErrorKind::TimedOut:
            return {tr("%1 did not answer in time.").arg(host),
                tr("Try again in a moment. If it stays so, check the address and your network.")};
        case ErrorKind::TlsNotTrusted:
            return {tr("The identity of %1 could not be verified, so nothing was sent.").arg(host),
                tr("Ask whoever runs the server to renew or correct its certificate.")};
        case ErrorKind::WrongApiKey:
            return {tr("%1 does not accept this API key.").arg(host),
                tr("Ask whoever runs the server for the right key and enter it in the settings, page Server.")};
        case ErrorKind::NotTinode:
            return {tr("%1 answers, but it is not a Tinode server.").arg(host),
                tr("Check the address, or add it as a plain WebSocket account instead.")};
        case ErrorKind::ProtocolTooOld:
            return {tr("%1 speaks a version of the protocol that does not go with this Confab.").arg(host),
                tr("Ask whoever runs the server to update it, or update Confab.")};
        case ErrorKind::WrongPassword:
            return {tr("Login name or password is wrong."),
                tr("Check both; capital letters count in the password.")};
        case ErrorKind::LoginTaken:
            return {tr("This login name is taken."),
                tr("Choose another one, or sign in if it is yours.")};
        case ErrorKind::LoginNotAllowed:
            return {tr("The server does not allow this login name."),
                tr("Use 4 to 32 letters, digits, dots or underscores.")};
        case ErrorKind::PasswordNotAllowed:
            return {tr("The server does not allow this password."),
                tr("Use at least 6 characters.")};
        case ErrorKind::RegistrationClosed:
            return {tr("%1 does not let new accounts be made.").arg(host),
                tr("Ask whoever runs the server for an account, then sign in.")};
        case ErrorKind::InviteNeeded:
            return {subject.isEmpty() ? tr("The server wants an invite code for a new account.")
                                      : tr("This invite code is wrong, used up or too old."),
                tr("Ask whoever runs the server for one.")};
        case ErrorKind::CredentialsNeeded:
            return {subject.isEmpty()
                    ? tr("The server wants to validate your e-mail address or phone number first.")
                    : tr("The server wants to validate this first: %1.").arg(subject),
                tr("Finish the registration with the server's web client, then sign in here.")};
        case ErrorKind::SessionExpired:
            return {tr("Your sign-in has expired."),
                tr("Sign in again; drafts and waiting messages stay.")};
        case ErrorKind::ConnectionLost:
            return {tr("The connection to %1 was lost.").arg(host),
                tr("Confab reconnects by itself; messages you write are sent then.")};
        case ErrorKind::PingFailed:
            return {tr("%1 has stopped answering.").arg(host),
                tr("Confab reconnects by itself; messages you write are sent then.")};
        case ErrorKind::ServerStopping:
            return {tr("%1 is being restarted.").arg(host),
                tr("Confab reconnects by itself as soon as it is back.")};
        case ErrorKind::ServerBusy:
            return {tr("%1 is too busy right now.").arg(host), tr("Confab tries again by itself.")};
        case ErrorKind::TooManyAttempts:
            return {tr("There were too many attempts."), tr("Wait a minute, then try again.")};
        case ErrorKind::NotAllowed:
            return {tr("You don't have the right to do this."),
                tr("Ask an administrator of this chat.")};
        case ErrorKind::NotFound:
            return {tr("That chat or person does not exist any more."),
                tr("Look for it again with New chat.")};
        case ErrorKind::TooLarge:
            return {tr("This message is longer than the server accepts."),
                tr("Split it into several messages.")};
        case ErrorKind::NotSupported:
            return {tr("This server does not offer that."),
                tr("Ask whoever runs the server whether it can be switched on.")};
        case ErrorKind::Rejected:
            return {tr("The server did not accept that."), tr("Change it and try again.")};
        case ErrorKind::ServerFault:
            return {tr("The server has a problem of its own."), tr("Try again in a few minutes.")};
        case ErrorKind::FileTooLarge:
            return {tr("This file is larger than the server or this program takes."),
                tr("Send a smaller one, or share it another way.")};
        case ErrorKind::FileGone:
            return {tr("This file is no longer on the server."),
                tr("Ask whoever sent it to send it again.")};
        case ErrorKind::FileMissing:
            return {tr("The file can't be read any more."), tr("Attach it again.")};
        case ErrorKind::NotConnected:
            return {tr("This file is not on this computer, and there is no connection."),
                tr("Try again when Confab is connected.")};
        case ErrorKind::FileElsewhere:
            return {tr("This file is kept on %1, not on the server of this account.").arg(host),
                tr("Open it in your browser if you trust that place.")};
        case ErrorKind::NoRoomForFile:
            return {tr("The server has no more room for your files."),
                tr("Ask whoever runs the server, or send a smaller file.")};
        case ErrorKind::HistoryReplaced:
            return {tr("%1 has gone back to an earlier state of its messages.").arg(host),
                tr("Chats are fetched again. What you have not sent yet is kept and will be sent.")};
        case ErrorKind::StorageFailed:
            return {tr("This could not be written to the disk."),
                tr("Check that the disk is not full and that your home folder can be written to.")};
        }
        return {};
    }();
    return {kind, texts.sentence, texts.nextStep, detail};
}

ServiceError ServiceErrors::fromClose(const CloseInfo &info, const QString &host)
{
    const QString detail = info.detail.isEmpty() ? info.reason : info.detail;
    const auto kind = [&] {
        switch (info.cause) {
        case CloseCause::OpenTimeout:
            return ErrorKind::TimedOut;
        case CloseCause::HostNotFound:
            return ErrorKind::UnknownHost;
        case CloseCause::Refused:
            return ErrorKind::Refused;
        case CloseCause::Unreachable:
            return ErrorKind::Unreachable;
        case CloseCause::TlsFailed:
            return ErrorKind::TlsNotTrusted;
        case CloseCause::HandshakeRejected:
            if (info.httpStatus == 401 || info.httpStatus == 403)
                return ErrorKind::WrongApiKey;
            if (info.httpStatus == 429 || info.httpStatus >= 500)
                return ErrorKind::ServerBusy;
            return ErrorKind::NotTinode;
        case CloseCause::FrameTooLarge:
        case CloseCause::ProtocolViolation:
        case CloseCause::UnsupportedData:
            return ErrorKind::NotTinode;
        case CloseCause::PingFailed:
            return ErrorKind::PingFailed;
        case CloseCause::PeerClosed:
            // 1001 is said by a server that goes away, 4001 by ours before a restart.
            return info.code == 1001 || info.code == 1012 || info.code == 4001
                ? ErrorKind::ServerStopping
                : ErrorKind::ConnectionLost;
        case CloseCause::Requested:
        case CloseCause::ConnectionLost:
        case CloseCause::OtherError:
            return ErrorKind::ConnectionLost;
        }
        return ErrorKind::ConnectionLost;
    }();
    return make(kind, host, detail);
}

ServiceError ServiceErrors::fromCtrl(const wire::Ctrl &ctrl, const QString &subject)
{
    // The server's words go to the detail: they are English and meant for developers.
    const QString detail = QStringLiteral("%1 %2").arg(ctrl.code).arg(ctrl.text);
    const auto kind = [&] {
        switch (ctrl.code) {
        case 300:
            return ErrorKind::CredentialsNeeded;
        case 401:
            return ErrorKind::WrongPassword;
        case 403:
            return ErrorKind::NotAllowed;
        case 404:
        case 410:
            return ErrorKind::NotFound;
        case 405:
        case 501:
            return ErrorKind::NotSupported;
        case 408:
        case 504:
            return ErrorKind::TimedOut;
        case 409:
            return ctrl.text.contains(QLatin1String("duplicate")) ? ErrorKind::LoginTaken
                                                                  : ErrorKind::Rejected;
        case 413:
            return ErrorKind::TooLarge;
        case 429:
            return ErrorKind::TooManyAttempts;
        case 502:
        case 503:
            return ErrorKind::ServerBusy;
        case 505:
            return ErrorKind::ProtocolTooOld;
        default:
            return ctrl.code >= 500 ? ErrorKind::ServerFault : ErrorKind::Rejected;
        }
    }();
    return make(kind, subject, detail);
}

QString ServiceError::sentences() const
{
    return nextStep.isEmpty() ? sentence : sentence + u' ' + nextStep;
}

}
