#include "app/common/instancelock.h"

#include "app/common/applog.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QLocalSocket>
#include <QStandardPaths>

#include <sys/file.h>
#include <utility>

namespace confab {

namespace {

constexpr int kReachTimeout = 1000; // ms
const auto kShow = QByteArrayLiteral("show ");
constexpr qint64 kMaxLine = 2048;

}

InstanceLock::InstanceLock(const QString &folder)
    : m_folder(folder)
    , m_file(folder + QStringLiteral("/lock"))
{
}

InstanceLock::~InstanceLock() = default;

wire::Result<std::unique_ptr<InstanceLock>, QString> InstanceLock::take(const QString &folder)
{
    std::unique_ptr<InstanceLock> lock(new InstanceLock(folder));
    QFile &file = lock->m_file;
    if (!file.open(QIODevice::ReadWrite | QIODevice::Unbuffered)) {
        return tr("The profile in %1 can't be written to. Check its owner and that the disk is not "
                  "full.")
            .arg(folder);
    }
    if (flock(file.handle(), LOCK_EX | LOCK_NB) == 0) {
        // For whoever comes later; nothing depends on it.
        file.resize(0);
        file.write(QByteArray::number(QCoreApplication::applicationPid()) + ' '
            + QCoreApplication::applicationName().toUtf8());
        return lock;
    }
    const QByteArray holder = file.readAll();
    const auto space = holder.indexOf(' ');
    return tr(
        "The profile in %1 is in use by %2 (process %3). Close that program, or choose another "
        "profile with --profile.")
        .arg(folder, QString::fromUtf8(holder.mid(space + 1)),
            QString::fromUtf8(holder.left(space)));
}

QString InstanceLock::socketName(const QString &folder)
{
    QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    if (runtime.isEmpty())
        runtime = folder;
    const QByteArray hash = QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256);
    return runtime + QStringLiteral("/confab-") + QString::fromLatin1(hash.toHex().left(16));
}

void InstanceLock::listen()
{
    const QString name = socketName(m_folder);
    QLocalServer::removeServer(name); // left by a program that was killed; we hold the lock
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    if (!m_server.listen(name)) {
        qCWarning(lcApp) << "later starts can't be heard:" << m_server.errorString();
        return;
    }
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        QLocalSocket *caller = m_server.nextPendingConnection();
        connect(caller, &QLocalSocket::disconnected, caller, &QObject::deleteLater);
        connect(caller, &QLocalSocket::readyRead, this, [this, caller] {
            if (!caller->canReadLine() && caller->bytesAvailable() < kMaxLine)
                return;
            const QByteArray line = caller->readLine(kMaxLine);
            if (line.startsWith(kShow))
                emit showRequested(QString::fromUtf8(line.mid(kShow.size()).trimmed()));
            caller->disconnectFromServer();
        });
    });
}

bool InstanceLock::askToShow(const QString &folder, const QString &link)
{
    QLocalSocket socket;
    socket.connectToServer(socketName(folder));
    if (!socket.waitForConnected(kReachTimeout))
        return false;
    socket.write(kShow + link.toUtf8() + '\n');
    return socket.waitForBytesWritten(kReachTimeout);
}

}
