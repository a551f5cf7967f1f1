#pragma once

#include <QHostAddress>
#include <QString>

#include <chrono>

namespace confab::server {

/// Who may make an account.
enum class Registration { Open, Closed };

/// Everything that can be set about a server; sizes in bytes. Limits: reliability.md §3, T20-T27.
struct ServerOptions {
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 0; ///< 0: any free one
    QString dataDir; ///< made with mode 0700 if missing; holds confab.db and key
    Registration registration = Registration::Open;
    bool echoUser = false; ///< every new account gets the contact Echo, which answers
    QString apiKey; ///< empty: the public default key of the official clients is accepted (protocol.md §9.1)
    int maxMessageSize = 256 * 1024; ///< frame after sign-in; 64 KiB before
    int maxSubscribers = 256; ///< of a group
    int maxTags = 16;
    int maxConnectionsPerAddress = 200;
    int maxConnections = 10'000;
    std::chrono::seconds loginTimeout{10};
    std::chrono::milliseconds pingInterval{30'000};
    std::chrono::milliseconds silenceLimit{75'000};
    std::chrono::days tokenLifetime{14};
};

}
