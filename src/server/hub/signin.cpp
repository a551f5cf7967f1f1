#include "server/hub/signin.h"

#include "server/hub/accountrules.h"
#include "server/hub/limits.h"
#include "server/logevent.h"

#include <algorithm>

namespace confab::server {

namespace {

constexpr QLatin1String kBasic("basic");
constexpr QLatin1String kToken("token");
constexpr qsizetype kMaxLoggedUa = 100;

/// Without the login: people type their password there.
void refusedSignIn(const Request &request, QLatin1String scheme)
{
    LogEvent::info("sign-in-refused").with("address", request.address()).with("scheme", scheme);
}

void signedIn(const Request &request, QLatin1String scheme)
{
    LogEvent::info("signed-in")
        .with("user", request.userId())
        .with("address", request.address())
        .with("scheme", scheme)
        .with("ua", request.session().ua.left(kMaxLoggedUa));
}

} // namespace

void SignIn::login(const RequestPtr &request, const wire::Login &packet)
{
    if (packet.scheme == QLatin1String("reset")) // goes by credentials, which nobody validates here
        return request->reply(kNotImplemented);
    if (request->session().user)
        return request->reply(kAlreadyAuthenticated);
    if (packet.scheme == kBasic)
        return loginBasic(request, packet);
    if (packet.scheme == kToken)
        return loginToken(request, packet);
    request->reply(kUnknownScheme);
}

void SignIn::loginBasic(const RequestPtr &request, const wire::Login &packet)
{
    const std::optional<BasicSecret> secret = splitBasicSecret(packet.secret);
    if (!secret)
        return request->reply(kMalformed);
    m_hub.gate.enter([this, request, secret = *secret](const LoginGate::Ticket &ticket) {
        if (request->session().link)
            checkPassword(request, secret.login, secret.password.left(kMaxPassword), ticket);
    });
}

void SignIn::checkPassword(const RequestPtr &request, const QString &login,
    const QByteArray &password, const LoginGate::Ticket &ticket)
{
    const QString account = QLatin1String("login ") + login.left(kMaxLogin);
    const QString address = QLatin1String("address ") + request->address();
    const auto now = LoginThrottle::Clock::now();
    const auto wait
        = std::max(m_hub.throttle.wait(account, now), m_hub.throttle.wait(address, now));
    if (wait > wait.zero()) {
        m_hub.metrics.refused(Refusal::LoginRate);
        LogEvent::info("sign-in-delayed")
            .with("address", request->address())
            .with("milliseconds", wait.count());
        wire::CtrlParams params;
        params.retryAfter = int(wait.count());
        return request->reply(kTooManyAttempts, params);
    }
    const LoginRecord known = m_hub.reader.login(login).value_or(LoginRecord());
    m_hub.passwords.verify(password, known.hash, m_hub.context,
        [this, request, known, account, address, ticket](const Passwords::Verdict &verdict) {
            const UserPtr user = verdict.isRight ? m_hub.users.find(known.user) : nullptr;
            if (!user) {
                const auto later = LoginThrottle::Clock::now();
                m_hub.throttle.failed(account, later);
                m_hub.throttle.failed(address, later);
                m_hub.metrics.refused(Refusal::Login);
                refusedSignIn(*request, kBasic);
                return request->reply(kAuthFailed);
            }
            // An own account must not buy more guesses at the others from the same address.
            m_hub.throttle.forgive(address, m_hub.throttle.failures(account));
            m_hub.throttle.succeeded(account);
            if (!verdict.renewed.isEmpty())
                m_hub.database.write(RenewHash{known, verdict.renewed});
            if (m_hub.reader.isDisabled(user->record.id))
                return request->reply(kDenied);
            enter(request->session(), user);
            signedIn(*request, kBasic);
            request->setTime(QDateTime::currentDateTimeUtc());
            request->reply(kOk, params(*user, request->time()));
        });
}

void SignIn::loginToken(const RequestPtr &request, const wire::Login &packet)
{
    const Tokens::Verdict verdict = m_hub.tokens.check(packet.secret, request->time());
    if (!verdict.claims) {
        m_hub.metrics.refused(Refusal::Login);
        refusedSignIn(*request, kToken);
        const bool malformed = verdict.refusal == Tokens::Refusal::Malformed;
        return request->reply(malformed ? kMalformed : kAuthFailed);
    }
    const UserPtr user = m_hub.users.find(verdict.claims->user);
    if (!user || user->record.tokenSerial != verdict.claims->serial) {
        refusedSignIn(*request, kToken);
        return request->reply(kAuthFailed);
    }
    if (m_hub.reader.isDisabled(user->record.id))
        return request->reply(kDenied);
    enter(request->session(), user);
    signedIn(*request, kToken);
    request->reply(kOk, params(*user, request->time()));
}

void SignIn::enter(Session &session, const UserPtr &user)
{
    if (!session.link)
        return;
    session.user = user;
    session.stage = Session::Stage::SignedIn;
    user->sessions.append(&session);
    session.link->authenticated();
}

wire::CtrlParams SignIn::params(const User &user, const QDateTime &now) const
{
    wire::CtrlParams params;
    params.user = user.record.id;
    params.authlvl = user.record.anonymous ? QStringLiteral("anon") : QStringLiteral("auth");
    params.expires = now.addDays(m_hub.options.tokenLifetime.count());
    params.token = m_hub.tokens.issue({user.record.id, params.expires, user.record.tokenSerial});
    return params;
}

std::optional<wire::UserId> SignIn::userOfToken(const QByteArray &token) const
{
    const Tokens::Verdict verdict = m_hub.tokens.check(token, QDateTime::currentDateTimeUtc());
    if (!verdict.claims)
        return std::nullopt;
    const UserPtr user = m_hub.users.find(verdict.claims->user);
    if (!user || user->record.tokenSerial != verdict.claims->serial
        || m_hub.reader.isDisabled(user->record.id))
        return std::nullopt;
    return user->record.id;
}

} // namespace confab::server
