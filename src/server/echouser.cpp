#include "server/echouser.h"

#include "server/hub/hub.h"
#include "server/logevent.h"
#include "wire/servercodec.h"

namespace confab::server {

namespace {

constexpr int kPage = 100; // the most that one {get data} gives (protocol.md §6.2)
constexpr qsizetype kMaxChats
    = 64; // attached at a time; a session may have 500 (reliability.md T24)

}

EchoUser::EchoUser(Hub &hub, QObject *parent)
    : QObject(parent)
    , m_hub(hub)
    , m_user(hub.ensureServiceUser(QStringLiteral("Echo"), QStringLiteral("alias:echo")))
{
    m_hub.attachAs(this, m_user);
    m_hub.addToNewAccounts(m_user);

    wire::GetQuery chats;
    chats.what = wire::What::Sub;
    m_hub.receive(
        this, wire::Sub{.id = {}, .topic = QStringLiteral("me"), .set = {}, .get = chats});
}

EchoUser::~EchoUser()
{
    m_hub.detach(this);
}

void EchoUser::send(const QByteArray &utf8)
{
    // The hub is in the middle of something: its next request has to wait.
    m_inbox.append(utf8);
    if (m_inbox.size() == 1)
        QMetaObject::invokeMethod(this, &EchoUser::processInbox, Qt::QueuedConnection);
}

void EchoUser::close(int code, const QString &reason)
{
    LogEvent::warning("echo-signed-out").with("code", code).with("reason", reason);
}

QString EchoUser::remoteAddress() const
{
    return QStringLiteral("echo");
}

void EchoUser::authenticated() { }

void EchoUser::processInbox()
{
    for (const QByteArray &frame : std::exchange(m_inbox, {})) {
        const auto message = wire::decodeServerMessage(frame);
        if (!message)
            continue;
        std::visit(
            [this](const auto &packet) {
                if constexpr (requires { handle(packet); })
                    handle(packet);
            },
            *message);
    }
}

void EchoUser::handle(const wire::Ctrl &ctrl)
{
    const auto chat = m_chats.find(ctrl.id);
    if (chat == m_chats.end())
        return;
    if (ctrl.code >= 400) {
        m_order.removeOne(ctrl.id);
        m_chats.erase(chat);
    } else if (ctrl.params && ctrl.params->what == u"data") {
        chat->loading = false;
        answerWaiting(ctrl.id);
    }
}

void EchoUser::handle(const wire::Meta &meta)
{
    for (const wire::Subscription &chat : meta.sub.value_or(QList<wire::Subscription>())) {
        if (wire::topicKind(chat.topic) == wire::TopicKind::Direct && chat.seq > chat.read)
            join(chat.topic, chat.read + 1);
    }
}

void EchoUser::handle(const wire::Pres &pres)
{
    if (pres.what == wire::PresKind::Gone || pres.what == wire::PresKind::Term) {
        m_chats.remove(pres.src);
        m_order.removeOne(pres.src);
    }
    // The presence of a direct chat is told with the peer as its source, on `me`.
    if (pres.what == wire::PresKind::Message && !pres.act.isEmpty() && pres.act != m_user
        && wire::topicKind(pres.src) == wire::TopicKind::Direct && !m_chats.contains(pres.src))
        join(pres.src, pres.seq);
}

void EchoUser::handle(const wire::Data &data)
{
    const auto chat = m_chats.find(data.topic);
    if (chat == m_chats.end() || data.from == m_user || data.seq <= chat->answered)
        return;
    chat->waiting.insert(data.seq, data);
    m_order.removeOne(data.topic);
    m_order.append(data.topic);
    if (!chat->loading)
        answerWaiting(data.topic);
}

void EchoUser::join(const wire::TopicName &topic, wire::Seq since)
{
    if (m_chats.contains(topic))
        return;
    if (m_chats.size() >= kMaxChats)
        leaveOldest();
    m_chats.insert(topic, Chat{.answered = since - 1, .waiting = {}});
    m_order.append(topic);

    wire::GetQuery unanswered;
    unanswered.what = wire::What::Data;
    unanswered.data.since = since;
    unanswered.data.limit = kPage;
    // The topic serves as the request id: replies and messages then name their chat alike.
    m_hub.receive(this, wire::Sub{.id = topic, .topic = topic, .set = {}, .get = unanswered});
}

void EchoUser::leaveOldest()
{
    const wire::TopicName topic = m_order.takeFirst();
    answerWaiting(topic);
    m_chats.remove(topic);
    m_hub.receive(this, wire::Leave{.id = {}, .topic = topic});
}

void EchoUser::answerWaiting(const wire::TopicName &topic)
{
    Chat &chat = m_chats[topic];
    const QMap<wire::Seq, wire::Data> waiting = std::exchange(chat.waiting, {});
    for (const wire::Data &data : waiting) {
        chat.answered = data.seq;
        answer(topic, data);
    }
}

void EchoUser::answer(const wire::TopicName &topic, const wire::Data &data)
{
    // First of all, because publishing counts as having read everything before.
    m_hub.receive(this,
        wire::Note{.topic = topic,
            .what = wire::NoteKind::Read,
            .seq = data.seq,
            .event = {},
            .payload = {}});
    // Edits and reactions are no new words, and Echo takes no calls.
    if (data.head.foldsOnto() > 0 || !data.head.webrtc().isEmpty())
        return;
    wire::Pub pub;
    pub.topic = topic;
    pub.noecho = true;
    if (const QString mime = data.head.mime(); !mime.isEmpty())
        pub.head.setMime(mime);
    pub.head.setCid(QStringLiteral("echo-%1").arg(data.seq));
    pub.content = data.content;
    m_hub.receive(this, pub);
}

}
