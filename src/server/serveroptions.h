#pragma once

#include <QHostAddress>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <utility>

namespace confab::server {

/// Who may make an account. Invite: whoever brings a code (hub/invitecode.h).
enum class Registration { Open, Invite, Closed };

/// How often something may be done: so many times a second on average, so many at once. 0: no limit.
struct Rate {
    double perSecond = 0;
    int burst = 0;
};

/// How often a client may do what costs more than a frame, or tells it about others (T23, T24).
struct ActionRates {
    Rate accounts; ///< made from one address
    Rate subs; ///< of one user
    Rate finds; ///< of one user
    Rate previews; ///< of links, of one user
};

/// Everything that can be set about a server; sizes in bytes. Limits: reliability.md §3, T20-T27.
struct ServerOptions {
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 0; ///< 0: any free one
    QString dataDir; ///< made with mode 0700 if missing; holds confab.db and key
    Registration registration = Registration::Open;
    bool openOnThisMachine = false; ///< whatever `registration` says, for clients on this computer;
                                    ///< not behind a proxy, which makes everybody look near
    bool echoUser = false; ///< every new account gets the contact Echo, which answers
    QString apiKey; ///< empty: the public default key of the official clients is accepted
                    ///< (protocol.md §9.1)
    QStringList hostNames; ///< names besides IP addresses and localhost that a request's Host may
                           ///< carry (T21)
    QStringList allowedOrigins; ///< web pages that may connect, as "https://chat.example"; others
                                ///< get 403 (T20)
    Rate frameRate{20, 60}; ///< of one connection from another machine (T24)
    Rate localFrameRate; ///< of one connection from this machine
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
    std::chrono::seconds messageDeleteAge{0}; ///< older messages are deleted for everybody only by
                                              ///< the owner of a topic; 0: no limit
    std::chrono::milliseconds userAgentDelay{5'000}; ///< until others learn of another program
    QString tlsCertificate; ///< PEM file, own certificate first, then its chain; needs tlsKey, and
                            ///< the port then speaks https and wss only
    QString tlsKey; ///< PEM file without a passphrase; both are read again when they change
    qint64 maxFileSize = 8 * 1024 * 1024; ///< of one upload; 0: no uploads (T26)
    qint64 fileQuota = 200 * 1024 * 1024; ///< kept for one user; 0: no limit
    qint64 freeSpaceFloor = 500 * 1024 * 1024; ///< uploads leave this much of the disk free
    std::chrono::minutes unlinkedFileLifetime{60}; ///< of files that nothing refers to
    bool linkPreviews = true; ///< look at links for clients (docs/extensions.md)
    /// Networks whose members may read /metrics, as QHostAddress::parseSubnet() gives them.
    QList<std::pair<QHostAddress, int>> metricsFrom{{QHostAddress(QStringLiteral("127.0.0.0")), 8},
        {QHostAddress(QHostAddress::LocalHostIPv6), 128}};
    ActionRates actionRates{
        {20.0 / 3600, 20}, {30, 60}, {2, 20}, {0.5, 10}}; ///< of clients on other machines
    ActionRates localActionRates; ///< of clients on this machine
};

}
