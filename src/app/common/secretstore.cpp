#include "app/common/secretstore.h"

#include "app/common/applog.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QSettings>
#include <QTimer>
#include <qt6keychain/keychain.h>

namespace confab {

// Jobs have no parent: they delete themselves when done, also when this object is gone before.
namespace {

const auto kService = QStringLiteral("io.github.confab.Confab");
const auto kKeys = {QStringLiteral("token"), QStringLiteral("password")};

}

SecretStore::SecretStore(const QString &folder, const QString &accountId, QObject *parent)
    : QObject(parent)
    , m_folder(folder)
    , m_accountId(accountId)
{
}

QString SecretStore::entry(const QString &key) const
{
    return m_accountId + u'/' + key;
}

QString SecretStore::filePath() const
{
    return m_folder + QStringLiteral("/secrets");
}

void SecretStore::read(const QString &key, std::function<void(const QByteArray &)> done)
{
    // What is in the file is there because the keychain failed when it was written: it is the newer.
    const QByteArray fromFile = readFile(key);
    if (!fromFile.isEmpty()) {
        QTimer::singleShot(0, this, [done = std::move(done), fromFile] { done(fromFile); });
        return;
    }
    auto *job = new QKeychain::ReadPasswordJob(kService);
    job->setInsecureFallback(false);
    job->setKey(entry(key));
    connect(job, &QKeychain::Job::finished, this, [done = std::move(done)](QKeychain::Job *ended) {
        auto *reader = static_cast<QKeychain::ReadPasswordJob *>(ended);
        done(reader->error() == QKeychain::NoError ? reader->binaryData() : QByteArray());
    });
    job->start();
}

int SecretStore::begin(const QString &key)
{
    ++m_pending;
    return ++m_changes[key];
}

void SecretStore::finish()
{
    --m_pending;
    if (m_pending > 0)
        return;
    for (const auto &done : std::exchange(m_whenIdle, {}))
        done();
}

void SecretStore::whenIdle(std::function<void()> done)
{
    if (m_pending > 0)
        m_whenIdle.append(std::move(done));
    else
        done();
}

void SecretStore::write(const QString &key, const QByteArray &secret)
{
    const int change = begin(key);
    auto *job = new QKeychain::WritePasswordJob(kService);
    job->setInsecureFallback(false);
    job->setKey(entry(key));
    job->setBinaryData(secret);
    connect(job, &QKeychain::Job::finished, this, [this, key, secret, change](QKeychain::Job *ended) {
        const bool isLatest = m_changes.value(key) == change;
        if (isLatest && ended->error() == QKeychain::NoError)
            writeFile(key, {});
        else if (isLatest)
            keepInFile(key, secret);
        finish();
    });
    job->start();
}

void SecretStore::keepInFile(const QString &key, const QByteArray &secret)
{
    if (!writeFile(key, secret)) {
        qCWarning(lcApp) << "a secret of account" << m_accountId << "could not be kept";
        return;
    }
    emit keptInFile();
}

void SecretStore::remove(const QString &key)
{
    begin(key);
    writeFile(key, {});
    auto *job = new QKeychain::DeletePasswordJob(kService);
    job->setInsecureFallback(false);
    job->setKey(entry(key));
    connect(job, &QKeychain::Job::finished, this, &SecretStore::finish);
    job->start();
}

void SecretStore::removeAll()
{
    for (const QString &key : kKeys)
        remove(key);
}

// One line a secret: key, blank, base64.
QByteArray SecretStore::readFile(const QString &key) const
{
    QFile file(filePath());
    if (!file.open(QIODevice::ReadOnly))
        return {};
    while (!file.atEnd()) {
        const QByteArray line = file.readLine().trimmed();
        const qsizetype blank = line.indexOf(' ');
        if (blank > 0 && line.left(blank) == key.toUtf8())
            return QByteArray::fromBase64(line.mid(blank + 1));
    }
    return {};
}

bool SecretStore::writeFile(const QString &key, const QByteArray &secret)
{
    QByteArray kept;
    QFile old(filePath());
    if (old.open(QIODevice::ReadOnly)) {
        while (!old.atEnd()) {
            const QByteArray line = old.readLine();
            if (!line.startsWith(key.toUtf8() + ' '))
                kept += line;
        }
    } else if (secret.isEmpty()) {
        return true; // nothing to remove
    }
    if (!secret.isEmpty())
        kept += key.toUtf8() + ' ' + secret.toBase64() + '\n';
    if (kept.isEmpty())
        return QFile::remove(filePath());

    QSaveFile file(filePath());
    return file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(kept) == kept.size() && file.commit();
}

}
