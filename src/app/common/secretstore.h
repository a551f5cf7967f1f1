#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

namespace confab {

/// Passwords and tokens of one account: in the desktop's keychain, or, where there is none, in a file
/// with mode 0600 in the account's folder; then keptInFile() is emitted and the person is told. Every
/// failure of the keychain counts as "there is none" (desktop.md §3, secrets). Answers come later, on
/// this object's thread, also when the object is not asked again.
class SecretStore : public QObject
{
    Q_OBJECT

public:
    SecretStore(const QString &folder, const QString &accountId, QObject *parent = nullptr);

    /// Empty if there is no such secret.
    void read(const QString &key, std::function<void(const QByteArray &)> done);
    void write(const QString &key, const QByteArray &secret);
    void remove(const QString &key);
    void removeAll();
    /// Runs `done` once nothing is being written or removed any more, at the earliest now. A program
    /// that ends before that may lose a secret.
    void whenIdle(std::function<void()> done);

signals:
    /// A secret had to be kept in a file.
    void keptInFile();

private:
    QString entry(const QString &key) const;
    QString filePath() const;
    QByteArray readFile(const QString &key) const;
    bool writeFile(const QString &key, const QByteArray &secret); ///< empty removes
    void keepInFile(const QString &key, const QByteArray &secret);
    /// A new change of this key; what earlier ones still do with it is void.
    int begin(const QString &key);
    void finish();

    QString m_folder;
    QString m_accountId;
    QHash<QString, int> m_changes; ///< by key
    int m_pending = 0;
    QList<std::function<void()>> m_whenIdle;
};

}
