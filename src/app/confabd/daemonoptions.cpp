#include "app/confabd/daemonoptions.h"

#include "app/confabd/configfile.h"
#include "app/confabd/settings.h"
#include "server/admin/optioncheck.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <iterator>
#include <optional>

namespace confab {

namespace {

using Action = DaemonOptions::Action;

constexpr int kMostUses = 10'000;
constexpr int kMostDays = 3650;

QString tr(const char *text)
{
    return QCoreApplication::translate("confabd", text);
}

struct Command {
    QLatin1String words;
    Action action;
    QLatin1String argument; ///< its name; empty: none
};

constexpr Command kCommands[] = {
    {QLatin1String("check-config"), Action::CheckConfig, {}},
    {QLatin1String("user add"), Action::UserAdd, QLatin1String("LOGIN")},
    {QLatin1String("user passwd"), Action::UserPassword, QLatin1String("LOGIN")},
    {QLatin1String("user list"), Action::UserList, {}},
    {QLatin1String("user disable"), Action::UserDisable, QLatin1String("LOGIN")},
    {QLatin1String("user enable"), Action::UserEnable, QLatin1String("LOGIN")},
    {QLatin1String("user remove"), Action::UserRemove, QLatin1String("LOGIN")},
    {QLatin1String("invite"), Action::Invite, {}},
    {QLatin1String("backup"), Action::Backup, QLatin1String("FILE")},
    {QLatin1String("restore"), Action::Restore, QLatin1String("FILE")},
    {QLatin1String("export"), Action::Export, QLatin1String("DIR")},
    {QLatin1String("import"), Action::Import, QLatin1String("DIR")},
    {QLatin1String("vacuum"), Action::Vacuum, {}},
};

struct Options {
    QCommandLineOption config {QStringLiteral("config"),
        tr("Read settings from this file; those of the command line count more."),
        QStringLiteral("FILE")};
    QCommandLineOption name {QStringLiteral("name"),
        tr("user add: the name that others see (default: the login)."), QStringLiteral("NAME")};
    QCommandLineOption uses {QStringLiteral("uses"),
        tr("invite: how many people may register with the code (default: 1)."),
        QStringLiteral("N"), QStringLiteral("1")};
    QCommandLineOption days {QStringLiteral("days"),
        tr("invite: for how many days the code is good (default: 7)."), QStringLiteral("N"),
        QStringLiteral("7")};
    QCommandLineOption force {QStringLiteral("force"),
        tr("restore, import: replace what is in the data folder; it is kept in a folder beside.")};
    QCommandLineOption help {{QStringLiteral("h"), QStringLiteral("help")},
        tr("Show this text.")};
    QCommandLineOption version {{QStringLiteral("v"), QStringLiteral("version")},
        tr("Show the version.")};

