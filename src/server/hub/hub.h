#pragma once

#include "server/hub/link.h"
#include "server/serveroptions.h"
#include "wire/clientmessage.h"
#include "wire/result.h"
#include "wire/servermessage.h"

#include <QObject>

#include <functional>
#include <memory>
#include <optional>

namespace confab::server {

class Database;

/// The Tinode protocol over any number of links: sessions, accounts, topics, access, presence, find
/// (protocol.md §9). One thread, shared with the links; answers `{pub}` only after the database has
/// committed. Owned by Server.
class Hub : public QObject
{
    Q_OBJECT

public:
    Hub(const ServerOptions &options, Database &database, QObject *parent = nullptr);
    ~Hub() override;

    void attach(Link *link);
    void receive(Link *link, const wire::ClientMessage &message);
    /// A text frame that is no packet: answered 400 without id.
    void receiveMalformed(Link *link);
    /// The link is gone or about to be; nothing is sent to it from here on.
    void detach(Link *link);
    /// Tells every client 205 "server shutdown".
    void announceShutdown();

    /// For HTTP: whose valid token this is (raw bytes).
    std::optional<wire::UserId> userOfToken(const QByteArray &token) const;
    /// For HTTP: one page of a topic, newest first, as that user may read it; the error is a status.
    wire::Result<QList<wire::Data>, int> history(
        const wire::UserId &user, const wire::TopicName &topic, wire::Seq before, int limit) const;

    int sessionCount() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

}
