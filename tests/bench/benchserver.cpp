#include "benchserver.h"

#include <QFile>
#include <QUrl>

#include <unistd.h>

namespace confab {

namespace {

constexpr int kPatience = 60'000;
const QByteArray kGreeting = "Listening on ";

}

BenchServer::~BenchServer()
{
    stop();
}

bool BenchServer::start(const QString &program, const QStringList &arguments)
{
    stop();
    m_process.setStandardErrorFile(QProcess::nullDevice());
    m_process.start(program, arguments, QIODevice::ReadOnly);
    while (!m_process.canReadLine()) {
        if (!m_process.waitForReadyRead(kPatience))
            return false;
    }
    const QByteArray line = m_process.readLine().trimmed();
    m_port = quint16(QUrl(QString::fromLatin1(line.mid(kGreeting.size()))).port(0));
    return line.startsWith(kGreeting) && m_port > 0;
}

bool BenchServer::startConfabd(const QString &dataDir, const QStringList &more)
{
    const QString many = QStringLiteral("20000");
    return start(QStringLiteral(CONFAB_BIN_DIR "/confabd"),
        QStringList{QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0"),
            QStringLiteral("--data"), dataDir, QStringLiteral("--connections-per-address"), many,
            QStringLiteral("--max-connections"), many}
            + more);
}

bool BenchServer::startFloor()
{
    return start(QStringLiteral(CONFAB_BIN_DIR "/floor_websocket"), {});
}

void BenchServer::stop()
{
    m_process.kill();
    m_process.waitForFinished();
}

QByteArray BenchServer::procFile(const char *name) const
{
    QFile file(QStringLiteral("/proc/%1/%2").arg(m_process.processId()).arg(QLatin1String(name)));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

double BenchServer::anonymousKiB() const
{
    const QByteArray status = procFile("status");
    const qsizetype at = status.indexOf("RssAnon:");
    return at < 0 ? 0 : status.mid(at + 8, 16).trimmed().split(' ').first().toDouble();
}

double BenchServer::cpuSeconds() const
{
    // proc(5): utime and stime are the 12th and 13th field after the name in brackets.
    const QByteArray stat = procFile("stat");
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return (fields.value(11).toDouble() + fields.value(12).toDouble())
        / double(sysconf(_SC_CLK_TCK));
}

}
