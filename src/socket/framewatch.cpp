#include "socket/framewatch.h"

#include "socket/socketlog.h"

#include <QMetaMethod>
#include <QWebSocket>

#include <algorithm>

namespace confab {

namespace {

QObject *frameParser(const QWebSocket &socket)
{
    const QObjectList &children = socket.children();
    const auto parser = std::find_if(children.cbegin(), children.cend(),
        [](const QObject *child) { return child->inherits("QWebSocketDataProcessor"); });
    return parser == children.cend() ? nullptr : *parser;
}

}

FrameWatch::FrameWatch(QWebSocket &socket)
{
    QObject *parser = frameParser(socket);
    if (!parser) {
        qCWarning(lcSocket) << "no frame parser in this Qt: close frames can't be told from resets";
        return;
    }
    listen(parser, "closeReceived(QWebSocketProtocol::CloseCode,QString)",
        "takeCloseFrame(QWebSocketProtocol::CloseCode,QString)");
    listen(parser, "errorEncountered(QWebSocketProtocol::CloseCode,QString)",
        "takeError(QWebSocketProtocol::CloseCode,QString)");
}

void FrameWatch::listen(QObject *parser, const char *signature, const char *slot)
{
    // By name, because the parser's class is not public.
    const QMetaObject *theirs = parser->metaObject();
    const QMetaMethod signal = theirs->method(theirs->indexOfSignal(signature));
    const QMetaMethod ours = metaObject()->method(metaObject()->indexOfSlot(slot));
    if (!signal.isValid() || !connect(parser, signal, this, ours, Qt::DirectConnection))
        qCWarning(lcSocket) << "this Qt's frame parser has no" << signature;
}

void FrameWatch::takeCloseFrame(QWebSocketProtocol::CloseCode code, const QString &reason)
{
    emit closeFrameReceived(code, reason);
}

void FrameWatch::takeError(QWebSocketProtocol::CloseCode code, const QString &explanation)
{
    emit ruleBroken(code, explanation);
}

}
