#pragma once

#include <QByteArray>

namespace confab {

/// Tells systemd about the state of this service, as "READY=1": one datagram to the socket named in
/// NOTIFY_SOCKET, as sd_notify(3) describes; nothing without that variable. Any thread.
void notifyServiceManager(const QByteArray &state);

}
