#pragma once

#include "service/chatservice.h"
#include "store/archive/archive.h"
#include "support/fakesession.h"
#include "wire/clientcodec.h"
#include "wire/servercodec.h"

#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <memory>
#include <optional>

/// A ChatService whose server is the test: what the client sends is taken one by one, what the server
/// says is injected. The channel stays on this thread; the archive is a real one in a fresh folder.
class FakeServer
{
public:
    explicit FakeServer(confab::AccountConfig config = tinode())
        : m_config(std::move(config))
    {
        m_timing.requestSlow = std::chrono::milliseconds(400);
        m_timing.requestLimit = std::chrono::milliseconds(800);
        m_timing.gapWait = std::chrono::milliseconds(20);
        m_timing.receivedBatch = std::chrono::milliseconds(20);
        m_timing.readBatch = std::chrono::milliseconds(20);
        m_timing.typingShown = std::chrono::milliseconds(200);
        m_timing.undoDelete = std::chrono::milliseconds(100);
        m_timing.retryFirst = std::chrono::milliseconds(20);
        m_timing.reconnectSpacing = std::chrono::milliseconds(50);
        m_databaseEnd.moveToThread(&m_database);
        m_database.start();
        makeService();
    }
    ~FakeServer()
    {
        destroyService();
        m_database.quit();
        m_database.wait();
    }

    static confab::AccountConfig tinode()
    {
        confab::AccountConfig config;
        config.kind = confab::ServerKind::Tinode;
        config.url = QUrl(QStringLiteral("ws://chat.example.org/v0/channels"));
        config.backoff = {std::chrono::milliseconds(10), std::chrono::milliseconds(20)};
        return config;
    }

    confab::ChatService &service() { return *m_service; }
    confab::TopicList &topics() { return *m_topics; }
    confab::Topic *topic(const QString &name) { return m_topics->find(name); }
    confab::Archive &archive() { return *m_archive; }
    QThread *database() { return &m_database; }
    confab::FakeSession *session() const { return m_sessions.last(); }
    qsizetype attempts() const { return m_sessions.count(); }

    void setEpoch(const QString &epoch) { m_epoch = epoch; } ///< told from the next hi on
    void setGapWait(std::chrono::milliseconds wait) ///< from the next restart on
    {
        m_timing.gapWait = wait;
    }
    void restart()
    {
        destroyService();
        makeService();
    }
    /// The two halves of restart(): in between nobody has the files open.
    void close()
    {
        QSemaphore closed;
        destroyService();
        QMetaObject::invokeMethod(&m_databaseEnd, [&closed] { closed.release(); });
        closed.acquire();
    }
    void reopen() { makeService(); }
    QString folder() const { return m_folder.path(); }

    /// Waits for the next packet of this kind; others that were sent stay for later.
    template <typename Packet>
    Packet next()
    {
        std::optional<Packet> packet;
        const bool came = QTest::qWaitFor([&] {
            collect();
            for (qsizetype i = 0; i < m_sent.size(); ++i) {
                if (auto *found = std::get_if<Packet>(&m_sent[i])) {
                    packet = *found;
                    m_sent.removeAt(i);
                    return true;
                }
            }
            return false;
        });
        if (!came)
            qWarning("the expected packet was not sent");
        return packet.value_or(Packet());
    }
    /// How many packets of this kind were sent and not taken.
    template <typename Packet>
    int count()
    {
        collect();
        int found = 0;
        for (const confab::wire::ClientMessage &message : std::as_const(m_sent))
            found += std::holds_alternative<Packet>(message) ? 1 : 0;
        return found;
    }
    void forgetSent()
    {
        collect();
        m_sent.clear();
    }

