#pragma once

#include <QDateTime>
#include <QSslConfiguration>
#include <QString>

#include <optional>

namespace confab::server {

/// The server's certificate and key, read from two PEM files and read again when these change, so
/// that a renewed certificate needs no restart. Listener's thread.
class TlsSettings
{
public:
    /// Both paths empty: no TLS.
    TlsSettings(const QString &certificatePath, const QString &keyPath);

    bool isOn() const { return !m_certificatePath.isEmpty() || !m_keyPath.isEmpty(); }
    /// Reads the files. The error is a sentence for people; what was read before stays.
    std::optional<QString> load();
    /// The same if they look different from the last time; a problem is logged once. Cheap.
    void refresh();
    /// TLS 1.2 and later, nothing asked of clients.
    const QSslConfiguration &configuration() const { return m_configuration; }

private:
    struct Stamp {
        QDateTime certificate;
        QDateTime key;
        bool operator==(const Stamp &) const = default;
    };

    Stamp currentStamp() const;

    const QString m_certificatePath;
    const QString m_keyPath;
    Stamp m_stamp;
    QSslConfiguration m_configuration;
};

}
