#include "app/common/profile.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace confab;
using namespace std::chrono_literals;

namespace {

constexpr auto kOthers = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
    | QFile::WriteOther | QFile::ExeOther;

std::unique_ptr<Profile> opened(const QString &folder)
{
    auto profile = Profile::open(folder);
    return profile ? std::move(profile).value() : nullptr;
}

AccountConfig full()
{
    AccountConfig config;
    config.kind = ServerKind::Plain;
    config.url = QUrl(QStringLiteral("wss://chat.example.org/room?x=1"));
    config.apiKey = QStringLiteral("key");
    config.login = QStringLiteral("ada");
    config.displayName = QStringLiteral("Ada Öztürk");
    config.user = QStringLiteral("usrAAAAAAAAAAA");
    config.keepAlive.interval = 3s;
    config.keepAlive.deadline = 4s;
    config.reconnect = false;
    config.plainText = true;
    config.plainChatId = QStringLiteral("42");
    return config;
}

}

class tst_Profile : public QObject
{
    Q_OBJECT

private slots:
    void accountsComeBackAsTheyWereSaved()
    {
        const QTemporaryDir dir;
        AccountConfig saved;
        {
            const auto profile = opened(dir.filePath(QStringLiteral("p")));
            QVERIFY(profile);
            saved = profile->add(full());
            QVERIFY(!saved.id.isEmpty());
        }
        const auto profile = opened(dir.filePath(QStringLiteral("p")));
        QCOMPARE(profile->accounts().size(), 1);
        QVERIFY(profile->accounts().first() == saved);
    }

    void accountsKeepTheirOrderAndTheCurrentOneIsRemembered()
    {
        const QTemporaryDir dir;
        QStringList ids;
        {
            const auto profile = opened(dir.path());
            for (int i = 0; i < 3; ++i)
                ids << profile->add(full()).id;
            profile->setCurrentAccount(ids.at(1));
        }
        const auto profile = opened(dir.path());
        QStringList found;
        for (const AccountConfig &config : profile->accounts())
            found << config.id;
        QCOMPARE(found, ids);
        QCOMPARE(profile->currentAccount(), ids.at(1));
    }

    void removingAnAccountRemovesItsFolder()
    {
        const QTemporaryDir dir;
        const auto profile = opened(dir.path());
        const QString id = profile->add(full()).id;
        profile->setCurrentAccount(id);
        QVERIFY(QFileInfo::exists(profile->accountFolder(id)));
        profile->remove(id);
        QVERIFY(!QFileInfo::exists(profile->accountFolder(id)));
        QVERIFY(profile->accounts().isEmpty());
        QVERIFY(profile->currentAccount().isEmpty());
    }

    void theLastChatOfEachAccountIsKept()
    {
        const QTemporaryDir dir;
        auto profile = opened(dir.path());
        const QString one = profile->add(full()).id;
        const QString other = profile->add(full()).id;
        profile->setLastChat(one, QStringLiteral("grpOne"));
        profile.reset();
        profile = opened(dir.path());
        QCOMPARE(profile->lastChat(one), QStringLiteral("grpOne"));
        QCOMPARE(profile->lastChat(other), QString());
        profile->remove(one);
        QCOMPARE(profile->lastChat(one), QString());
    }

    void foldersAreForTheirOwnerOnly()
    {
        const QTemporaryDir dir;
        const auto profile = opened(dir.filePath(QStringLiteral("deep/er")));
        const QString id = profile->add(full()).id;
        QVERIFY(!(QFileInfo(profile->folder()).permissions() & kOthers));
        QVERIFY(!(QFileInfo(profile->accountFolder(id)).permissions() & kOthers));
    }

    void aProfileInUseIsRefusedWithASentence()
    {
        const QTemporaryDir dir;
        const auto first = opened(dir.path());
        QVERIFY(first);
        const auto second = Profile::open(dir.path());
        QVERIFY(!second);
        QVERIFY(second.error().contains(QLatin1String("in use")));
        QVERIFY(second.error().contains(QString::number(QCoreApplication::applicationPid())));
    }

    void aFolderThatCannotBeMadeIsRefusedWithASentence()
    {
        const auto profile = Profile::open(QStringLiteral("/proc/confab"));
        QVERIFY(!profile);
        QVERIFY(profile.error().contains(QLatin1String("/proc/confab")));
    }

    void aNameIsAProfileBelowTheRootAndAPathIsItself()
    {
        const DataFolders folders{QStringLiteral("/data/confab")};
        QCOMPARE(folders.profile(QStringLiteral("work")),
            QStringLiteral("/data/confab/profiles/work"));
        QCOMPARE(folders.profile(QStringLiteral("/elsewhere/x")), QStringLiteral("/elsewhere/x"));
    }
};

QTEST_GUILESS_MAIN(tst_Profile)
#include "tst_profile.moc"
