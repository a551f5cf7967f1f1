#pragma once

#include <QHostAddress>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

namespace confab::server {

/// How WebFetch gets at other computers; tests pass their own.
struct WebAccess {
    using Resolved = std::function<void(const QList<QHostAddress> &)>;

    /// Ends with the addresses of the host, perhaps none, on the thread of `context`, unless that
    /// is gone by then.
    std::function<void(const QString &host, QObject *context, const Resolved &resolved)> resolve;
    std::function<bool(const QHostAddress &address, quint16 port)> mayConnect;

    /// The system's resolver, and only public addresses at the usual ports of web servers
    /// (reliability.md T16).
    static WebAccess publicWeb();
};

}
