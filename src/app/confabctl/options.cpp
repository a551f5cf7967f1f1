#include "app/confabctl/options.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>

namespace confab {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("confabctl", text);
}

QString examples()
{
    return tr("Commands:\n"
              "  login ADDRESS --user U --password-stdin [--create --name NAME --invite CODE]\n"
              "                      sign in, or make an account first; ADDRESS is host,\n"
              "                      host:port, ws://, wss://, http(s)://, or \"local\" for the\n"
              "                      server of this computer\n"
              "  login ADDRESS --plain [--name NAME]\n"
              "                      a plain WebSocket endpoint\n"
              "  list                the chats\n"
              "  send TOPIC TEXT     send one message (--marks: *bold* and so on)\n"
              "  send TOPIC --lines -  each line of standard input is a message\n"
              "  history TOPIC [--limit N|--all]   messages, oldest first\n"
              "  tail [TOPIC]        print messages as they come, until interrupted\n"
              "  find QUERY          people and groups by login, tag, name or id\n"
              "  search QUERY [--limit N|--all]   messages kept on this computer, newest first: words,\n"
              "                      \"exact phrases\", from: in: has: before: after:\n"
              "  export FILE [TOPIC] one chat or all of them as this computer has them, as a web page\n"
              "                      (FILE ends in .html) or as JSON; --files: as the server has them,\n"
              "                      with pictures, voice messages and all else in a folder beside FILE\n"
              "  whoami              the account in use\n"
              "  outbox              what waits to be sent, and what is stuck and why\n"
              "  outbox retry|drop [CID]   try stuck messages again, or give messages up\n"
              "  sync [--wait]       send what waits and fetch what is missing; --wait: until\n"
              "                      nothing waits and nothing is missing, however long it takes\n"
              "  logout              forget the session\n"
              "TOPIC is an id (usrX, grpX, slf) or the exact name of a chat.\n"
              "\n"
              "Exit codes: 0 done; 1 refused or failed; 2 wrong arguments; 3 the profile is in\n"
              "use by another program; 4 not signed in; 5 no connection.\n"
              "\n"
              "Examples:\n"
              "  printf %s \"$PASSWORD\" | confabctl login chat.example.org --user cron --password-stdin\n"
              "  confabctl send Operations \"Backup done\"\n"
              "  df -h | confabctl send grpAbCdEfGhIjK --lines -\n"
              "  confabctl --json history Operations --limit 10\n");
}

struct Words {
    QString name;
    Options::Command command;
    int least;
    int most;
};

const QList<Words> &commands()
{
    using C = Options::Command;
    static const QList<Words> list{
        {QStringLiteral("login"), C::Login, 1, 1},
        {QStringLiteral("list"), C::List, 0, 0},
        {QStringLiteral("send"), C::Send, 1, 2},
        {QStringLiteral("history"), C::History, 1, 1},
        {QStringLiteral("tail"), C::Tail, 0, 1},
        {QStringLiteral("find"), C::Find, 1, 1},
        {QStringLiteral("search"), C::Search, 1, 1},
        {QStringLiteral("export"), C::Export, 1, 2},
        {QStringLiteral("whoami"), C::WhoAmI, 0, 0},
        {QStringLiteral("outbox"), C::Outbox, 0, 2},
        {QStringLiteral("sync"), C::Sync, 0, 0},
        {QStringLiteral("logout"), C::Logout, 0, 0},
    };
    return list;
}

int complain(const QString &sentence)
{
    std::fprintf(stderr, "confabctl: %s\n", qPrintable(sentence));
    return exitcode::kUsage;
}

/// Options as declared to the parser, in one place.
struct Switches {
    QCommandLineOption profile{QStringLiteral("profile"),
        tr("Profile to use: a name, or a folder."), QStringLiteral("NAME|DIR"),
        QStringLiteral("default")};
    QCommandLineOption dataDir{
        QStringLiteral("data-dir"), tr("Folder that holds all profiles."), QStringLiteral("DIR")};
    QCommandLineOption account{QStringLiteral("account"),
        tr("Account to use, by id, login or server, when the profile has several."),
        QStringLiteral("WHICH")};
    QCommandLineOption json{
        QStringLiteral("json"), tr("Print one JSON object a line.")};
    QCommandLineOption timeout{QStringLiteral("timeout"),
        tr("Seconds to wait for the server."), QStringLiteral("SECONDS"), QStringLiteral("30")};
    QCommandLineOption user{QStringLiteral("user"), tr("Login name."), QStringLiteral("U")};
    QCommandLineOption password{QStringLiteral("password-stdin"),
        tr("Read the password from standard input (one line).")};
    QCommandLineOption create{QStringLiteral("create"), tr("Make the account.")};
    QCommandLineOption name{
        QStringLiteral("name"), tr("Display name of a new account."), QStringLiteral("NAME")};
    QCommandLineOption invite{
        QStringLiteral("invite"), tr("Invite code for a new account."), QStringLiteral("CODE")};
    QCommandLineOption plain{QStringLiteral("plain"), tr("A plain WebSocket endpoint.")};
    QCommandLineOption lines{QStringLiteral("lines"),
        tr("Send each line of standard input; FILE must be \"-\"."), QStringLiteral("FILE")};
    QCommandLineOption marks{QStringLiteral("marks"),
        tr("Read *bold*, _italic_, ~struck~, `code`, links and @names in the text.")};
    QCommandLineOption limit{QStringLiteral("limit"),
        tr("Number of messages, the newest ones."), QStringLiteral("N"), QStringLiteral("50")};
    QCommandLineOption wait{QStringLiteral("wait"),
        tr("Go on until nothing waits and nothing is missing.")};
    QCommandLineOption files{
        QStringLiteral("files"), tr("Export the files of the messages, too.")};
    QCommandLineOption all{QStringLiteral("all"), tr("The whole history.")};
};

