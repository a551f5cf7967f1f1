#include "widgets/systemcolorscheme.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

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
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(kService, kPath, kInterface, QStringLiteral("SettingChanged"), this,
        SLOT(onSettingChanged(QString, QString, QDBusVariant)));
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

void SystemColorScheme::onSettingChanged(
    const QString &space, const QString &key, const QDBusVariant &value)
{
    if (space == kSpace && key == kKey)
        setScheme(value.variant());
}

void SystemColorScheme::setScheme(const QVariant &value)
{
    // Read wraps the value twice, SettingChanged once.
    const QVariant inner = value.userType() == qMetaTypeId<QDBusVariant>()
        ? qvariant_cast<QDBusVariant>(value).variant()
        : value;
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
