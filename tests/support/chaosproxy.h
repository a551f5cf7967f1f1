#pragma once

#include <QList>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <array>
#include <chrono>

namespace confab {

/// A TCP proxy between a client and a server on loopback that does what networks do: delays, stalls,
/// swallows, cuts at a byte, resets (reliability.md §6). It knows no WebSocket. What is set applies
/// to all connections, those to come too. Free port; one thread.
class ChaosProxy final : public QObject
{
    Q_OBJECT

public:
    enum class Direction { ToServer, ToClient };
    enum class Cut { Reset, Finish };

    /// Listens at once; port() is 0 when that failed.
    explicit ChaosProxy(quint16 serverPort, QObject *parent = nullptr);
    ~ChaosProxy() override;

    quint16 port() const { return m_port; }
    QUrl url(const QString &path = QStringLiteral("/")) const;

    void setDelay(Direction direction, std::chrono::milliseconds delay);
    /// Holds bytes back until resume().
    void stall(Direction direction);
    void resume(Direction direction);
    /// Bytes vanish and ends are not told: the link looks alive to both sides (half-open).
    void setSwallowing(bool on) { m_swallowing = on; }
    /// Each new connection is cut after this many bytes of its life in that direction.
    void cutAfter(Direction direction, qint64 bytes, Cut cut = Cut::Reset);
    void neverCut();
    /// Ends what is connected now.
    void cutAll(Cut cut = Cut::Reset);
    /// Off: new connections are refused, as by a server that is down.
    bool setAccepting(bool on);

    int connectionsSoFar() const { return m_connections; }
    qint64 bytesForwarded(Direction direction) const;

private:
    class Link;
    struct Conduct {
        std::chrono::milliseconds delay{0};
        bool stalled = false;
        qint64 cutAfter = -1;
        Cut cut = Cut::Reset;
        qint64 forwarded = 0;
    };

    void acceptConnection();
    Conduct &conduct(Direction direction) { return m_conduct[static_cast<size_t>(direction)]; }
    const Conduct &conduct(Direction direction) const
    {
        return m_conduct[static_cast<size_t>(direction)];
    }

    QTcpServer m_server;
    quint16 m_port = 0;
    quint16 m_serverPort = 0;
    std::array<Conduct, 2> m_conduct;
    QList<Link *> m_links; ///< our children; they go when both their ends are closed
    bool m_swallowing = false;
    int m_connections = 0;
};

}