    void addTo(QCommandLineParser &parser) const
    {
        for (const Setting &setting : serverSettings())
            parser.addOption({setting.name, setting.help, setting.valueName});
        parser.addOptions({config, name, uses, days, force, help, version});
    }
};

/// Which command the words name, and its argument; otherwise a sentence.
std::optional<QString> readCommand(QStringList words, DaemonOptions &options)
{
    if (words.isEmpty())
        return std::nullopt;
    if (words.constFirst() == u"user" && words.size() > 1)
        words = QStringList{words.mid(0, 2).join(u' ')} + words.mid(2);
    const auto command = std::find_if(std::begin(kCommands), std::end(kCommands),
        [&](const Command &one) { return one.words == words.constFirst(); });
    if (command == std::end(kCommands))
        return tr("“%1” is neither a command nor an option. See confabd --help.")
            .arg(words.constFirst());
    options.action = command->action;
    const qsizetype wanted = command->argument.isEmpty() ? 1 : 2;
    if (words.size() < wanted)
        return tr("Write “confabd %1 %2”.").arg(command->words, command->argument);
    if (words.size() > wanted)
        return tr("“%1” is too much. See confabd --help.").arg(words.at(wanted));
    options.argument = words.value(1);
    return std::nullopt;
}

std::optional<QString> readSettings(const QCommandLineParser &parser, server::ServerOptions &options)
{
    for (const Setting &setting : serverSettings()) {
        if (!parser.isSet(setting.name))
            continue;
        const QStringList values = setting.kind == Setting::Kind::Switch
            ? QStringList{QStringLiteral("yes")}
            : parser.values(setting.name);
        for (const QString &value : values) {
            if (const auto flaw = setting.apply(value, options))
                return tr("--%1: %2").arg(setting.name, *flaw);
        }
    }
    return std::nullopt;
}

std::optional<QString> readInvite(
    const QCommandLineParser &parser, const Options &known, DaemonOptions &options)
{
    const auto read = [&](const QCommandLineOption &option, int most, int &value) {
        bool isNumber = false;
        value = parser.value(option).toInt(&isNumber);
        return isNumber && value >= 1 && value <= most;
    };
    if (!read(known.uses, kMostUses, options.uses))
        return tr("--uses takes a number from 1 to %1.").arg(kMostUses);
    if (!read(known.days, kMostDays, options.days))
        return tr("--days takes a number from 1 to %1.").arg(kMostDays);
    return std::nullopt;
}

/// 127.0.0.1:6060, which ServerOptions leaves to the program.
server::ServerOptions defaults()
{
    server::ServerOptions options;
    serverSettings().constFirst().apply(QStringLiteral("127.0.0.1:6060"), options);
    return options;
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
    options.server = defaults();
    if (parser.isSet(known.help) || parser.isSet(known.version)) {
        options.action = parser.isSet(known.help) ? Action::Help : Action::Version;
        return options;
    }
    if (const auto sentence = readCommand(parser.positionalArguments(), options))
        return *sentence;
    if (const auto sentence = readInvite(parser, known, options))
        return *sentence;
    options.configFile = parser.value(known.config);
    options.displayName = parser.value(known.name);
    options.force = parser.isSet(known.force);
    if (!options.configFile.isEmpty())
        options.problems = readConfigFile(options.configFile, options.server);
    if (const auto sentence = readSettings(parser, options.server))
        return *sentence;
    if (options.action == Action::Serve || options.action == Action::CheckConfig)
        options.problems += server::flawsOf(options.server);
    if (options.server.dataDir.isEmpty() && options.problems.isEmpty())
        return tr("Say with --data DIR, or in a configuration file, where the server keeps its "
                  "data.");
    return options;
}

QString daemonHelp()
{
    QCommandLineParser parser;
    Options().addTo(parser);
    parser.setApplicationDescription(
        tr("confabd, a server for Confab and every other Tinode client."));
    parser.addPositionalArgument(
        QStringLiteral("command"), tr("What to do instead of running the server; see below."),
        QStringLiteral("[COMMAND]"));
    QString commands;
    for (const Command &command : kCommands)
        commands += QLatin1String("  ") + command.words
            + (command.argument.isEmpty() ? QString() : u' ' + command.argument) + u'\n';
    return parser.helpText()
        + tr("\nCommands, instead of running the server; all take --data or --config:\n")
        + commands
        + tr("\nExamples:\n"
             "  confabd --data ~/.local/share/confabd\n"
             "      for clients on this computer, at ws://127.0.0.1:6060\n"
             "  confabd --data /var/lib/confabd --listen 0.0.0.0:6060 --host-name chat.example\n"
             "      for other computers too, by address or by the name chat.example\n"
             "  confabd --data /tmp/try --listen 127.0.0.1:0 --echo\n"
             "      on any free port, to try things out\n"
             "  confabd user add alice --data /var/lib/confabd\n"
             "      asks for a password on the terminal, or reads it from standard input\n"
             "\nThe server prints the address it listens on, and logs to standard error. SIGTERM and\n"
             "SIGINT end it in order, SIGHUP reads the configuration file again. Exit status: 0 ended\n"
             "in order, 1 failed, 2 wrong arguments. More: man confabd.\n");
}

}
