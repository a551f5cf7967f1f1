#include "server/hub/hub.h"

#include "server/hub/accountremoval.h"
#include "server/hub/accounts.h"
#include "server/hub/accountwatch.h"
#include "server/hub/changes.h"
#include "server/hub/details.h"
#include "server/hub/find.h"
#include "server/hub/hubstate.h"
#include "server/hub/joining.h"
#include "server/hub/limits.h"
#include "server/hub/membership.h"
#include "server/hub/messages.h"
#include "server/hub/signin.h"
#include "server/logevent.h"
#include "server/requestid.h"

#include <QPointer>
#include <QRandomGenerator>

#include <chrono>

namespace confab::server {

namespace {

constexpr int kFlooding = 4008; // reliability.md, "Server close codes"

/// A restart takes a second or two; spread, so that not everybody comes back in the same moment.
std::chrono::milliseconds retryAfterShutdown()
{
    constexpr int kSoonest = 1000;
    constexpr int kLatest = 5000;
    return std::chrono::milliseconds(QRandomGenerator::global()->bounded(kSoonest, kLatest));
}

wire::TopicName topicOf(const wire::ClientMessage &message)
{
    return std::visit(
        [](const auto &packet) {
            if constexpr (requires { packet.topic; })
                return packet.topic;
            else
                return wire::TopicName();
        },
        message);
}

} // namespace

/// One function for each kind of packet; what each may do before sign-in is decided in one place.
class Dispatcher
{
public:
    explicit Dispatcher(HubState &hub)
        : m_hub(hub)
        , m_details(hub)
        , m_changes(hub)
        , m_messages(hub)
        , m_membership(hub, m_details, m_messages)
        , m_joining(hub, m_details, m_membership)
        , m_find(hub)
        , m_signIn(hub)
        , m_accounts(hub, m_signIn)
        , m_removal(hub)
    {
    }

    Accounts &accounts() { return m_accounts; }
    SignIn &signIn() { return m_signIn; }
    Messages &messages() { return m_messages; }

    void run(const RequestPtr &request, const wire::ClientMessage &message)
    {
        const Session::Stage stage = request->session().stage;
        const bool open = std::holds_alternative<wire::Hi>(message)
            || std::holds_alternative<wire::Acc>(message)
            || std::holds_alternative<wire::Login>(message);
        if (stage == Session::Stage::New && !std::holds_alternative<wire::Hi>(message))
            return request->reply(kOutOfSequence);
        if (stage != Session::Stage::SignedIn && !open)
            return request->reply(kAuthRequired);
        std::visit([&](const auto &packet) { serve(request, packet); }, message);
    }

private:
    void serve(const RequestPtr &request, const wire::Hi &packet)
    {
        m_accounts.hi(request, packet);
    }
    void serve(const RequestPtr &request, const wire::Acc &packet)
    {
        m_accounts.acc(request, packet);
    }
    void serve(const RequestPtr &request, const wire::Login &packet)
    {
        m_signIn.login(request, packet);
    }
    void serve(const RequestPtr &request, const wire::Sub &packet)
    {
        if (m_hub.allows(ActionLimits::Action::Sub, *request))
            m_joining.sub(request, packet);
    }
    void serve(const RequestPtr &request, const wire::Leave &packet)
    {
        m_membership.leave(request, packet);
    }
    void serve(const RequestPtr &request, const wire::Pub &packet)
    {
        m_messages.pub(request, packet);
    }
    void serve(const RequestPtr &request, const wire::Get &packet);
    void serve(const RequestPtr &request, const wire::Set &packet);
    void serve(const RequestPtr &request, const wire::Del &packet);
    // These never become requests.
    void serve(const RequestPtr &, const wire::Note &) { }
    void serve(const RequestPtr &, const wire::Probe &) { }

    void setTopic(const RequestPtr &request, const TopicPtr &topic, const wire::SetQuery &query);

