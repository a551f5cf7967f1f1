#pragma once

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>

#include <chrono>
#include <utility>

// Values that cross the session seam. No Qt network type stands here, so that no layer above needs
// one (design.md §2).
namespace confab {

enum class ClosedBy { Us, Peer, Network };

/// Why a session or a channel ended. QWebSocket's own close code is no evidence: it says 1000 after a
/// reset (reliability.md §0, 4).
enum class CloseCause {
    Requested, ///< we called close() or abort()
    PeerClosed, ///< close frame from the peer; its code and reason are told
    ConnectionLost, ///< reset, or end of stream without a close frame
    OpenTimeout,
    HostNotFound,
    Refused,
    Unreachable,
    TlsFailed,
    HandshakeRejected, ///< an HTTP answer other than 101; httpStatus tells which, 0 if it was no HTTP
    FrameTooLarge,
    ProtocolViolation, ///< broken WebSocket framing or text that is not UTF-8
    UnsupportedData, ///< a frame that the codec can't read where the peer can't be speaking our protocol
    PingFailed, ///< reported with code 1011 (reliability.md §5)
    OtherError,
};

struct CloseInfo {
    ClosedBy by = ClosedBy::Network;
    CloseCause cause = CloseCause::OtherError;
    int code = 0; ///< RFC 6455 close code, 0 where there was none
    QString reason{}; ///< the close frame's text, untrusted
    QString detail{}; ///< the network library's or certificate checker's sentence
    int httpStatus = 0;
    bool operator==(const CloseInfo &) const = default;
};

/// What one connection attempt needs to know. Sizes are in bytes.
struct SessionOptions {
    QList<std::pair<QByteArray, QByteArray>> headers{}; ///< extra request headers
    quint64 maxIncoming = 1024 * 1024; ///< frame and message (reliability.md §2)
    quint64 outgoingFrameSize = 16 * 1024 * 1024; ///< never fragment below the largest message (fact 2)
    std::chrono::milliseconds openTimeout{10'000};
    std::chrono::milliseconds closeTimeout{2'000}; ///< close() becomes abort() after this (fact 7)
};

/// What is known of the link once it is open; shown by "Test".
struct PeerInfo {
    bool encrypted = false;
    QString tlsProtocol{}; ///< "TLS 1.3"
    QString certificateExpiry{}; ///< ISO date, empty when not encrypted
    QString certificateIssuer{};
};

}

Q_DECLARE_METATYPE(confab::CloseInfo)
