#pragma once

#include <QByteArray>
#include <QDate>
#include <QDeadlineTimer>
#include <QList>
#include <QString>
#include <QStringList>

// What the windows show of things that belong to layers they may not know (design.md §2). The
// composition root fills these from the service's values.
namespace confab {

/// What went wrong and what to do next, for people. Empty: nothing went wrong.
struct ErrorText {
    QString sentence;
    QString nextStep;
    bool isEmpty() const { return sentence.isEmpty(); }
    bool operator==(const ErrorText &) const = default;
};

/// One account in the menu of the own avatar.
struct AccountEntry {
    enum class Kind { Local, Tinode, Plain };

    QString id;
    Kind kind = Kind::Tinode;
    QString name; ///< of the person
    QString user; ///< gives the avatar's hue
    QByteArray photo;
    QString server; ///< as shown: "chat.example.org"; not used for Local
    int unread = 0;
    bool online = false;
};

/// The strip below the header. The words are the banner's own; only facts go in.
struct BannerContent {
    enum class Kind {
        None,
        Connecting, ///< shows nothing for a second, then a thin line
        Offline, ///< `why`; counts down to `retry`
        SignIn, ///< `why`; asks for the password of `login` in place
        Stopped, ///< `why`; nothing happens until the person tries again
        Notice, ///< `why` is worth knowing, e.g. no keyring; may be closed
    };

    Kind kind = Kind::None;
    ErrorText why;
    QString login; ///< SignIn; without it the button opens the sign-in page
    QString host; ///< Connecting
    QDeadlineTimer retry; ///< Offline; one that lasts forever shows no countdown
};

/// What "Test" beside an address has found out. Steps that were not reached are not told.
struct ProbeResult {
    bool reachable = false;
    int latencyMs = 0;
    bool encrypted = false;
    QString tlsProtocol; ///< "TLS 1.3"
    QDate certificateExpiry;
    QString protocolVersion; ///< empty for a plain WebSocket address
    QString serverBuild;
    bool defaultApiKey = false;
    ErrorText error; ///< of the step that failed
};

/// Whom a search has found.
struct FoundPerson {
    QString topic; ///< "usrX" or "grpX"
    QString name;
    QByteArray photo;
    QStringList tags; ///< those that matched
};

}
