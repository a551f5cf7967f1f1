#include "app/confab/wakewatch.h"

#include <QDBusConnection>
#include <QNetworkInformation>

#include <utility>

namespace confab {

namespace {

// https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html
const QLatin1String kService("org.freedesktop.login1");
const QLatin1String kPath("/org/freedesktop/login1");
const QLatin1String kInterface("org.freedesktop.login1.Manager");

}

WakeWatch::WakeWatch(QObject *parent)
    : QObject(parent)
{
    connect(&m_sleep, &SleepWatch::woke, this, &WakeWatch::woke);
}

void WakeWatch::watchSleep()
{
    QDBusConnection bus = QDBusConnection::systemBus();
    if (bus.isConnected()) {
        bus.connect(kService, kPath, kInterface, QStringLiteral("PrepareForSleep"), this,
            SLOT(onPrepareForSleep(bool)));
    }
}

void WakeWatch::onPrepareForSleep(bool begins)
{
    if (!begins)
        m_sleep.check(); // knows how long it was
}

bool WakeWatch::isBehindPortal() const
{
    const QNetworkInformation *network = QNetworkInformation::instance();
    return network && network->isBehindCaptivePortal();
}

void WakeWatch::watchNetwork()
{
    using Network = QNetworkInformation;
    if (std::exchange(m_watchesNetwork, true))
        return;
    if (!Network::loadBackendByFeatures(Network::Feature::Reachability))
        return; // the keep-alive finds out
    Network *network = Network::instance();
    connect(network, &Network::reachabilityChanged, this, [this](Network::Reachability now) {
        emit networkChanged(now != Network::Reachability::Disconnected);
    });
    connect(network, &Network::isBehindCaptivePortalChanged, this, &WakeWatch::portalChanged);
    connect(network, &Network::transportMediumChanged, this, [this, network] {
        emit networkChanged(network->reachability() != Network::Reachability::Disconnected);
    });
}

}
