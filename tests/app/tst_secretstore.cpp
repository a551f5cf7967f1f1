#include "app/common/secretstore.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace confab;

// The tests have no session bus, so there is no keychain: what is tested is the fallback.
class tst_SecretStore : public QObject
{
    Q_OBJECT

private:
    static std::optional<QByteArray> read(SecretStore &store, const QString &key)
    {
        std::optional<QByteArray> answer;
        store.read(key, [&](const QByteArray &secret) { answer = secret; });
        [&] { QTRY_VERIFY(answer.has_value()); }();
        return answer;
    }

    static void write(SecretStore &store, const QString &key, const QByteArray &secret)
    {
        QSignalSpy kept(&store, &SecretStore::keptInFile);
        store.write(key, secret);
        QTRY_COMPARE(kept.count(), 1);
    }

    const QString kToken = QStringLiteral("token");
    const QString kPassword = QStringLiteral("password");

private slots:
    void withoutAKeychainSecretsAreKeptInAFileForTheOwnerOnly()
    {
        const QTemporaryDir dir;
        SecretStore store(dir.path(), QStringLiteral("a1"));
        write(store, kToken, QByteArray("\0\xff binary \n token", 17));
        const QString path = dir.filePath(QStringLiteral("secrets"));
        QVERIFY(QFileInfo::exists(path));
        QCOMPARE(QFileInfo(path).permissions()
                & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
            QFile::Permissions());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("binary"));
    }

    void whatWasWrittenIsReadAgainByTheNextStart()
    {
        const QTemporaryDir dir;
        const QByteArray secret("\0\xff binary \n token", 17);
        {
            SecretStore store(dir.path(), QStringLiteral("a1"));
            write(store, kToken, secret);
            write(store, kPassword, "pass");
        }
        SecretStore store(dir.path(), QStringLiteral("a1"));
        QCOMPARE(read(store, kToken), secret);
        QCOMPARE(read(store, kPassword), QByteArray("pass"));
    }

    void aNewSecretTakesThePlaceOfTheOldOne()
    {
        const QTemporaryDir dir;
        SecretStore store(dir.path(), QStringLiteral("a1"));
        write(store, kToken, "one");
        write(store, kToken, "two");
        QCOMPARE(read(store, kToken), QByteArray("two"));
    }

    void removedSecretsAreGone()
    {
        const QTemporaryDir dir;
        SecretStore store(dir.path(), QStringLiteral("a1"));
        write(store, kToken, "one");
        write(store, kPassword, "pass");
        store.remove(kToken);
        QCOMPARE(read(store, kToken), QByteArray());
        QCOMPARE(read(store, kPassword), QByteArray("pass"));
        store.removeAll();
        QCOMPARE(read(store, kPassword), QByteArray());
        QVERIFY(!QFileInfo::exists(dir.filePath(QStringLiteral("secrets"))));
    }

    void whatIsRemovedStaysGoneAlthoughItsWritingWasUnderWay()
    {
        const QTemporaryDir dir;
        SecretStore store(dir.path(), QStringLiteral("a1"));
        store.write(kToken, "one");
        store.remove(kToken);
        bool idle = false;
        store.whenIdle([&] { idle = true; });
        QVERIFY(!idle);
        QTRY_VERIFY(idle);
        QCOMPARE(read(store, kToken), QByteArray());
    }

    void anUnknownSecretIsEmpty()
    {
        const QTemporaryDir dir;
        SecretStore store(dir.path(), QStringLiteral("a1"));
        QCOMPARE(read(store, kToken), QByteArray());
    }
};

QTEST_GUILESS_MAIN(tst_SecretStore)
#include "tst_secretstore.moc"
