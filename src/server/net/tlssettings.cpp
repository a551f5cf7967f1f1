#include "server/net/tlssettings.h"

#include "server/logevent.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslSocket>

#include <algorithm>

namespace confab::server {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("TlsSettings", text);
}

QSslKey readKey(const QByteArray &pem)
{
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Ec, QSsl::Rsa}) {
        const QSslKey key(pem, algorithm, QSsl::Pem, QSsl::PrivateKey);
        if (!key.isNull())
            return key;
    }
    return {};
}

/// Qt can't compare the two halves of a pair, but both usual forms of a private key hold the public
/// numbers (RFC 8017 A.1.2, RFC 5915 §3), and the last bytes of a public key are those numbers.
bool belongTogether(const QSslCertificate &certificate, const QSslKey &key)
{
    constexpr qsizetype kCompared = 40;
    constexpr qsizetype kExponent = 8; // of RSA keys, the same in nearly all of them
    const QSslKey publicKey = certificate.publicKey();
    const QByteArray numbers = publicKey.toDer();
    return publicKey.algorithm() == key.algorithm() && numbers.size() > kCompared + kExponent
        && key.toDer().contains(numbers.mid(numbers.size() - kCompared - kExponent, kCompared));
}

/// Of a link: when what it leads to changed, which is how renewals are usually put in place.
QDateTime changeTime(const QString &path)
{
    const QFileInfo info(path);
    return std::max(info.lastModified(), info.metadataChangeTime());
}

}

TlsSettings::TlsSettings(const QString &certificatePath, const QString &keyPath)
    : m_certificatePath(certificatePath)
    , m_keyPath(keyPath)
{
}

std::optional<QString> TlsSettings::load()
{
    m_stamp = currentStamp();
    if (m_certificatePath.isEmpty() || m_keyPath.isEmpty())
        return tr("TLS needs a certificate and its key. Name both files, or neither.");
    if (!QSslSocket::supportsSsl())
        return tr("Qt can't use TLS on this computer. Install its OpenSSL library, or put a proxy "
                  "with TLS in front of the server.");
    QFile certificateFile(m_certificatePath);
    if (!certificateFile.open(QIODevice::ReadOnly)) {
        return tr("The certificate %1 can't be read (%2). Check the path and its permissions.")
            .arg(QDir::toNativeSeparators(m_certificatePath), certificateFile.errorString());
    }
    QFile keyFile(m_keyPath);
    if (!keyFile.open(QIODevice::ReadOnly)) {
        return tr("The key %1 can't be read (%2). Check the path and its permissions.")
            .arg(QDir::toNativeSeparators(m_keyPath), keyFile.errorString());
    }
    const QList<QSslCertificate> chain = QSslCertificate::fromDevice(&certificateFile, QSsl::Pem);
    if (chain.isEmpty()) {
        return tr("%1 holds no certificate. Name a PEM file that begins with your certificate.")
            .arg(QDir::toNativeSeparators(m_certificatePath));
    }
    const QSslKey key = readKey(keyFile.readAll());
    if (key.isNull()) {
        return tr("%1 holds no private key that can be used. Name a PEM file with an RSA or EC key "
                  "and no passphrase.")
            .arg(QDir::toNativeSeparators(m_keyPath));
    }
    if (!belongTogether(chain.first(), key)) {
        return tr(
            "The key %1 belongs to another certificate than %2. Name two files that were made "
            "together, with your own certificate first.")
            .arg(QDir::toNativeSeparators(m_keyPath), QDir::toNativeSeparators(m_certificatePath));
    }
    if (chain.first().expiryDate() < QDateTime::currentDateTimeUtc())
        LogEvent::warning("certificate-expired")
            .with("since", chain.first().expiryDate().toUTC().toString(Qt::ISODate));
    m_configuration = QSslConfiguration::defaultConfiguration();
    m_configuration.setProtocol(QSsl::TlsV1_2OrLater);
    m_configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    m_configuration.setLocalCertificateChain(chain);
    m_configuration.setPrivateKey(key);
    return std::nullopt;
}

void TlsSettings::refresh()
{
    if (!isOn() || currentStamp() == m_stamp)
        return;
    if (const std::optional<QString> sentence = load())
        LogEvent::warning("certificate-not-renewed").with("reason", *sentence);
    else
        LogEvent::info("certificate-renewed")
            .with("until",
                m_configuration.localCertificate().expiryDate().toUTC().toString(Qt::ISODate));
}

TlsSettings::Stamp TlsSettings::currentStamp() const
{
    return {changeTime(m_certificatePath), changeTime(m_keyPath)};
}

}
