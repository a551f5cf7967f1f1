#include "support/hardreset.h"

#include <QTcpSocket>

#include <sys/socket.h>

namespace confab {

void hardReset(QTcpSocket &socket)
{
    const linger none{.l_onoff = 1, .l_linger = 0};
    setsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_LINGER, &none, sizeof none);
    socket.abort();
}

}