QString takeLimit(const QCommandLineParser &parser, const Switches &is, Options &options)
{
    options.limit = parser.isSet(is.all) ? 0 : parser.value(is.limit).toInt();
    return parser.isSet(is.all) || options.limit > 0 ? QString() : tr("--limit takes a number from 1 up.");
}

/// What depends on the command; a sentence when something is missing.
QString takeArguments(
    const QCommandLineParser &parser, const Switches &is, const QStringList &rest, Options &options)
{
    switch (options.command) {
    case Options::Command::Login:
        options.address = rest.first();
        options.user = parser.value(is.user);
        options.create = parser.isSet(is.create);
        options.plain = parser.isSet(is.plain);
        options.displayName = parser.value(is.name);
        options.invite = parser.value(is.invite);
        if (options.plain || options.address == QLatin1String("local"))
            return {};
        if (options.user.isEmpty() || !parser.isSet(is.password))
            return tr("login needs --user and --password-stdin; see --help.");
        return {};
    case Options::Command::Send:
        options.topic = rest.first();
        options.lines = parser.isSet(is.lines);
        if (options.lines && parser.value(is.lines) != QLatin1String("-"))
            return tr("--lines takes \"-\", the standard input.");
        if (options.lines == (rest.size() == 2))
            return tr("send needs either a text or --lines -.");
        options.text = rest.value(1);
        options.marks = parser.isSet(is.marks);
        return {};
    case Options::Command::History:
        options.topic = rest.first();
        return takeLimit(parser, is, options);
    case Options::Command::Tail:
        options.topic = rest.value(0);
        return {};
    case Options::Command::Find:
        options.query = rest.first();
        return {};
    case Options::Command::Search:
        options.query = rest.first();
        return takeLimit(parser, is, options);
    case Options::Command::Export:
        options.file = rest.first();
        options.topic = rest.value(1);
        options.files = parser.isSet(is.files);
        return {};
    case Options::Command::Outbox:
        if (rest.value(0) == QLatin1String("retry"))
            options.outbox = Options::Outbox::Retry;
        else if (rest.value(0) == QLatin1String("drop"))
            options.outbox = Options::Outbox::Drop;
        else if (!rest.isEmpty())
            return tr("outbox takes \"retry\" or \"drop\"; see --help.");
        options.cid = rest.value(1);
        return {};
    case Options::Command::Sync:
        options.wait = parser.isSet(is.wait);
        return {};
    case Options::Command::List:
    case Options::Command::WhoAmI:
    case Options::Command::Logout:
        return {};
    }
    return {};
}

}

std::optional<Options> readOptions(const QStringList &arguments, int &exitCode)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        tr("Confab on the command line, for scripts and cron.") + QStringLiteral("\n\n") + examples());
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    parser.addPositionalArgument(
        QStringLiteral("command"), tr("What to do; see above."), QStringLiteral("COMMAND [...]"));
    const Switches is;
    parser.addOptions({is.profile, is.dataDir, is.account, is.json, is.timeout, is.user, is.password,
        is.create, is.name, is.invite, is.plain, is.lines, is.marks, is.limit, is.all, is.wait, is.files});

    if (!parser.parse(arguments)) {
        exitCode = complain(parser.errorText());
        return {};
    }
    if (parser.isSet(version)) {
        std::printf("confabctl %s\n", qPrintable(QCoreApplication::applicationVersion()));
        exitCode = exitcode::kDone;
        return {};
    }
    if (parser.isSet(help)) {
        std::fputs(qPrintable(parser.helpText()), stdout);
        exitCode = exitcode::kDone;
        return {};
    }

    QStringList rest = parser.positionalArguments();
    const QString word = rest.isEmpty() ? QString() : rest.takeFirst();
    const auto known = std::find_if(commands().begin(), commands().end(),
        [&](const Words &words) { return words.name == word; });
    if (known == commands().end()) {
        exitCode = complain(word.isEmpty() ? tr("a command is missing; see --help.")
                                           : tr("there is no command \"%1\"; see --help.").arg(word));
        return {};
    }
    if (rest.size() < known->least || rest.size() > known->most) {
        exitCode = complain(tr("wrong number of arguments for %1; see --help.").arg(word));
        return {};
    }

    Options options;
    options.command = known->command;
    options.profile = parser.value(is.profile);
    options.dataDir = parser.value(is.dataDir);
    options.account = parser.value(is.account);
    options.json = parser.isSet(is.json);
    options.timeout = parser.value(is.timeout).toInt();
    QString wrong = takeArguments(parser, is, rest, options);
    if (options.timeout <= 0)
        wrong = tr("--timeout takes a number of seconds from 1 up.");
    if (!wrong.isEmpty()) {
        exitCode = complain(wrong);
        return {};
    }
    return options;
}

}
