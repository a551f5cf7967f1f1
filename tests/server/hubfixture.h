#pragma once

#include "packetschema.h"
#include "server/db/database.h"
#include "server/hub/access.h"
#include "server/hub/hub.h"
#include "server/hub/passwords.h"
#include "server/hub/tokens.h"
#include "server/requestid.h"
#include "wire/card.h"
#include "wire/clientcodec.h"
#include "wire/servercodec.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <memory>
#include <vector>

// A hub on a real database, and clients that talk to it by typed messages without a network.
namespace confab::server {

/// Like QTest::qWaitFor, but without its pauses: these tests wait thousands of times.
template <typename Condition>
bool waitUntil(const Condition &condition)
{
    QTimer wake;
    wake.start(50);
    const QDeadlineTimer deadline(30'000);
    while (!condition() && !deadline.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    return condition();
}

class FakeLink : public Link
{
public:
    explicit FakeLink(Hub &hub)
        : m_hub(&hub)
    {
        m_hub->attach(this);
    }
    ~FakeLink() override
    {
        if (m_hub)
            m_hub->detach(this);
    }

    void send(const QByteArray &utf8) override
    {
        frames.append(utf8);
        const auto message = wire::decodeServerMessage(utf8);
        QVERIFY2(message.ok(), utf8.constData());
        checkPacket(utf8);
        received.push_back(*message);
    }
    void close(int code, const QString &) override { closedWith = code; }
    QString remoteAddress() const override { return address; }
    void authenticated() override { signedIn = true; }

    /// Sends and waits for the ctrl or meta that ends the request; a code of 0 if none came.
    wire::Ctrl ask(const wire::ClientMessage &message)
    {
        const QString id = requestId(message);
        const size_t before = received.size();
        m_hub->receive(this, message);
        const auto answered = [&] { return ctrl(id, before).has_value(); };
        return waitUntil(answered) ? *ctrl(id, before) : wire::Ctrl();
    }
    /// For requests that are answered by meta alone.
    wire::Meta askMeta(const wire::ClientMessage &message)
    {
        const QString id = requestId(message);
        const size_t before = received.size();
        m_hub->receive(this, message);
        const auto answered = [&] { return !all<wire::Meta>(before).empty() || ctrl(id, before); };
        if (!waitUntil(answered) || all<wire::Meta>(before).empty())
            return {};
        return all<wire::Meta>(before).front();
    }

    template <typename Kind>
    std::vector<Kind> all(size_t from = 0) const
    {
        std::vector<Kind> result;
        for (size_t i = from; i < received.size(); ++i) {
            if (const auto *one = std::get_if<Kind>(&received[i]))
                result.push_back(*one);
        }
        return result;
    }
    std::optional<wire::Ctrl> ctrl(const QString &id, size_t from = 0) const
    {
        for (const wire::Ctrl &one : all<wire::Ctrl>(from)) {
            if (one.id == id)
                return one;
        }
        return std::nullopt;
    }
    bool hasPres(wire::PresKind what, const QString &topic, const QString &src) const
    {
        const std::vector<wire::Pres> list = all<wire::Pres>();
        return std::any_of(list.begin(), list.end(), [&](const wire::Pres &p) {
            return p.what == what && p.topic == topic && p.src == src;
        });
    }
    void forget()
    {
        received.clear();
        frames.clear();
    }

    std::vector<wire::ServerMessage> received;
    QList<QByteArray> frames;
    QString address = QStringLiteral("192.0.2.1");
    int closedWith = 0;
    bool signedIn = false;

private:
    QPointer<Hub> m_hub;
};

/// A client message from JSON, so that tests read like the protocol.
inline wire::ClientMessage packet(const QString &json)
{
    const auto message = wire::decodeClientMessage(json.toUtf8());
    Q_ASSERT_X(message.ok(), "packet", qPrintable(json));
    return *message;
}

/// One person: a link, signed in and attached to me.
class Person : public FakeLink
{
public:
    Person(Hub &hub, const QString &login)
        : FakeLink(hub)
        , m_login(login)
    {
        ask(packet(QStringLiteral(R"({"hi":{"id":"h","ver":"0.25","ua":"test"}})")));
    }

    wire::Ctrl create(const QString &name)
    {
        const QString secret
            = QString::fromLatin1((m_login + QStringLiteral(":secret")).toUtf8().toBase64());
        const wire::Ctrl ctrl = ask(packet(QStringLiteral(
            R"({"acc":{"id":"a","user":"new","scheme":"basic","secret":"%1","login":true,)"
            R"("desc":{"public":{"fn":"%2"}}}})")
                                               .arg(secret, name)));
        if (ctrl.params) {
            id = ctrl.params->user;
            token = ctrl.params->token;
        }
        return ctrl;
    }
    wire::Ctrl signIn(const QByteArray &theToken)
    {
        wire::Login login;
        login.id = QStringLiteral("l");
        login.scheme = QStringLiteral("token");
        login.secret = theToken;
        const wire::Ctrl ctrl = ask(login);
        if (ctrl.params) {
            id = ctrl.params->user;
            token = ctrl.params->token;
        }
        return ctrl;
    }
    wire::Ctrl sub(const QString &topic, const QString &more = {})
    {
        return ask(packet(
            QStringLiteral(R"({"sub":{"id":"%1","topic":"%2"%3}})").arg(nextId(), topic, more)));
    }
    wire::Ctrl pub(const QString &topic, const QString &text, const QString &cid = {})
    {
        return ask(pubPacket(topic, text, cid));
    }
    wire::ClientMessage pubPacket(
        const QString &topic, const QString &text, const QString &cid = {})
    {
        const QString head = cid.isEmpty()
            ? QString()
            : QStringLiteral(R"(,"head":{"x-confab-cid":"%1"})").arg(cid);
        return packet(
            QStringLiteral(R"({"pub":{"id":"%1","topic":"%2","noecho":true,"content":"%3"%4}})")
                .arg(nextId(), topic, text, head));
    }
    wire::Ctrl set(const QString &topic, const QString &parts)
    {
        return ask(packet(
            QStringLiteral(R"({"set":{"id":"%1","topic":"%2",%3}})").arg(nextId(), topic, parts)));
    }
    wire::Ctrl del(const QString &topic, const QString &rest)
    {
        return ask(packet(
            QStringLiteral(R"({"del":{"id":"%1","topic":"%2",%3}})").arg(nextId(), topic, rest)));
    }
    /// The numbers of one page, as they came.
    QList<int> page(const QString &topic, const QString &options)
    {
        const size_t before = received.size();
        ask(packet(QStringLiteral(R"({"get":{"id":"%1","topic":"%2","what":"data","data":{%3}}})")
                       .arg(nextId(), topic, options)));
        QList<int> result;
        for (const wire::Data &data : all<wire::Data>(before))
            result.append(data.seq);
        return result;
    }
    wire::Meta meta(const QString &topic, const QString &what)
    {
        return askMeta(packet(QStringLiteral(R"({"get":{"id":"%1","topic":"%2","what":"%3"}})")
                                  .arg(nextId(), topic, what)));
    }

    wire::UserId id;
    QByteArray token;

private:
    QString nextId() { return QString::number(++m_lastId); }

    QString m_login;
    int m_lastId = 100;
};

class HubFixture
{
public:
    HubFixture() { restart(); }

    /// What a new process finds; whoever was connected must be gone.
    void restart()
    {
        hub.reset();
        database.reset();
        options.dataDir = dir.filePath(QStringLiteral("data"));
        database = std::make_unique<Database>();
        const std::optional<QString> error = database->open(options.dataDir);
        QVERIFY2(!error, qPrintable(error.value_or(QString())));
        hub = std::make_unique<Hub>(options, *database);
    }
    /// Signed in, on me; the password is "secret". Written to the database directly, because
    /// hashing a password for each of the many people in these tests takes most of their time.
    std::unique_ptr<Person> person(const QString &login)
    {
        AddUser account;
        account.user.id = randomId(QLatin1String("usr"));
        account.user.created = account.user.updated = QDateTime::currentDateTimeUtc();
        account.user.defaultAuth = access::kNewUserAuth;
        account.user.wantOfMe = access::kMe;
        wire::Card card;
        card.name = login;
        account.user.pub = card.toPublic();
        account.login = {account.user.id, login, hashOfSecret()};
        account.tags = {QLatin1String("basic:") + login};
        account.nameWords = {login};
        bool stored = false;
        database->write(account, hub.get(), [&](const WriteOutcome &) { stored = true; });
        const bool done = waitUntil([&] { return stored; });
        Q_ASSERT(done);
        Q_UNUSED(done)
        auto one = std::make_unique<Person>(*hub, login);
        const QDateTime tomorrow = QDateTime::currentDateTimeUtc().addDays(1);
        one->signIn(Tokens(database->tokenKey())
                        .issue({account.user.id, tomorrow, account.user.tokenSerial}));
        one->sub(QStringLiteral("me"));
        one->forget();
        return one;
    }
    std::unique_ptr<Person> secondDevice(const Person &person)
    {
        auto one = std::make_unique<Person>(*hub, QString());
        one->signIn(person.token);
        one->sub(QStringLiteral("me"));
        one->forget();
        return one;
    }
    /// A group of the owner, its name.
    static QString group(Person &owner)
    {
        return owner
            .sub(QStringLiteral("new1"),
                QStringLiteral(R"(,"set":{"desc":{"public":{"fn":"Group"}}})"))
            .topic;
    }

    /// In memory where there is such a folder: what outlives a crash is tested elsewhere.
    static QString folderTemplate()
    {
        const QString memory = QStringLiteral("/dev/shm");
        return (QFileInfo(memory).isWritable() ? memory : QDir::tempPath())
            + QStringLiteral("/confab-hub-XXXXXX");
    }

    static QByteArray hashOfSecret()
    {
        static QByteArray hash;
        if (hash.isEmpty()) {
            Passwords passwords;
            passwords.hash("secret", &passwords, [](const QByteArray &made) { hash = made; });
            const bool done = QTest::qWaitFor([&] { return !hash.isEmpty(); }, 30'000);
            Q_ASSERT(done);
            Q_UNUSED(done)
        }
        return hash;
    }

    QTemporaryDir dir{folderTemplate()};
    ServerOptions options;
    std::unique_ptr<Database> database;
    std::unique_ptr<Hub> hub;
};

} // namespace confab::server
