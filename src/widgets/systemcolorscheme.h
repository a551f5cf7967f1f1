#pragma once

#include <QObject>

#include <optional>

class QDBusMessage;

namespace confab {

/// Dark or light as the desktop says it through the portal: org.freedesktop.portal.Settings,
/// key color-scheme. Asks without waiting; says nothing where there is no portal. GUI thread.
class SystemColorScheme : public QObject
{
    Q_OBJECT

public:
    explicit SystemColorScheme(QObject *parent = nullptr);

    /// Nothing while unknown and where the desktop has no preference.
    std::optional<bool> isDark() const { return m_dark; }

signals:
    void changed();

private slots:
    // By name, because D-Bus signals can't be connected to function pointers.
    void onSettingChanged(const QDBusMessage &message);

private:
    void ask();
    void setScheme(const QVariant &value);

    std::optional<bool> m_dark;
};

}
