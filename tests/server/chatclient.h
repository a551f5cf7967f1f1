#pragma once

#include "packetschema.h"

#include "wire/clientcodec.h"
#include "wire/servercodec.h"

#include <QTest>
#include <QUrlQuery>
#include <QWebSocket>

#include <optional>

/// A WebSocket client that sends typed packets and keeps what it got.
class ChatClient
{
public:
    explicit ChatClient(const QUrl &channels)
    {
        QObject::connect(&socket, &QWebSocket::textMessageReceived, &socket,
            [this](const QString &text) {
                frames.append(text.toUtf8());
                checkPacket(frames.last());
            });
        QUrl url = channels;
        url.setQuery(QStringLiteral("apikey=AQEAAAABAAD_rAp4DJh05a1HAwFT3A6K"));
        socket.open(url);
    }

    void send(const confab::wire::ClientMessage &message)
    {
        socket.sendTextMessage(QString::fromUtf8(confab::wire::encode(message)));
    }

    /// Every packet of one kind so far.
    template <typename Packet>
    QList<Packet> all() const
    {
        QList<Packet> packets;
        for (const QByteArray &frame : frames) {
            const auto message = confab::wire::decodeServerMessage(frame);
            if (message && std::holds_alternative<Packet>(*message))
                packets.append(std::get<Packet>(*message));
        }
        return packets;
    }
    /// The code that answered a request; 0 if none has.
    int codeFor(const QString &id) const
    {
        const auto ctrl = ctrlFor(id);
        return ctrl ? ctrl->code : 0;
    }
    std::optional<confab::wire::Ctrl> ctrlFor(const QString &id) const
    {
        for (const auto &ctrl : all<confab::wire::Ctrl>()) {
            if (ctrl.id == id)
                return ctrl;
        }
        return std::nullopt;
    }

    /// Waits for the connection and greets.
    void greet(const QString &userAgent = {})
    {
        QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QAbstractSocket::ConnectedState, 30'000);
        send(confab::wire::Hi {.id = QStringLiteral("hi"), .ver = QStringLiteral("0.25"),
            .ua = userAgent, .lang = {}, .platf = {}, .dev = {}});
    }
    /// Greets and signs in; the code of the answer, 0 if none came.
    int signIn(const QString &scheme, const QByteArray &secret)
    {
        greet();
        send(confab::wire::Login {QStringLiteral("login"), scheme, secret, {}});
        [this] { QTRY_VERIFY(codeFor(QStringLiteral("login")) != 0); }();
        return codeFor(QStringLiteral("login"));
    }
    int signIn(const QByteArray &byToken) { return signIn(QStringLiteral("token"), byToken); }
    /// Greets and makes an account, signed in.
    void signUp(const QString &login)
    {
        greet();
        confab::wire::Acc account;
        account.id = QStringLiteral("acc");
        account.user = QStringLiteral("new");
        account.scheme = QStringLiteral("basic");
        account.secret = login.toUtf8() + ":a long password";
        account.login = true;
        send(account);
        QTRY_COMPARE(codeFor(QStringLiteral("acc")), 200);
        const auto params = ctrlFor(QStringLiteral("acc"))->params.value();
        user = params.user;
        token = params.token;
    }
    void subscribe(const QString &topic)
    {
        send(confab::wire::Sub {.id = topic, .topic = topic, .set = {}, .get = {}});
        QTRY_COMPARE(codeFor(topic), 200);
    }
    void publish(const QString &topic, const QString &text)
    {
        confab::wire::Pub pub;
        pub.id = text;
        pub.topic = topic;
        pub.noecho = true;
        pub.content = confab::wire::JsonBlob::fromString(text);
        send(pub);
        QTRY_COMPARE(codeFor(text), 202);
    }

    QWebSocket socket;
    QList<QByteArray> frames;
    confab::wire::UserId user;
    QByteArray token;
};
