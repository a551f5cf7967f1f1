#include "app/common/localserverhost.h"

#include "app/common/applog.h"
#include "server/server.h"

#include <QDir>
#include <QFile>
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
{
    m_lock.setStaleLockTime(0);
    m_thread.setObjectName(QStringLiteral("confab-server"));
    m_look.setInterval(kLookInterval);
    connect(&m_look, &QTimer::timeout, this, &LocalServerHost::lookForAddress);
}

LocalServerHost::~LocalServerHost()
{
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
    m_url.setPath(QStringLiteral("/v0/channels"));
    QSaveFile file(addressFile());
    if (!file.open(QIODevice::WriteOnly) || file.write(m_url.toEncoded()) < 0 || !file.commit())
        qCWarning(lcApp) << "other programs won't find the local server:" << file.errorString();
    emit available(m_url);
}

void LocalServerHost::giveUp(const QString &sentence)
{
    const bool portMayBeTaken = knownAddress().isValid();
    m_server->deleteLater();
    m_server = nullptr;
    m_thread.quit();
    m_thread.wait();
    if (portMayBeTaken) {
        QFile::remove(addressFile());
        host();
        return;
    }
    m_lock.unlock();
    emit failed(sentence);
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

}
