#pragma once

#include <QProcess>
#include <QString>
#include <QStringList>

#include <optional>

namespace confab {

/// A server under measurement, in a process of its own: confabd, a floor program or a peer. Each
/// says where it listens in its first line, as "Listening on ws://127.0.0.1:PORT". Killed with this
/// object.
class BenchServer
{
public:
    BenchServer() = default;
    ~BenchServer();
    BenchServer(const BenchServer &) = delete;
    BenchServer &operator=(const BenchServer &) = delete;

    /// False if it didn't say where it listens.
    bool start(const QString &program, const QStringList &arguments);
    /// confabd on this data folder, with limits out of the way.
    bool startConfabd(const QString &dataDir, const QStringList &more = {});
    bool startFloor();
    void stop();

    quint16 port() const { return m_port; }
    /// Memory of its own, without what is only mapped from files.
    double anonymousKiB() const;
    /// Of all its threads since it started.
    double cpuSeconds() const;

private:
    QByteArray procFile(const char *name) const;

    QProcess m_process;
    quint16 m_port = 0;
};

}
