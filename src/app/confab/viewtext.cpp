#include "app/confab/viewtext.h"

#include <variant>

namespace confab {

namespace {

template <typename... Visitors>
struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

AccountEntry::Kind entryKind(ServerKind kind)
{
    switch (kind) {
    case ServerKind::Local:
        return AccountEntry::Kind::Local;
    case ServerKind::Tinode:
        return AccountEntry::Kind::Tinode;
    case ServerKind::Plain:
        return AccountEntry::Kind::Plain;
    }
    return AccountEntry::Kind::Tinode;
}

}

ErrorText viewOf(const ServiceError &error)
{
    return {error.sentence, error.nextStep};
}

ProbeResult viewOf(const ProbeReport &report)
{
    ProbeResult result;
    result.reachable = report.reachable;
    result.latencyMs = int(report.latency.count());
    result.encrypted = report.peer.encrypted;
    result.tlsProtocol = report.peer.tlsProtocol;
    result.certificateExpiry = QDate::fromString(report.peer.certificateExpiry, Qt::ISODate);
    result.protocolVersion = report.protocolVersion;
    result.serverBuild = report.serverBuild;
    result.defaultApiKey = report.defaultApiKey;
    if (report.error)
        result.error = viewOf(*report.error);
    return result;
}

FoundPerson viewOf(const FoundTopic &found)
{
    return {found.topic, found.card.name, found.card.photo, found.tags};
}

AccountEntry viewOf(const Account &account)
{
    AccountEntry entry;
    entry.id = account.id();
    entry.kind = entryKind(account.config().kind);
    entry.name = account.title();
    entry.user = account.config().user.isEmpty() ? account.id() : account.config().user;
    entry.photo = account.topics().selfCard().photo;
    entry.server = account.serverName();
    entry.unread = account.unread();
    entry.online = account.service().isOnline();
    return entry;
}

BannerContent bannerFor(const Phase &phase, const Account &account)
{
    using Kind = BannerContent::Kind;
    BannerContent banner;
    banner.host = account.serverName();
    std::visit(Overloaded{
                   [&](const Idle &) { banner.kind = Kind::None; },
                   [&](const Opening &) { banner.kind = Kind::Connecting; },
                   [&](const Greeting &) { banner.kind = Kind::Connecting; },
                   [&](const Authenticating &) { banner.kind = Kind::Connecting; },
                   [&](const Online &) { banner.kind = Kind::None; },
                   [&](const Waiting &waiting) {
                       banner.kind = Kind::Offline;
                       banner.why = viewOf(waiting.why);
                       banner.retry = waiting.retry;
                   },
                   [&](const Stopped &stopped) {
                       banner.kind = stopped.needsSignIn ? Kind::SignIn : Kind::Stopped;
                       banner.why = viewOf(stopped.why);
                       banner.login = account.config().login;
                   },
               },
        phase);
    return banner;
}

}
