#pragma once

class QTcpSocket;

namespace confab {

/// Ends a TCP connection with a reset instead of a FIN.
void hardReset(QTcpSocket &socket);

}