    void say(const confab::wire::ServerMessage &message)
    {
        session()->injectText(confab::wire::encode(message));
    }
    void reply(const QString &id, int code, const QString &topic = {},
        const std::optional<confab::wire::CtrlParams> &params = {}, const QString &text = {})
    {
        confab::wire::Ctrl ctrl;
        ctrl.id = id;
        ctrl.code = code;
        ctrl.topic = topic;
        ctrl.text = text;
        ctrl.ts = QDateTime::currentDateTimeUtc();
        ctrl.params = params;
        say(ctrl);
    }
    void replyPart(const QString &id, int code, const QString &topic, const QString &what)
    {
        confab::wire::CtrlParams params;
        params.what = what;
        reply(id, code, topic, params);
    }
    void data(const QString &topic, int seq, const QString &from, const QString &text,
        const QString &cid = {})
    {
        confab::wire::Data data;
        data.topic = topic;
        data.seq = seq;
        data.from = from;
        data.ts = QDateTime::fromSecsSinceEpoch(1'700'000'000 + seq, Qt::UTC);
        data.content = confab::wire::JsonBlob::fromString(text);
        if (!cid.isEmpty())
            data.head.setCid(cid);
        say(data);
    }
    void presence(const QString &topic, const QString &src, confab::wire::PresKind what, int seq = 0)
    {
        confab::wire::Pres pres;
        pres.topic = topic;
        pres.src = src;
        pres.what = what;
        pres.seq = seq;
        if (what == confab::wire::PresKind::Message)
            pres.act = src;
        say(pres);
    }

    static confab::wire::Subscription chat(const QString &name, int seq = 0)
    {
        confab::wire::Subscription chat;
        chat.topic = name;
        chat.seq = seq;
        confab::wire::Card card;
        card.name = QStringLiteral("Name of ") + name;
        chat.pub = card.toPublic();
        const auto mode = confab::wire::parseAccess(u"JRWP").value();
        chat.acs = confab::wire::Acs{mode, mode};
        chat.touched = QDateTime::fromSecsSinceEpoch(1'700'000'000 + seq, Qt::UTC);
        return chat;
    }

    /// From the open link to the list of chats.
    void greet()
    {
        const auto hi = next<confab::wire::Hi>();
        confab::wire::CtrlParams params;
        params.ver = QStringLiteral("0.25");
        params.maxMessageSize = 2'000;
        params.epoch = m_epoch;
        reply(hi.id, 201, {}, params);
    }
    void logIn()
    {
        const auto login = next<confab::wire::Login>();
        confab::wire::CtrlParams params;
        params.user = kSelf;
        params.token = QByteArrayLiteral("fresh");
        reply(login.id, 200, {}, params);
    }
    void list(const QList<confab::wire::Subscription> &chats)
    {
        const auto me = nextSub(QStringLiteral("me"));
        reply(me.id, 200, QStringLiteral("me"));
        confab::wire::Meta desc;
        desc.id = me.id;
        desc.topic = QStringLiteral("me");
        desc.desc.emplace();
        say(desc);
        if (chats.isEmpty()) {
            replyPart(me.id, 204, QStringLiteral("me"), QStringLiteral("sub"));
        } else {
            confab::wire::Meta sub;
            sub.id = me.id;
            sub.topic = QStringLiteral("me");
            sub.sub = chats;
            say(sub);
        }
        replyPart(me.id, 204, QStringLiteral("me"), QStringLiteral("tags"));
        replyPart(me.id, 204, QStringLiteral("me"), QStringLiteral("creds"));
    }
    /// Opens the link of the attempt that is under way and signs in. Saved messages are listed, too.
    void signIn(QList<confab::wire::Subscription> chats = {})
    {
        QTRY_VERIFY(session() && !session()->isClosed() && !session()->isOpened());
        session()->injectOpened();
        greet();
        logIn();
        chats.append(chat(QStringLiteral("slf")));
        list(chats);
        QTRY_VERIFY(m_service->isOnline());
    }
    void start(const QList<confab::wire::Subscription> &chats = {})
    {
        m_service->start(QByteArrayLiteral("kept"));
        signIn(chats);
    }
    /// A subscription to this topic; others stay.
    confab::wire::Sub nextSub(const QString &topic)
    {
        std::optional<confab::wire::Sub> sub;
        const bool came = QTest::qWaitFor([&] {
            collect();
            for (qsizetype i = 0; i < m_sent.size(); ++i) {
                auto *found = std::get_if<confab::wire::Sub>(&m_sent[i]);
                if (found && found->topic == topic) {
                    sub = *found;
                    m_sent.removeAt(i);
                    return true;
                }
            }
            return false;
        });
        if (!came)
            qWarning("not subscribed: %s", qPrintable(topic));
        return sub.value_or(confab::wire::Sub());
    }
    /// Answers a subscription: the topic stands at `seq`, these messages come.
    void attach(const confab::wire::Sub &sub, int seq, const QList<int> &seqs = {},
        const QString &from = QStringLiteral("usrPeerPeer001"))
    {
        reply(sub.id, 200, sub.topic);
        confab::wire::Meta desc;
        desc.id = sub.id;
        desc.topic = sub.topic;
        desc.desc.emplace();
        desc.desc->seq = seq;
        say(desc);
        replyPart(sub.id, 204, sub.topic, QStringLiteral("sub"));
        for (auto it = seqs.rbegin(); it != seqs.rend(); ++it)
            data(sub.topic, *it, from, QStringLiteral("text %1").arg(*it));
        replyPart(sub.id, seqs.isEmpty() ? 204 : 208, sub.topic, QStringLiteral("data"));
        if (sub.get && sub.get->what.testFlag(confab::wire::What::Aux))
            replyPart(sub.id, 204, sub.topic, QStringLiteral("aux"));
        if (sub.get && sub.get->what.testFlag(confab::wire::What::Del))
            replyPart(sub.id, 204, sub.topic, QStringLiteral("del"));
    }
    /// Opens a topic that holds messages 1..seq.
    void open(const QString &name, int seq = 0)
    {
        m_service->openTopic(name);
        QList<int> seqs;
        for (int i = 1; i <= seq; ++i)
            seqs.append(i);
        attach(nextSub(name), seq, seqs);
        QTRY_VERIFY(topic(name)->isAttached());
        QTRY_COMPARE(topic(name)->timeline().messageCount(), seq);
    }

    QStringList rows(const QString &name)
    {
        QStringList texts;
        for (int row = 0; row < topic(name)->timeline().count(); ++row) {
            const confab::Timeline &timeline = topic(name)->timeline();
            texts.append(timeline.isPending(row)
                    ? QLatin1Char('[') + timeline.pending(row).text + QLatin1Char(']')
                    : timeline.message(row).text);
        }
        return texts;
    }

    static inline const QString kSelf = QStringLiteral("usrSelfSelf001");
    static inline const QString kPeer = QStringLiteral("usrPeerPeer001");

private:
    void collect()
    {
        if (!session())
            return;
        for (const confab::Frame &frame : session()->takeSent()) {
            auto message = confab::wire::decodeClientMessage(frame.bytes);
            if (message)
                m_sent.append(*std::move(message));
        }
    }
    void makeService()
    {
        m_topics = std::make_unique<confab::TopicList>();
        m_archive = std::make_unique<confab::Archive>(m_folder.path(), &m_database);
        confab::ChatService::Parts parts;
        parts.sessions = m_sessions.factory();
        parts.topics = m_topics.get();
        parts.archive = m_archive.get();
        parts.folder = m_folder.path();
        parts.random = [] { return 0.0; };
        parts.timing = m_timing;
        m_service = std::make_unique<confab::ChatService>(m_config, std::move(parts));
    }
    void destroyService()
    {
        m_service.reset();
        m_archive.reset();
        m_topics.reset();
        m_sent.clear();
    }

    QTemporaryDir m_folder;
    confab::AccountConfig m_config;
    confab::ServiceTiming m_timing;
    QString m_epoch;
    QThread m_database;
    QObject m_databaseEnd; ///< lives on that thread
    confab::FakeSessionFactory m_sessions;
    QList<confab::wire::ClientMessage> m_sent;
    std::unique_ptr<confab::TopicList> m_topics;
    std::unique_ptr<confab::Archive> m_archive;
    std::unique_ptr<confab::ChatService> m_service;
};
