#include "widgets/systemcolorscheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QTimer>

namespace confab {

namespace {

const QLatin1String kService("org.freedesktop.portal.Desktop");
const QLatin1String kPath("/org/freedesktop/portal/desktop");
const QLatin1String kInterface("org.freedesktop.portal.Settings");
const QLatin1String kSpace("org.freedesktop.appearance");
const QLatin1String kKey("color-scheme");

}

SystemColorScheme::SystemColorScheme(QObject *parent)
    : QObject(parent)
{
    // Greeting the bus takes a round trip, which a window that is about to show needn't wait for.
    QTimer::singleShot(0, this, &SystemColorScheme::ask);
}

void SystemColorScheme::ask()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    // The whole message: Qt 6.4 refuses a slot with a QDBusVariant until that type is registered.
    const bool heard = bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"),
        this, SLOT(onSettingChanged(QDBusMessage)));
    Q_ASSERT(heard);
    Q_UNUSED(heard);
    QDBusMessage read =
        QDBusMessage::createMethodCall(kService, kPath, kInterface, QStringLiteral("Read"));
    read.setArguments({QString(kSpace), QString(kKey)});
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(read), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        if (!reply.isError())
            setScheme(reply.value().variant());
        watcher->deleteLater();
    });
}

void SystemColorScheme::onSettingChanged(const QDBusMessage &message)
{
    const QList<QVariant> arguments = message.arguments(); // space, key, value
    if (arguments.size() == 3 && arguments.at(0) == kSpace && arguments.at(1) == kKey)
        setScheme(arguments.at(2));
}

void SystemColorScheme::setScheme(const QVariant &value)
{
    // Read wraps the value twice, SettingChanged once.
    QVariant inner = value;
    while (inner.userType() == qMetaTypeId<QDBusVariant>())
        inner = qvariant_cast<QDBusVariant>(inner).variant();
    std::optional<bool> dark;
    if (inner.toUInt() == 1)
        dark = true;
    else if (inner.toUInt() == 2)
        dark = false;
    if (dark == m_dark)
        return;
    m_dark = dark;
    emit changed();
}

}
