#include "service/handshake.h"

#include "service/servicelog.h"
#include "wire/card.h"

#include <QLocale>
#include <QRegularExpression>

namespace confab {

namespace {

QByteArray basicSecret(const QString &login, const QString &password)
{
    return login.toUtf8() + ':' + password.toUtf8();
}

/// The server names no field (protocol.md §9.2), so what it would not take is told by the usual rules.
bool looksLikeLogin(const QString &login)
{
    static const QRegularExpression usual(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9_.]{3,31}$"));
    return usual.match(login).hasMatch();
}

}

Handshake::Handshake(RequestTable *requests, QObject *parent)
    : QObject(parent)
    , m_requests(requests)
{
}

void Handshake::start(const Intent &intent, const QString &host)
{
    m_intent = intent;
    m_host = host;
    sayHi();
}

void Handshake::sayHi()
{
    const QString language = QLocale::system().bcp47Name();
    wire::Hi hi;
    hi.ver = QLatin1String(kVersion);
    hi.ua = QStringLiteral("Confab/" CONFAB_VERSION " (Linux; %1)").arg(language);
    hi.lang = language;
    hi.platf = QStringLiteral("linux");
    m_requests->ask(this, hi, [this](const Reply &reply) { takeHi(reply); });
}

void Handshake::takeHi(const Reply &reply)
{
    if (reply.end == Reply::End::TimedOut) {
        // It took the connection, but has nothing to say to us.
        emit failed(ServiceErrors::make(ErrorKind::NotTinode, m_host), {});
        return;
    }
    if (reply.end == Reply::End::Cancelled || isTemporary(reply))
        return;
    if (!reply.ok()) {
        qCInfo(lcService) << "hi was answered with" << reply.ctrl.code;
        emit refused(reply.ctrl.code == 403
                ? ServiceErrors::make(ErrorKind::WrongApiKey, m_host)
                : ServiceErrors::make(ErrorKind::ProtocolTooOld, m_host,
                    QStringLiteral("%1 %2").arg(reply.ctrl.code).arg(reply.ctrl.text)));
        return;
    }
    emit greeted(reply.ctrl.params.value_or(wire::CtrlParams()));
    identify();
}

void Handshake::identify()
{
    if (std::holds_alternative<std::monostate>(m_intent)) {
        emit refused(ServiceErrors::make(ErrorKind::SessionExpired));
        return;
    }
    const auto message = std::visit(
        [this](const auto &intent) -> wire::ClientMessage {
            if constexpr (std::is_same_v<std::decay_t<decltype(intent)>, std::monostate>)
                return wire::Login();
            else
                return login(intent);
        },
        m_intent);
    m_requests->ask(this, message, [this](const Reply &reply) { takeIdentity(reply); });
}

wire::ClientMessage Handshake::login(const WithToken &intent) const
{
    wire::Login login;
    login.scheme = QStringLiteral("token");
    login.secret = intent.token;
    return login;
}

wire::ClientMessage Handshake::login(const WithPassword &intent) const
{
    wire::Login login;
    login.scheme = QStringLiteral("basic");
    login.secret = basicSecret(intent.login, intent.password);
    return login;
}

wire::ClientMessage Handshake::login(const WithNewAccount &intent) const
{
    wire::Card card;
    card.name = intent.displayName.isEmpty() ? intent.login : intent.displayName;
    wire::Acc acc;
    acc.user = QStringLiteral("new");
    acc.scheme = QStringLiteral("basic");
    acc.secret = basicSecret(intent.login, intent.password);
    acc.login = true;
    acc.desc.emplace();
    acc.desc->pub = card.toPublic();
    if (!intent.invite.isEmpty()) {
        wire::Credential code;
        code.meth = QStringLiteral("invite");
        code.val = intent.invite;
        acc.cred.append(code);
    }
    return acc;
}

bool Handshake::claimsLostAccount(const Reply &reply)
{
    const auto *fresh = std::get_if<WithNewAccount>(&m_intent);
    if (!fresh)
        return false;
    const QByteArray secret = basicSecret(fresh->login, fresh->password);
    if (reply.end != Reply::End::Answered) {
        m_unanswered = secret;
        return false;
    }
    const bool wasLost = std::exchange(m_unanswered, {}) == secret;
    if (!wasLost || reply.ctrl.code != 409)
        return false;
    m_intent = WithPassword{fresh->login, fresh->password};
    identify();
    return true;
}

void Handshake::takeIdentity(const Reply &reply)
{
    if (claimsLostAccount(reply))
        return;
    if (reply.end == Reply::End::Cancelled || isTemporary(reply))
        return;
    const wire::CtrlParams params = reply.ctrl.params.value_or(wire::CtrlParams());
    if (reply.ctrl.code / 100 != 2) {
        qCInfo(lcService) << "sign-in was answered with" << reply.ctrl.code;
        emit refused(identityError(reply.ctrl));
        return;
    }
    if (!wire::isUserId(params.user)) {
        emit refused(ServiceErrors::make(ErrorKind::ServerFault, m_host,
            QStringLiteral("signed in, but told no user id")));
        return;
    }
    Session session{params.user, params.token, params.expires, {}};
    if (const auto *known = std::get_if<WithPassword>(&m_intent))
        session.login = known->login;
    else if (const auto *fresh = std::get_if<WithNewAccount>(&m_intent))
        session.login = fresh->login;
    emit signedIn(session);
    attachMe();
}

ServiceError Handshake::identityError(const wire::Ctrl &ctrl) const
{
    const QString detail = QStringLiteral("%1 %2").arg(ctrl.code).arg(ctrl.text);
    if (std::holds_alternative<WithToken>(m_intent))
        return ServiceErrors::make(ErrorKind::SessionExpired, {}, detail);
    if (ctrl.code == 300) {
        const QStringList methods = ctrl.params ? ctrl.params->cred : QStringList();
        return ServiceErrors::make(
            ErrorKind::CredentialsNeeded, methods.join(QStringLiteral(", ")), detail);
    }
    if (const auto *fresh = std::get_if<WithNewAccount>(&m_intent)) {
        if (ctrl.code == 409)
            return ServiceErrors::make(ErrorKind::LoginTaken, {}, detail);
        if (ctrl.code == 403 && ctrl.params && ctrl.params->what == QLatin1String("invite"))
            return ServiceErrors::make(ErrorKind::InviteNeeded, fresh->invite, detail);
        if (ctrl.code == 403 || ctrl.code == 405 || ctrl.code == 501)
            return ServiceErrors::make(ErrorKind::RegistrationClosed, m_host, detail);
        if (ctrl.code == 422 || ctrl.code == 400) {
            return ServiceErrors::make(looksLikeLogin(fresh->login) ? ErrorKind::PasswordNotAllowed
                                                                    : ErrorKind::LoginNotAllowed,
                {}, detail);
        }
    }
    if (ctrl.code == 401 || ctrl.code == 404 || ctrl.code == 400)
        return ServiceErrors::make(ErrorKind::WrongPassword, {}, detail);
    return ServiceErrors::fromCtrl(ctrl, m_host);
}

void Handshake::attachMe()
{
    wire::Sub sub;
    sub.topic = QStringLiteral("me");
    sub.get.emplace();
    sub.get->what = wire::What::Desc | wire::What::Sub | wire::What::Tags | wire::What::Cred;
    m_requests->ask(this, sub, [this](const Reply &reply) {
        if (reply.end == Reply::End::Cancelled || isTemporary(reply))
            return;
        if (!reply.ok())
            emit refused(ServiceErrors::make(ErrorKind::SessionExpired, {},
                QStringLiteral("me: %1 %2").arg(reply.ctrl.code).arg(reply.ctrl.text)));
        else
            emit finished(reply.subs);
    });
}

bool Handshake::isTemporary(const Reply &reply)
{
    if (reply.end == Reply::End::TimedOut) {
        emit failed(ServiceErrors::make(ErrorKind::TimedOut, m_host), {});
        return true;
    }
    const int code = reply.ctrl.code;
    const bool isFinal = code == 501 || code == 505;
    if (code != 429 && (code < 500 || isFinal))
        return false;
    const int hint = reply.ctrl.params ? reply.ctrl.params->retryAfter : 0;
    emit failed(ServiceErrors::fromCtrl(reply.ctrl, m_host), std::chrono::milliseconds(hint));
    return true;
}

}
