#pragma once

#include <QHostAddress>
#include <QString>
#include <QStringList>

#include <chrono>

namespace confab::server {

/// Who may make an account.
enum class Registration { Open, Closed };

/// Frames that one connection may send: so many a second on average, so many at once. 0: no limit.
struct FrameRate {
    int perSecond = 0;
    int burst = 0;
};

/// Everything that can be set about a server; sizes in bytes. Limits: reliability.md §3, T20-T27.
struct ServerOptions {
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 0; ///< 0: any free one
    QString dataDir; ///< made with mode 0700 if missing; holds confab.db and key
    Registration registration = Registration::Open;
    bool echoUser = false; ///< every new account gets the contact Echo, which answers
    QString apiKey; ///< empty: the public default key of the official clients is accepted (protocol.md §9.1)
    QStringList hostNames; ///< names besides IP addresses and localhost that a request's Host may carry (T21)
    QStringList allowedOrigins; ///< web pages that may connect, as "https://chat.example"; others get 403 (T20)
    FrameRate frameRate{20, 60}; ///< of clients on other machines (T24)
    FrameRate localFrameRate; ///< of clients on this machine
    int maxMessageSize = 256 * 1024; ///< frame after sign-in; 64 KiB before
    int maxSubscribers = 256; ///< of a group
    int maxTags = 16;
    int maxConnectionsPerAddress = 200;
    int maxConnections = 10'000;
    std::chrono::milliseconds handshakeTimeout{5'000}; ///< for a whole request head
    std::chrono::milliseconds loginTimeout{10'000};
    std::chrono::milliseconds pingInterval{30'000};
    std::chrono::milliseconds silenceLimit{75'000};
    std::chrono::days tokenLifetime{14};
};

}
