#pragma once

#include "service/serviceerror.h"
#include "wire/result.h"

#include <QString>
#include <QUrl>

namespace confab {

/// A server address as a person types it, made exact.
struct ServerAddress {
    QUrl channels; ///< ws or wss, with /v0/channels for Tinode and the path as typed for plain
    QString shown; ///< without path and default port: "wss://chat.example.org"
    QString host; ///< "chat.example.org" or "127.0.0.1:6060"
    bool encrypted = false;
};

/// `host`, `host:port`, ws://, wss://, http://, https://. Without a scheme: wss, but ws for loopback,
/// so that TLS is never dropped silently (reliability.md T17). User info and fragments are refused.
wire::Result<ServerAddress, ServiceError> parseTinodeAddress(const QString &typed);
/// The same for plain WebSocket mode: path and query are kept.
wire::Result<ServerAddress, ServiceError> parsePlainAddress(const QString &typed);

}
