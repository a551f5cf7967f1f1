#include "app/confabd/settings.h"

#include <QCoreApplication>

#include <limits>
#include <type_traits>

namespace confab {

namespace {

using server::ActionRates;
using server::Rate;
using server::Registration;
using server::ServerOptions;
using Flaw = std::optional<QString>;

constexpr quint16 kDefaultPort = 6060; // as every Tinode server and client (protocol.md §9.6)
constexpr int kBurstOfRate = 3;
constexpr int kMaxCount = 1'000'000;

QString tr(const char *text)
{
    return QCoreApplication::translate("confabd", text);
}

std::optional<qint64> parseNumber(const QString &text, qint64 low, qint64 high)
{
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    return isNumber && number >= low && number <= high ? std::optional(number) : std::nullopt;
}

/// "8M", "200 MiB", "1048576".
std::optional<qint64> parseSize(const QString &text, qint64 low, qint64 high)
{
    QString digits = text.trimmed().toUpper();
    if (digits.endsWith(QLatin1String("IB")))
        digits.chop(2);
    else if (digits.endsWith(u'B'))
        digits.chop(1);
    int shift = 0;
    if (const qsizetype unit = QStringLiteral("KMG").indexOf(digits.right(1));
        unit >= 0 && !digits.isEmpty()) {
        shift = 10 * int(unit + 1);
        digits.chop(1);
    }
    const auto number
        = parseNumber(digits.trimmed(), 0, std::numeric_limits<qint64>::max() >> shift);
    if (!number || (*number << shift) < low || (*number << shift) > high)
        return std::nullopt;
    return *number << shift;
}

/// "127.0.0.1:6060", "[::1]:6060", or an address without a port.
Flaw setListen(const QString &text, ServerOptions &options)
{
    const bool isBareV6 = text.count(u':') > 1 && !text.startsWith(u'[');
    const qsizetype colon = text.endsWith(u']') || isBareV6 ? -1 : text.lastIndexOf(u':');
    QString host = text.left(colon < 0 ? text.size() : colon);
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    if (host == u"localhost")
        host = QStringLiteral("127.0.0.1");
    bool isPort = true;
    options.port = colon < 0 ? kDefaultPort : text.mid(colon + 1).toUShort(&isPort);
    if (isPort && options.address.setAddress(host))
        return std::nullopt;
    return tr("“%1” is not an address to listen on. Write an IP address and a port, as "
              "127.0.0.1:6060.")
        .arg(text);
}

Flaw setRegistration(const QString &text, ServerOptions &options)
{
    if (text == u"yes")
        options.registration = Registration::Open;
    else if (text == u"no")
        options.registration = Registration::Closed;
    else if (text == u"invite")
        options.registration = Registration::Invite;
    else
        return tr("It takes yes, no or invite, not “%1”.").arg(text);
    return std::nullopt;
}

Flaw setYesNo(const QString &text, bool &value)
{
    if (text != u"yes" && text != u"no")
        return tr("It takes yes or no, not “%1”.").arg(text);
    value = text == u"yes";
    return std::nullopt;
}

Flaw setEcho(const QString &text, ServerOptions &options)
{
    return setYesNo(text, options.echoUser);
}

Flaw setLinkPreviews(const QString &text, ServerOptions &options)
{
    return setYesNo(text, options.linkPreviews);
}

Flaw setRate(const QString &text, ServerOptions &options)
{
    const auto rate = parseNumber(text, 0, kMaxCount);
    if (!rate)
        return tr("It takes a number of packets a second, or 0, not “%1”.").arg(text);
    options.frameRate = {double(*rate), kBurstOfRate * int(*rate)};
    options.localFrameRate = options.frameRate;
    return std::nullopt;
}

/// So many in a time, all of them at once if need be; for clients on this computer too.
Setting actions(
    const char *name, const QString &help, Rate ActionRates::*member, std::chrono::seconds time)
{
    return {QLatin1String(name), Setting::Kind::Value, QLatin1String("N"), help,
        [member, time](const QString &given, ServerOptions &options) -> Flaw {
            const auto number = parseNumber(given, 0, kMaxCount);
            if (!number)
                return tr("It takes a number from 0 to %1, not “%2”.").arg(kMaxCount).arg(given);
            const Rate rate{double(*number) / double(time.count()), int(*number)};
            options.actionRates.*member = rate;
            options.localActionRates.*member = rate;
            return std::nullopt;
        }};
}

Flaw setMetricsFrom(const QString &text, ServerOptions &options)
{
    const auto network = QHostAddress::parseSubnet(text);
    if (network.second < 0)
        return tr("“%1” is not a network. Write it as 192.168.1.0/24.").arg(text);
    options.metricsFrom.append(network);
    return std::nullopt;
}

template <typename Member>
Setting value(const char *name, const char *valueName, const QString &help, Member apply,
    Setting::Kind kind = Setting::Kind::Value)
{
    return {QLatin1String(name), kind, QLatin1String(valueName), help, apply};
}

Setting text(const char *name, const char *valueName, const QString &help,
    QString ServerOptions::*member)
{
    return value(name, valueName, help, [member](const QString &given, ServerOptions &options) -> Flaw {
        if (given.isEmpty())
            return tr("It needs a value.");
        options.*member = given;
        return std::nullopt;
    });
}

Setting texts(const char *name, const char *valueName, const QString &help,
    QStringList ServerOptions::*member)
{
    return value(
        name, valueName, help,
        [member](const QString &given, ServerOptions &options) -> Flaw {
            if (given.isEmpty())
                return tr("It needs a value.");
            (options.*member).append(given);
            return std::nullopt;
        },
        Setting::Kind::List);
}

Setting count(const char *name, const QString &help, int ServerOptions::*member, int low)
{
    return value(name, "N", help, [member, low](const QString &given, ServerOptions &options) -> Flaw {
        const auto number = parseNumber(given, low, kMaxCount);
        if (!number)
            return tr("It takes a number from %1 to %2, not “%3”.").arg(low).arg(kMaxCount).arg(given);
        options.*member = int(*number);
        return std::nullopt;
    });
}

template <typename Number>
Setting size(const char *name, const QString &help, Number ServerOptions::*member, qint64 low)
{
    return value(
        name, "SIZE", help, [member, low](const QString &given, ServerOptions &options) -> Flaw {
            const auto bytes = parseSize(given, low, std::numeric_limits<Number>::max());
            if (!bytes)
                return tr("It takes a size of at least %1 bytes, as 8M, not “%2”.").arg(low).arg(given);
            options.*member = static_cast<Number>(*bytes);
            return std::nullopt;
        });
}

Flaw setTokenLifetime(const QString &given, ServerOptions &options)
{
    constexpr qint64 kMostDays = 3650;
    const auto days = parseNumber(given, 1, kMostDays);
    if (!days)
        return tr("It takes a number of days from 1 to %1, not “%2”.").arg(kMostDays).arg(given);
    options.tokenLifetime = std::chrono::days(*days);
    return std::nullopt;
}

Flaw setDeleteAge(const QString &given, ServerOptions &options)
{
    constexpr qint64 kMostHours = 24 * 3650;
    const auto hours = parseNumber(given, 0, kMostHours);
    if (!hours)
        return tr("It takes a number of hours from 0 to %1, not “%2”.").arg(kMostHours).arg(given);
    options.messageDeleteAge = std::chrono::hours(*hours);
    return std::nullopt;
}

QList<Setting> makeSettings()
{
    using Kind = Setting::Kind;
    return {
        value("listen", "ADDR:PORT",
            tr("Listen on this IP address and port; port 0 means any free one (default: "
               "127.0.0.1:6060)."),
            &setListen),
        text("data", "DIR", tr("Keep everything in this folder; it is made if missing. Required."),
            &ServerOptions::dataDir),
        text("tls-cert", "FILE",
            tr("Speak TLS with this certificate and its chain (PEM). Needs tls-key."),
            &ServerOptions::tlsCertificate),
        text("tls-key", "FILE", tr("The private key of the certificate (PEM, no passphrase)."),
            &ServerOptions::tlsKey),
        value("allow-register", "yes|no|invite",
            tr("Whether anybody may make an account, nobody, or whoever has a code that “confabd "
               "invite” made (default: yes)."),
            &setRegistration),
        value("echo", "", tr("Give every new account a contact, Echo, that answers."), &setEcho,
            Kind::Switch),
        texts("host-name", "NAME",
            tr("A name by which clients reach this server, besides its addresses. May be repeated."),
            &ServerOptions::hostNames),
        texts("allow-origin", "ORIGIN",
            tr("A web page that may connect, as https://chat.example. May be repeated."),
            &ServerOptions::allowedOrigins),
        text("api-key", "KEY",
            tr("The key that clients have to send; without it the public key of the official "
               "clients."),
            &ServerOptions::apiKey),
        value("rate", "N",
            tr("Packets a second that one client may send, three times as many at once; 0 means no "
               "limit (default: 20; no limit for clients on this computer)."),
            &setRate),
        count("connections-per-address", tr("Connections that one address may have open (default: "
                                            "200)."),
            &ServerOptions::maxConnectionsPerAddress, 1),
        count("max-connections", tr("Connections altogether (default: 10000)."),
            &ServerOptions::maxConnections, 1),
        size("max-message-size", tr("Bytes of one packet (default: 256K)."),
            &ServerOptions::maxMessageSize, 1024),
        count("max-group-members", tr("Members of a group (default: 256)."),
            &ServerOptions::maxSubscribers, 2),
        count("max-tags", tr("Tags of an account or a group (default: 16)."),
            &ServerOptions::maxTags, 0),
        size("max-file-size", tr("Bytes of one uploaded file; 0 allows none (default: 8M)."),
            &ServerOptions::maxFileSize, 0),
        size("file-quota", tr("Bytes of uploads kept for one user; 0 means no limit (default: 200M)."),
            &ServerOptions::fileQuota, 0),
        size("free-space", tr("Refuse uploads that would leave less of the disk free (default: "
                              "500M)."),
            &ServerOptions::freeSpaceFloor, 0),
        value("token-days", "N", tr("Days until a client has to sign in again (default: 14)."),
            &setTokenLifetime),
        value("delete-hours", "N",
            tr("Hours after which only the owner of a chat deletes a message for everybody; 0 means "
               "no limit (default: 0)."),
            &setDeleteAge),
        value("metrics-from", "NETWORK",
            tr("A network, as 10.0.0.0/8, whose computers may read /metrics, besides this one. May be "
               "repeated."),
            &setMetricsFrom, Kind::List),
        actions("accounts-per-hour",
            tr("Accounts that may be made from one address in an hour; 0 means no limit (default: "
               "20; no limit for clients on this computer)."),
            &ActionRates::accounts, std::chrono::hours(1)),
        actions("subs-per-minute",
            tr("Chats that one user may open in a minute; 0 means no limit (default: 30 a second; "
               "no limit for clients on this computer)."),
            &ActionRates::subs, std::chrono::minutes(1)),
        actions("searches-per-minute",
            tr("Searches for people and groups that one user may make in a minute; 0 means no limit "
               "(default: 120, 20 of them at once; no limit for clients on this computer)."),
            &ActionRates::finds, std::chrono::minutes(1)),
        value("link-previews", "yes|no",
            tr("Whether to look at links that somebody is about to send, for a preview; only "
               "public "
               "addresses are visited (default: yes)."),
            &setLinkPreviews),
        actions("previews-per-minute",
            tr("Links that one user may have looked at in a minute; 0 means no limit (default: 30, "
               "10 "
               "of them at once; no limit for clients on this computer)."),
            &ActionRates::previews, std::chrono::minutes(1)),
    };
}

}

const QList<Setting> &serverSettings()
{
    static const QList<Setting> kSettings = makeSettings();
    return kSettings;
}

}
