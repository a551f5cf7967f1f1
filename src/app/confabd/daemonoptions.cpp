#include "daemonoptions.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <optional>

namespace confab {

namespace {

constexpr quint16 kDefaultPort = 6060; // as every Tinode server and client (protocol.md §9.6)

QString tr(const char *text)
{
    return QCoreApplication::translate("confabd", text);
}

struct Options {
    QCommandLineOption listen {QStringLiteral("listen"),
        tr("Listen on this IP address and port; port 0 means any free one (default: %1).")
            .arg(QStringLiteral("127.0.0.1:6060")),
        QStringLiteral("ADDR:PORT"), QStringLiteral("127.0.0.1:6060")};
    QCommandLineOption data {QStringLiteral("data"),
        tr("Keep everything in this folder; it is made if missing. Required."),
        QStringLiteral("DIR")};
    QCommandLineOption allowRegister {QStringLiteral("allow-register"),
        tr("Whether anybody may make an account: yes or no (default: yes)."),
        QStringLiteral("yes|no"), QStringLiteral("yes")};
    QCommandLineOption echo {QStringLiteral("echo"),
        tr("Give every new account a contact, Echo, that answers.")};
    QCommandLineOption hostName {QStringLiteral("host-name"),
        tr("A name by which clients reach this server, besides its addresses. May be repeated."),
        QStringLiteral("NAME")};
    QCommandLineOption allowOrigin {QStringLiteral("allow-origin"),
        tr("A web page that may connect, as https://chat.example. May be repeated."),
        QStringLiteral("ORIGIN")};
    QCommandLineOption rate {QStringLiteral("rate"),
        tr("Packets a second that one client may send, three times as many at once; 0 means no "
           "limit (default: 20; no limit for clients on this computer)."),
        QStringLiteral("N")};
    QCommandLineOption connections {QStringLiteral("connections-per-address"),
        tr("Connections that one address may have open (default: 200)."), QStringLiteral("N")};
    QCommandLineOption help {{QStringLiteral("h"), QStringLiteral("help")},
        tr("Show this text.")};
    QCommandLineOption version {{QStringLiteral("v"), QStringLiteral("version")},
        tr("Show the version.")};

    void addTo(QCommandLineParser &parser) const
    {
        parser.addOptions({listen, data, allowRegister, echo, hostName, allowOrigin, rate,
            connections, help, version});
    }
};

/// "127.0.0.1:6060", "[::1]:6060", or an address without a port.
bool parseListen(const QString &text, server::ServerOptions &options)
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
    return isPort && options.address.setAddress(host);
}

std::optional<int> parseNumber(const QString &text, int low)
{
    bool isNumber = false;
    const int number = text.toInt(&isNumber);
    return isNumber && number >= low && number <= 1'000'000 ? std::optional(number) : std::nullopt;
}

/// Fills in what was given; otherwise a sentence.
std::optional<QString> readServerOptions(
    const QCommandLineParser &parser, const Options &known, server::ServerOptions &options)
{
    if (!parseListen(parser.value(known.listen), options))
        return tr("“%1” is not an address to listen on. Write an IP address and a port, as "
                  "127.0.0.1:6060.")
            .arg(parser.value(known.listen));
    options.dataDir = parser.value(known.data);
    if (options.dataDir.isEmpty())
        return tr("Say with --data DIR where the server keeps its data.");
    const QString allow = parser.value(known.allowRegister);
    if (allow != u"yes" && allow != u"no")
        return tr("--allow-register takes yes or no, not “%1”.").arg(allow);
    options.registration
        = allow == u"yes" ? server::Registration::Open : server::Registration::Closed;
    options.echoUser = parser.isSet(known.echo);
    options.hostNames = parser.values(known.hostName);
    options.allowedOrigins = parser.values(known.allowOrigin);
    if (parser.isSet(known.rate)) {
        const auto rate = parseNumber(parser.value(known.rate), 0);
        if (!rate)
            return tr("--rate takes a number of packets a second, or 0.");
        options.frameRate = {.perSecond = *rate, .burst = 3 * *rate};
        options.localFrameRate = options.frameRate;
    }
    if (parser.isSet(known.connections)) {
        const auto connections = parseNumber(parser.value(known.connections), 1);
        if (!connections)
            return tr("--connections-per-address takes a number from 1 up.");
        options.maxConnectionsPerAddress = *connections;
        options.maxConnections = qMax(options.maxConnections, *connections);
    }
    return std::nullopt;
}

}

wire::Result<DaemonOptions, QString> parseDaemonOptions(const QStringList &arguments)
{
    const Options known;
    QCommandLineParser parser;
    known.addTo(parser);
    if (!parser.parse(arguments))
        return parser.errorText() + tr(" See confabd --help.");
    DaemonOptions options;
    if (parser.isSet(known.help)) {
        options.action = DaemonOptions::Action::Help;
        return options;
    }
    if (parser.isSet(known.version)) {
        options.action = DaemonOptions::Action::Version;
        return options;
    }
    if (!parser.positionalArguments().isEmpty())
        return tr("“%1” is not an option. See confabd --help.")
            .arg(parser.positionalArguments().constFirst());
    if (const auto sentence = readServerOptions(parser, known, options.server))
        return *sentence;
    return options;
}

QString daemonHelp()
{
    QCommandLineParser parser;
    Options().addTo(parser);
    parser.setApplicationDescription(
        tr("confabd, a server for Confab and every other Tinode client."));
    return parser.helpText()
        + tr("\nExamples:\n"
             "  confabd --data ~/.local/share/confabd\n"
             "      for clients on this computer, at ws://127.0.0.1:6060\n"
             "  confabd --data /var/lib/confabd --listen 0.0.0.0:6060 --host-name chat.example\n"
             "      for other computers too, by address or by the name chat.example\n"
             "  confabd --data /tmp/try --listen 127.0.0.1:0 --echo\n"
             "      on any free port, to try things out\n"
             "\nIt prints the address it listens on, and logs to standard error. SIGTERM and SIGINT\n"
             "end it in order. Exit status: 0 ended in order, 1 could not start, 2 wrong arguments.\n");
}

}