    HubState &m_hub;
    Details m_details;
    Changes m_changes;
    Messages m_messages;
    Membership m_membership;
    Joining m_joining;
    Find m_find;
    SignIn m_signIn;
    Accounts m_accounts;
    AccountRemoval m_removal;
};

void Dispatcher::serve(const RequestPtr &request, const wire::Get &packet)
{
    const wire::TopicKind kind = wire::topicKind(packet.topic);
    if (packet.query.what == wire::Whats())
        return request->reply(kMalformed);
    if (kind == wire::TopicKind::Me) {
        if (!request->session().onMe)
            return request->reply(kAttachFirst);
        return m_details.answerMe(request, packet.query, Details::Order::OfGet);
    }
    if (kind == wire::TopicKind::Find) {
        if (m_hub.allows(ActionLimits::Action::Find, *request))
            m_find.answer(request, packet.query);
        return;
    }
    const TopicPtr topic = m_hub.attachedTopic(*request);
    if (!topic)
        return m_details.answerUnattached(request, packet.query);
    m_membership.answerParts(request, topic, packet.query, Details::Order::OfGet);
}

void Dispatcher::serve(const RequestPtr &request, const wire::Set &packet)
{
    if (packet.query.isEmpty())
        return request->reply(kMalformed);
    const wire::TopicKind kind = wire::topicKind(packet.topic);
    if (kind == wire::TopicKind::Me)
        return request->session().onMe ? m_changes.setMe(request, packet.query)
                                       : request->reply(kAttachFirst);
    if (kind == wire::TopicKind::Find)
        return request->session().onFind ? m_find.set(request, packet.query)
                                         : request->reply(kAttachFirst);
    if (const TopicPtr topic = m_hub.attachedTopic(*request))
        return setTopic(request, topic, packet.query);
    m_changes.setUnattached(request, packet.query,
        [this](const RequestPtr &again, const TopicPtr &topic, const wire::SetSub &set) {
            m_membership.setSub(again, topic, set);
        });
}

void Dispatcher::setTopic(
    const RequestPtr &request, const TopicPtr &topic, const wire::SetQuery &query)
{
    if (query.desc)
        m_changes.setDesc(request, topic, *query.desc);
    if (query.sub)
        m_membership.setSub(request, topic, *query.sub);
    if (query.tags)
        m_changes.setTags(request, topic, *query.tags);
    if (query.cred)
        request->reply(kNotAllowed);
    if (!query.aux.isAbsent())
        m_changes.setAux(request, topic, query.aux);
}

void Dispatcher::serve(const RequestPtr &request, const wire::Del &packet)
{
    switch (packet.what) {
    case wire::Del::Kind::Messages:
        return m_messages.remove(request, packet);
    case wire::Del::Kind::Topic:
        return m_membership.removeTopic(request);
    case wire::Del::Kind::Subscription:
        return m_membership.removeMember(request, packet);
    case wire::Del::Kind::User:
        if (!packet.user.isEmpty() && packet.user != request->userId())
            return request->reply(kDenied);
        return m_removal.removeOwn(request);
    case wire::Del::Kind::Credential:
        return request->reply(kNotImplemented);
    }
}

Hub::Hub(const ServerOptions &options, Database &database, QObject *parent)
    : QObject(parent)
    , m_state(std::make_unique<HubState>(options, database, this))
    , m_dispatcher(std::make_unique<Dispatcher>(*m_state))
    , m_accountWatch(std::make_unique<AccountWatch>(*m_state))
{
}

Hub::~Hub()
{
    for (const auto &[link, session] : m_state->sessions)
        session->link = nullptr;
}

void Hub::attach(Link *link)
{
    m_state->sessions.emplace(link, std::make_shared<Session>(link));
}

void Hub::attachAs(Link *link, const wire::UserId &serviceUser)
{
    const UserPtr user = m_state->users.find(serviceUser);
    Q_ASSERT(user);
    attach(link);
    SignIn::enter(*m_state->sessions.at(link), user);
}

void Hub::receive(Link *link, const wire::ClientMessage &message)
{
    const auto found = m_state->sessions.find(link);
    if (found == m_state->sessions.end())
        return;
    const std::shared_ptr<Session> session = found->second;
    ++m_state->metrics.packets;
    m_state->sweepLater();
    if (std::holds_alternative<wire::Probe>(message))
        return session->send(wire::ProbeReply());
    if (const auto *note = std::get_if<wire::Note>(&message))
        return m_dispatcher->messages().note(session, *note);
    if (session->waiting.size() >= kMaxWaitingRequests) {
        LogEvent::info("closed-flooding")
            .with("address", link->remoteAddress())
            .with("user", session->userId());
        session->waiting.clear();
        m_state->metrics.refused(Refusal::Flood);
        link->close(kFlooding, QStringLiteral("too many requests"));
        return;
    }
    session->waiting.push_back(message);
    pump(session);
}

/// Requests run one after the other, so that their answers keep their order; only publishing
/// overlaps, because its answers keep their order anyway.
void Hub::pump(const std::shared_ptr<Session> &session)
{
    if (session->pumping)
        return;
    session->pumping = true;
    while (session->link && !session->waiting.empty()) {
        const bool publishing = std::holds_alternative<wire::Pub>(session->waiting.front());
        if (session->running > 0 && !(publishing && session->onlyPublishing))
            break;
        const wire::ClientMessage message = std::move(session->waiting.front());
        session->waiting.pop_front();
        session->onlyPublishing = publishing;
        ++session->running;
        dispatch(session, message);
    }
    session->pumping = false;
}

void Hub::dispatch(const std::shared_ptr<Session> &session, const wire::ClientMessage &message)
{
    const auto request = std::make_shared<Request>(
        session, requestId(message), topicOf(message), [hub = QPointer<Hub>(this), session] {
            --session->running;
            if (hub)
                hub->pump(session);
        });
    m_dispatcher->run(request, message);
}

void Hub::receiveMalformed(Link *link, const QString &id)
{
    const auto found = m_state->sessions.find(link);
    m_state->metrics.refused(Refusal::Frame);
    if (found != m_state->sessions.end())
        Request(found->second, id, {}, [] {}).reply(kMalformed);
}

void Hub::detach(Link *link)
{
    const auto found = m_state->sessions.find(link);
    if (found == m_state->sessions.end())
        return;
    const std::shared_ptr<Session> session = found->second;
    m_state->sessions.erase(found);
    session->link = nullptr;
    session->waiting.clear();
    // A link may break while something is being sent to many: others are told in a turn of its own.
    QMetaObject::invokeMethod(
        this, [this, session] { forget(*session); }, Qt::QueuedConnection);
}

void Hub::forget(Session &session)
{
    m_state->sweepLater();
    for (const TopicPtr &topic : QList<TopicPtr>(session.attached.values()))
        m_state->detach(session, topic);
    const UserPtr user = session.user;
    if (!user)
        return;
    user->sessions.removeOne(&session);
    if (!session.onMe)
        return;
    session.onMe = false;
    if (user->isOnline())
        return;
    user->record.seen = QDateTime::currentDateTimeUtc();
    user->record.ua = session.ua;
    // Held until the write is done, so that nobody reads the older times meanwhile.
    m_state->database.write(MarkSeen{user->record.id, user->record.seen, user->record.ua}, this,
        [user](const WriteOutcome &) { Q_UNUSED(user) });
    m_state->presence.userWent(*user, session.ua);
}

void Hub::announceShutdown()
{
    const auto sessions = m_state->sessions; // a link may break while it is told
    for (const auto &[link, session] : sessions) {
        wire::CtrlParams params;
        params.retryAfter = int(retryAfterShutdown().count());
        session->tell(kShutdown, {}, params);
    }
}

void Hub::setRegistration(Registration registration)
{
    m_state->options.registration = registration;
}

std::optional<wire::UserId> Hub::userOfToken(const QByteArray &token) const
{
    return m_dispatcher->signIn().userOfToken(token);
}

wire::Result<QList<wire::Data>, int> Hub::history(
    const wire::UserId &user, const wire::TopicName &topic, wire::Seq before, int limit) const
{
    return m_dispatcher->messages().history(user, topic, before, limit);
}

int Hub::sessionCount() const
{
    return int(m_state->sessions.size());
}

qsizetype Hub::topicCount() const
{
    return m_state->topics.count();
}

int Hub::commitCount() const
{
    return m_state->database.commitCount();
}

bool Hub::isOpenToNewcomers() const
{
    return m_state->options.registration != Registration::Closed;
}

Metrics &Hub::metrics()
{
    return m_state->metrics;
}

wire::UserId Hub::ensureServiceUser(const QString &displayName, const QString &aliasTag)
{
    return m_dispatcher->accounts().ensureServiceUser(displayName, aliasTag);
}

void Hub::addToNewAccounts(const wire::UserId &serviceUser)
{
    m_state->welcomeUser = serviceUser;
}

} // namespace confab::server
