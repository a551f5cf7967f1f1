// The floor under every figure of the server: a bare QWebSocketServer. It hands what one client
// sends to all others and acknowledges it to the sender; it knows no protocol and keeps nothing.
#include <QCoreApplication>
#include <QWebSocket>
#include <QWebSocketServer>

#include <cstdio>
#include <sys/resource.h>

namespace {

constexpr int kPending = 512; // as many as the server lets wait

void raiseFileLimit()
{
    rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

/// As long as the server's answer to a message.
QString acknowledgement()
{
    return QStringLiteral("{\"ctrl\":{\"code\":202,\"id\":\"123456\",\"params\":{\"seq\":123456},"
                          "\"text\":\"accepted\",\"topic\":\"grpAAAAAAAAAAA\","
                          "\"ts\":\"2026-01-01T00:00:00.000Z\"}}");
}

}

int main(int argc, char *argv[])
{
    qputenv("QT_NO_GLIB", "1");
    raiseFileLimit();
    const QCoreApplication application(argc, argv);
    QWebSocketServer server(QStringLiteral("floor"), QWebSocketServer::NonSecureMode);
    server.setMaxPendingConnections(kPending);
    QList<QWebSocket *> clients;
    QObject::connect(&server, &QWebSocketServer::newConnection, &server, [&] {
        while (QWebSocket *client = server.nextPendingConnection()) {
            clients.append(client);
            QObject::connect(client, &QWebSocket::textMessageReceived, client,
                [&clients, client, ack = acknowledgement()](const QString &text) {
                    for (QWebSocket *other : std::as_const(clients)) {
                        if (other != client)
                            other->sendTextMessage(text);
                    }
                    client->sendTextMessage(ack);
                });
            QObject::connect(client, &QWebSocket::disconnected, client, [&clients, client] {
                clients.removeOne(client);
                client->deleteLater();
            });
        }
    });
    if (!server.listen(QHostAddress::LocalHost))
        return EXIT_FAILURE;
    std::printf("Listening on ws://127.0.0.1:%d\n", server.serverPort());
    std::fflush(stdout);
    return QCoreApplication::exec();
}
