#include "app/common/localserverhost.h"

#include "app/common/applog.h"
#include "server/admin/backup.h"
#include "server/server.h"

#include <QDir>
#include <QFile>
#include <QHostAddress>
#include <QNetworkInterface>
#include <QSaveFile>

namespace confab {

namespace {

constexpr int kLookInterval = 100; // ms
constexpr int kMaxLooks = 50;

}

LocalServerHost::LocalServerHost(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_lock(folder + QStringLiteral("/host.lock"))
    , m_accounts(folder)
{
    m_lock.setStaleLockTime(0);
    m_thread.setObjectName(QStringLiteral("confab-server"));
    m_work.setMaxThreadCount(1);
    m_look.setInterval(kLookInterval);
    connect(&m_look, &QTimer::timeout, this, &LocalServerHost::lookForAddress);
}

LocalServerHost::~LocalServerHost()
{
    m_work.waitForDone();
    if (!m_server)
        return;
    m_server->disconnect(this);
    connect(m_server, &server::Server::stopped, &m_thread, [this] {
        m_server->deleteLater();
        m_thread.quit();
    }, Qt::DirectConnection);
    QMetaObject::invokeMethod(m_server, &server::Server::stop);
    m_thread.wait();
}

void LocalServerHost::ensure()
{
    if (m_server) {
        if (m_url.isValid())
            emit available(m_url);
        return; // else it is starting, and tells
    }
    if (!QDir().mkpath(m_folder)
        || !QFile::setPermissions(
            m_folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner)) {
        emit failed(tr("The folder of the local server, %1, can't be written to. Check its owner "
                       "and that the disk is not full.")
                        .arg(m_folder));
        return;
    }
    if (m_lock.tryLock(0)) {
        host();
        return;
    }
    m_looks = 0;
    m_look.start();
    lookForAddress();
}

void LocalServerHost::host()
{
    server::ServerOptions options;
    options.dataDir = m_folder;
    options.echoUser = true;
    options.openOnThisMachine = true;
    if (isByInvite())
        options.registration = server::Registration::Invite;
    if (isShared())
        options.address = QHostAddress(QHostAddress::AnyIPv4);
    // The same port as last time, so that other programs find it again after a change of host.
    options.port = quint16(qMax(0, knownAddress().port()));
    m_server = new server::Server(options);
    m_server->moveToThread(&m_thread);
    connect(m_server, &server::Server::started, this, &LocalServerHost::hosted);
    connect(m_server, &server::Server::failed, this, &LocalServerHost::giveUp);
    m_thread.start();
    QMetaObject::invokeMethod(m_server, &server::Server::start);
}

void LocalServerHost::hosted(const QUrl &url)
{
    m_url = url;
    // A server that listens everywhere is reached from here by loopback all the same.
    m_url.setHost(QHostAddress(QHostAddress::LocalHost).toString());
    m_url.setPath(QStringLiteral("/v0/channels"));
    if (knownAddress() != m_url)
        keepAddress();
    emit available(m_url);
}

void LocalServerHost::keepAddress()
{
    QSaveFile file(addressFile());
    if (!file.open(QIODevice::WriteOnly) || file.write(m_url.toEncoded()) < 0 || !file.commit())
        qCWarning(lcApp) << "other programs won't find the local server:" << file.errorString();
}

void LocalServerHost::giveUp(const QString &sentence)
{
    const bool portMayBeTaken = knownAddress().isValid();
    endServer();
    if (portMayBeTaken) {
        QFile::remove(addressFile());
        host();
        return;
    }
    m_lock.unlock();
    emit failed(sentence);
}

void LocalServerHost::endServer()
{
    m_server->disconnect(this);
    m_server->deleteLater();
    m_server = nullptr;
    m_url.clear();
    m_thread.quit();
    m_thread.wait(); // for a server that has committed already
}

bool LocalServerHost::isShared() const
{
    return QFile::exists(sharedFile());
}

void LocalServerHost::setShared(bool shared)
{
    if (shared == isShared())
        return;
    if (!keepChoice(sharedFile(), shared))
        return;
    if (!m_url.isValid())
        return; // not here, or it has not told yet where it listens
    m_url.clear();
    connect(m_server, &server::Server::stopped, this, [this] {
        endServer();
        host();
    });
    QMetaObject::invokeMethod(m_server, &server::Server::stop);
}

bool LocalServerHost::keepChoice(const QString &path, bool chosen)
{
    QFile file(path);
    if (chosen ? file.open(QIODevice::WriteOnly) : file.remove())
        return true;
    emit failed(tr("The choice could not be kept: %1. Check the folder %2.")
                    .arg(file.errorString(), m_folder));
    return false;
}

bool LocalServerHost::isByInvite() const
{
    return QFile::exists(inviteFile());
}

void LocalServerHost::setByInvite(bool byInvite)
{
    if (byInvite == isByInvite() || !keepChoice(inviteFile(), byInvite) || !m_server)
        return;
    const auto registration = byInvite ? server::Registration::Invite : server::Registration::Open;
    QMetaObject::invokeMethod(
        m_server, [server = m_server, registration] { server->setRegistration(registration); });
}

QStringList LocalServerHost::addresses() const
{
    const QUrl local = knownAddress();
    if (!local.isValid())
        return {};
    const QString port = QString::number(local.port());
    QStringList result;
    if (isShared()) {
        for (const QHostAddress &address : QNetworkInterface::allAddresses()) {
            if (address.protocol() == QAbstractSocket::IPv4Protocol && !address.isLoopback()
                && !address.isLinkLocal())
                result.append(QStringLiteral("ws://%1:%2").arg(address.toString(), port));
        }
    }
    if (result.isEmpty())
        result.append(QStringLiteral("ws://%1:%2").arg(local.host(), port));
    return result;
}

void LocalServerHost::backUp(const QString &file)
{
    m_work.start([this, file] {
        int told = -1;
        const auto progress = [&](qint64 done, qint64 total) {
            const int percent = total > 0 ? int(100 * done / total) : 100;
            if (percent == told)
                return;
            told = percent;
            QMetaObject::invokeMethod(
                this, [this, percent] { emit backupProgressed(percent); }, Qt::QueuedConnection);
        };
        const QString error = server::makeBackup(m_folder, file, progress).value_or(QString());
        QMetaObject::invokeMethod(
            this, [this, file, error] { emit backedUp(file, error); }, Qt::QueuedConnection);
    });
}

void LocalServerHost::lookForAddress()
{
    if (const QUrl url = knownAddress(); url.isValid()) {
        m_look.stop();
        emit available(url);
    } else if (++m_looks > kMaxLooks) {
        m_look.stop();
        emit failed(tr("Another Confab is starting the local server but does not get done. Close "
                       "it, then try again."));
    }
}

QUrl LocalServerHost::knownAddress() const
{
    QFile file(addressFile());
    return file.open(QIODevice::ReadOnly) ? QUrl::fromEncoded(file.readAll().trimmed()) : QUrl();
}

QString LocalServerHost::addressFile() const
{
    return m_folder + QStringLiteral("/address");
}

QString LocalServerHost::sharedFile() const
{
    return m_folder + QStringLiteral("/shared");
}

QString LocalServerHost::inviteFile() const
{
    return m_folder + QStringLiteral("/by-invite");
}

}
