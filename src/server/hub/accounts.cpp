#include "server/hub/accounts.h"

#include "server/hub/access.h"
#include "server/hub/accountrules.h"
#include "server/hub/invitecode.h"
#include "server/hub/limits.h"
#include "server/hub/signin.h"
#include "server/hub/tags.h"
#include "server/logevent.h"
#include "wire/card.h"

#include <QRegularExpression>

#include <algorithm>
#include <limits>
#include <utility>

namespace confab::server {

using wire::AccessMode;

namespace {

constexpr QLatin1String kBasic("basic");
constexpr QLatin1String kAnonymous("anonymous");
constexpr QLatin1String kNew("new");

wire::CtrlParams aboutAuth()
{
    wire::CtrlParams params;
    params.what = QStringLiteral("auth");
    return params;
}

/// "0.25", "0.25.3-rc1": major and minor, the rest does not matter.
std::optional<std::pair<int, int>> parseVersion(const QString &text)
{
    static const QRegularExpression kPattern(QStringLiteral("^v?(\\d{1,4})\\.(\\d{1,4})(\\D.*)?$"));
    const QRegularExpressionMatch match = kPattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    return std::pair(match.captured(1).toInt(), match.captured(2).toInt());
}

} // namespace

void Accounts::hi(const RequestPtr &request, const wire::Hi &packet)
{
    Session &session = request->session();
    if (session.stage == Session::Stage::Greeted) // as upstream answers; see frames/README.md
        return request->reply(kAuthRequired);
    const auto version = parseVersion(packet.ver);
    if (session.stage == Session::Stage::New) {
        if (!version)
            return request->reply(kMalformed);
        if (*version < std::pair(0, 20))
            return request->reply(kVersion);
        session.stage = Session::Stage::Greeted;
        session.ua = packet.ua;
    }
    session.lang = packet.lang;
    wire::CtrlParams params;
    params.ver = QStringLiteral("0.25");
    params.build = QStringLiteral("confab:" CONFAB_VERSION);
    params.maxMessageSize = m_hub.options.maxMessageSize;
    params.maxFileUploadSize
        = int(std::min<qint64>(m_hub.options.maxFileSize, std::numeric_limits<int>::max()));
    params.maxSubscriberCount = m_hub.options.maxSubscribers;
    params.maxTagCount = m_hub.options.maxTags;
    params.maxTagLength = kMaxTagLength;
    params.minTagLength = kMinTagLength;
    params.msgDelAge = int(m_hub.options.messageDeleteAge.count());
    // By invitation: official clients then ask for an e-mail address, which may hold the code.
    const bool byInvite = registrationFor(*request) == Registration::Invite;
    params.reqCred = wire::JsonBlob::fromBytes(byInvite ? "{\"auth\":[\"email\"]}" : "null");
    params.epoch = m_hub.reader.epoch();
    request->reply(kCreated, params);
}

void Accounts::acc(const RequestPtr &request, const wire::Acc &packet)
{
    if (!packet.tmpscheme.isEmpty())
        return request->reply(kNotImplemented);
    if (packet.user.isEmpty() || packet.user == request->userId())
        return changeSecret(request, packet);
    if (!packet.user.startsWith(kNew))
        return request->reply(kDenied);
    if (packet.login && request->session().user)
        return request->reply(kAlreadyAuthenticated);
    if (registrationFor(*request) == Registration::Closed)
        return request->reply(kDenied);
    if (packet.desc
        && (packet.desc->pub.bytes().size() > kMaxPublicBytes
            || packet.desc->priv.bytes().size() > kMaxPrivateBytes))
        return request->reply(kTooLarge);
    if (packet.scheme != kBasic && packet.scheme != kAnonymous)
        return request->reply(kMalformed);
    if (!m_hub.allows(ActionLimits::Action::Account, *request))
        return;
    if (packet.scheme == kBasic)
        createBasic(request, packet);
    else
        createAnonymous(request, packet);
}

Registration Accounts::registrationFor(const Request &request) const
{
    const bool isNear
        = m_hub.options.openOnThisMachine && QHostAddress(request.address()).isLoopback();
    return isNear ? Registration::Open : m_hub.options.registration;
}

void Accounts::createBasic(const RequestPtr &request, const wire::Acc &packet)
{
    const std::optional<BasicSecret> secret = splitBasicSecret(packet.secret);
    if (!secret)
        return request->reply(kMalformed, aboutAuth());
    if (!isGoodLogin(secret->login) || !isGoodPassword(secret->password))
        return request->reply(kPolicy, aboutAuth());
    if (m_hub.reader.login(secret->login))
        return request->reply(kDuplicateCredential, aboutAuth());
    m_hub.passwords.hash(secret->password, m_hub.context,
        [this, request, packet, login = secret->login](const QByteArray &hash) {
            if (hash.isEmpty())
                return request->reply(kInternal);
            const UserRecord user = newUser(packet.desc, request->time());
            store(request, packet, user, {user.id, login, hash});
        });
}

void Accounts::createAnonymous(const RequestPtr &request, const wire::Acc &packet)
{
    UserRecord user = newUser(packet.desc, request->time());
    user.anonymous = true;
    store(request, packet, user, {});
}

void Accounts::store(const RequestPtr &request, const wire::Acc &packet, const UserRecord &record,
    const LoginRecord &login)
{
    AddUser operation{record, login, {}, nameWords(wire::Card::fromPublic(record.pub).name)};
    if (registrationFor(*request) == Registration::Invite)
        operation.invite = inviteAmong(packet.cred).value_or(QByteArray());
    for (const QString &tag : cleanTags(packet.tags)) {
        // Nobody gives itself a login tag; an alias is set once the account is there.
        if (!tag.startsWith(QLatin1String("basic:")) && !isAliasTag(tag))
            operation.tags.append(tag);
    }
    operation.tags = operation.tags.mid(0, m_hub.options.maxTags);
    if (!login.login.isEmpty())
        operation.tags.append(QLatin1String("basic:") + login.login);
    const UserPtr user = m_hub.users.add(record);
    const bool signIn = packet.login || record.anonymous;
    m_hub.database.write(
        operation, m_hub.context, [this, request, user, signIn](const WriteOutcome &outcome) {
            if (outcome.status != WriteStatus::Committed) {
                m_hub.users.remove(user->record.id);
                return refuse(request, outcome.status);
            }
            LogEvent::info("account-created")
                .with("user", user->record.id)
                .with("address", request->address());
            welcome(user, request->time(),
                [this, request, user, signIn] { created(request, user, signIn); });
        });
}

void Accounts::refuse(const RequestPtr &request, WriteStatus status)
{
    switch (status) {
    case WriteStatus::Duplicate:
        return request->reply(kDuplicateCredential, aboutAuth());
    case WriteStatus::Refused: {
        wire::CtrlParams params;
        params.what = QStringLiteral("invite");
        return request->reply(kDenied, params);
    }
    case WriteStatus::Committed:
    case WriteStatus::Failed:
    case WriteStatus::DiskFailed:
        return request->reply(answerTo(status));
    }
}

void Accounts::created(const RequestPtr &request, const UserPtr &user, bool signIn)
{
    wire::CtrlParams params;
    params.user = user->record.id;
    if (signIn && !request->session().user) {
        SignIn::enter(request->session(), user);
        params = m_signIn.params(*user, request->time());
    }
    wire::TopicDesc desc;
    desc.created = user->record.created;
    desc.updated = user->record.updated;
    desc.defacs = wire::DefaultAccess{user->record.defaultAuth, user->record.defaultAnon};
    desc.pub = user->record.pub;
    desc.priv = user->record.priv;
    params.desc = desc;
    request->reply(signIn ? kOk : kCreated, params);
}

void Accounts::welcome(const UserPtr &user, const QDateTime &now, const std::function<void()> &done)
{
    const UserPtr host = m_hub.users.find(m_hub.welcomeUser);
    if (!host)
        return done();
    StoredTopic stored;
    stored.topic.id = m_hub.database.takeTopicId();
    stored.topic.key = directKey(user->record.id, host->record.id);
    stored.topic.created = stored.topic.updated = stored.topic.touched = now;
    for (const UserPtr &one : {user, host}) {
        MemberRecord member;
        member.topicId = stored.topic.id;
        member.user = one->record.id;
        member.want = member.given = access::kDirect;
        member.created = member.updated = now;
        stored.members.append(member);
    }
    const TopicPtr topic = m_hub.topics.add(stored, {});
    const AddTopic operation{stored.topic, stored.members, {}};
    m_hub.database.write(operation, m_hub.context, [this, topic, user, done](const WriteOutcome &) {
        m_hub.news.directCreated(*topic, user->record.id, nullptr);
        done();
    });
}

void Accounts::changeSecret(const RequestPtr &request, const wire::Acc &packet)
{
    if (!request->session().user)
        return request->reply(kAuthRequired);
    if (packet.scheme != kBasic)
        return request->reply(kMalformed);
    const std::optional<BasicSecret> secret = splitBasicSecret(packet.secret);
    if (!secret)
        return request->reply(kMalformed, aboutAuth());
    const std::optional<LoginRecord> present = m_hub.reader.loginOf(request->userId());
    LoginRecord login;
    login.user = request->userId();
    login.login = secret->login.isEmpty() && present ? present->login : secret->login;
    if (!isGoodLogin(login.login) || !isGoodPassword(secret->password))
        return request->reply(kPolicy, aboutAuth());
    m_hub.passwords.hash(
        secret->password, m_hub.context, [this, request, login](const QByteArray &hash) {
            if (hash.isEmpty())
                return request->reply(kInternal);
            LoginRecord complete = login;
            complete.hash = hash;
            saveLogin(request, complete);
        });
}

void Accounts::saveLogin(const RequestPtr &request, const LoginRecord &login)
{
    const UserPtr user = request->session().user;
    if (!user)
        return;
    // Old tokens end here (reliability.md T31); sessions that are open go on.
    const SetLogin operation{login, user->record.tokenSerial + 1};
    m_hub.database.write(
        operation, m_hub.context, [request, user, operation](const WriteOutcome &outcome) {
            switch (outcome.status) {
            case WriteStatus::Committed:
                user->record.tokenSerial = operation.tokenSerial;
                LogEvent::info("login-changed").with("user", user->record.id);
                return request->reply(kOk);
            case WriteStatus::Duplicate:
                return request->reply(kDuplicateCredential, aboutAuth());
            case WriteStatus::Refused:
            case WriteStatus::Failed:
            case WriteStatus::DiskFailed:
                return request->reply(answerTo(outcome.status));
            }
        });
}

wire::UserId Accounts::ensureServiceUser(const QString &displayName, const QString &aliasTag)
{
    UserPtr user = m_hub.users.find(m_hub.reader.ownersOfTag(aliasTag).value(0));
    if (!user) {
        wire::Card card;
        card.name = displayName;
        wire::Acc packet;
        packet.desc = wire::SetDesc{std::nullopt, card.toPublic(), {}, {}};
        user = m_hub.users.add(newUser(packet.desc, QDateTime::currentDateTimeUtc()));
        m_hub.database.write(AddUser{user->record, {}, {aliasTag}, nameWords(displayName)});
    }
    m_hub.serviceUsers.append(user); // stays in memory
    return user->record.id;
}

}
