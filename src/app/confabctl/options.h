#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace confab {

/// The exit codes of confabctl, as --help lists them.
namespace exitcode {
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1; ///< the server or the disk said no
inline constexpr int kUsage = 2;
inline constexpr int kProfileInUse = 3;
inline constexpr int kNotSignedIn = 4;
inline constexpr int kNoConnection = 5;
}

/// The command line, read and checked.
struct Options {
    enum class Command {
        Login,
        List,
        Send,
        History,
        Tail,
        Find,
        Search,
        Export,
        WhoAmI,
        Outbox,
        Sync,
        Logout,
    };

    enum class Outbox { List, Retry, Drop };

    Command command = Command::List;
    QString profile; ///< name or folder
    QString dataDir; ///< empty: the standard one
    QString account; ///< id, login or server; empty: the current one
    bool json = false;
    int timeout = 30; ///< seconds for the server to answer

    QString address; ///< login
    QString user;
    QString displayName;
    bool create = false;
    QString invite; ///< of create; may be empty
    bool plain = false;

    QString topic; ///< send, history, tail
    QString text;
    bool lines = false; ///< send: each line of standard input
    bool marks = false; ///< send: marks in the text become styles
    int limit = 50; ///< history, search; 0 is all
    QString query; ///< find, search
    QString file; ///< export
    bool files = false; ///< export: those of the messages, too
    Outbox outbox = Outbox::List;
    QString cid; ///< outbox: of one message; empty: all
    bool wait = false; ///< sync
};

/// Reads the arguments. Nothing when the program is to end at once with `exitCode`: help was printed,
/// or a sentence about what is wrong.
std::optional<Options> readOptions(const QStringList &arguments, int &exitCode);

}
