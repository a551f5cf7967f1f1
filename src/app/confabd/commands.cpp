#include "app/confabd/commands.h"

#include "app/confabd/secretinput.h"
#include "server/admin/administration.h"
#include "server/admin/backup.h"
#include "server/admin/maintenance.h"
#include "server/admin/transfer.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>
#include <functional>

namespace confab {

namespace {

using Action = DaemonOptions::Action;
using server::Administration;
using Outcome = std::optional<QString>; ///< a sentence if it failed

QString tr(const char *text)
{
    return QCoreApplication::translate("confabd", text);
}

void print(std::FILE *stream, const QString &line)
{
    std::fputs(qUtf8Printable(line + u'\n'), stream);
    std::fflush(stream);
}

Outcome administer(const DaemonOptions &options, Administration::IfMissing ifMissing,
    const std::function<Outcome(Administration &)> &act)
{
    const auto administration = Administration::open(options.server.dataDir, ifMissing);
    return administration ? act(**administration) : Outcome(administration.error());
}

Outcome addUser(const DaemonOptions &options)
{
    const auto password = readNewPassword();
    if (!password)
        return password.error();
    // Before the server's first start, too: then nobody else need be let in to register.
    return administer(options, Administration::IfMissing::Make, [&](Administration &administration) {
        return administration.addUser(options.argument, *password, options.displayName);
    });
}

Outcome setPassword(const DaemonOptions &options)
{
    const auto password = readNewPassword();
    if (!password)
        return password.error();
    return administer(
        options, Administration::IfMissing::Refuse, [&](Administration &administration) {
            return administration.setPassword(options.argument, *password);
        });
}

Outcome setDisabled(const DaemonOptions &options, bool disabled)
{
    return administer(
        options, Administration::IfMissing::Refuse, [&](Administration &administration) {
            return administration.setDisabled(options.argument, disabled);
        });
}

Outcome removeUser(const DaemonOptions &options)
{
    return administer(
        options, Administration::IfMissing::Refuse, [&](Administration &administration) {
            return administration.removeUser(options.argument);
        });
}

/// Tabs between the columns: neither logins nor names hold any.
Outcome listUsers(const DaemonOptions &options)
{
    return administer(
        options, Administration::IfMissing::Refuse, [](Administration &administration) -> Outcome {
            printLine(QStringLiteral("LOGIN\tID\tCREATED\tLAST SEEN\tSTATE\tNAME"));
            administration.eachUser([](const server::AccountRow &account) {
                const auto day = [](const QDateTime &time) {
                    return time.isValid() ? time.toString(Qt::ISODate) : QStringLiteral("-");
                };
                printLine(QStringList{account.login.isEmpty() ? QStringLiteral("-") : account.login,
                    account.user, day(account.created), day(account.seen),
                    account.isDisabled ? QStringLiteral("disabled") : QStringLiteral("active"),
                    account.name}
                              .join(u'\t'));
                return true;
            });
            return std::nullopt;
        });
}

Outcome makeInvite(const DaemonOptions &options)
{
    return administer(
        options, Administration::IfMissing::Make, [&](Administration &administration) -> Outcome {
            const auto invite = administration.makeInvite(options.uses, options.days);
            if (!invite)
                return invite.error();
            printLine(invite->code);
            return std::nullopt;
        });
}

Outcome run(const DaemonOptions &options)
{
    const QString &data = options.server.dataDir;
    const auto ifPresent = options.force ? server::IfPresent::Replace : server::IfPresent::Refuse;
    switch (options.action) {
    case Action::UserAdd:
        return addUser(options);
    case Action::UserPassword:
        return setPassword(options);
    case Action::UserList:
        return listUsers(options);
    case Action::UserDisable:
        return setDisabled(options, true);
    case Action::UserEnable:
        return setDisabled(options, false);
    case Action::UserRemove:
        return removeUser(options);
    case Action::Invite:
        return makeInvite(options);
    case Action::Backup:
        return server::makeBackup(data, options.argument);
    case Action::Restore:
        return server::restoreBackup(options.argument, data, ifPresent);
    case Action::Export:
        return server::exportData(data, options.argument);
    case Action::Import:
        return server::importData(options.argument, data, ifPresent);
    case Action::Vacuum:
        return server::compactData(data);
    case Action::CheckConfig:
        printLine(tr("The configuration is good."));
        return std::nullopt;
    case Action::Serve:
    case Action::Help:
    case Action::Version:
        break;
    }
    Q_UNREACHABLE();
}

}

int runCommand(const DaemonOptions &options)
{
    const Outcome failure = run(options);
    if (!failure)
        return EXIT_SUCCESS;
    printError(*failure);
    return EXIT_FAILURE;
}

void printLine(const QString &line)
{
    print(stdout, line);
}

void printError(const QString &sentence)
{
    print(stderr, sentence);
}

}
