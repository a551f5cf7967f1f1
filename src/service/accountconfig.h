#pragma once

#include "service/serveraddress.h"
#include "socket/backoff.h"
#include "socket/keepalive.h"
#include "store/mediafolder.h"
#include "wire/ids.h"

#include <QString>
#include <QUrl>

namespace confab {

enum class ServerKind { Local, Tinode, Plain };

/// How one account reaches its server and what it keeps; kept in the account's folder, without secrets.
struct AccountConfig {
    QString id; ///< folder name, made once
    ServerKind kind = ServerKind::Tinode;
    QUrl url; ///< as ServerAddress::channels; for Local it is set anew at each start
    QString apiKey; ///< empty: the public default key (protocol.md §9.1)
    QString login;
    QString displayName;
    wire::UserId user; ///< empty before the first sign-in
    KeepAliveOptions keepAlive;
    bool reconnect = true; ///< by itself, after the link is lost
    BackoffOptions backoff;
    bool plainText = false; ///< Plain: send text frames instead of binary ones
    QString plainChatId; ///< Plain: fetch GET /chat/{id}/messages at start; empty: don't
    qint64 mediaLimit = MediaFolder::kDefaultLimit; ///< bytes of files of messages on disk
    bool operator==(const AccountConfig &) const = default;
};

}
