#include "app/common/exportjob.h"
#include "app/confabctl/options.h"
#include "serverthread.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

using namespace confab;

namespace {

const QByteArray kBytes(600'000, 'p'); // too large to travel inside a message

/// A profile with one account that is signed in, its chat with itself, and a file in it.
struct Person {
    QTemporaryDir data;
    Threads threads;
    std::unique_ptr<Profile> profile;
    std::unique_ptr<Account> account;

    explicit Person(const QUrl &server)
    {
        DataFolders folders = DataFolders::standard();
        folders.root = data.path();
        profile = Profile::open(folders.profile(QStringLiteral("default"))).value();
        AccountConfig config;
        config.url = server;
        config = profile->add(config);
        profile->setCurrentAccount(config.id);
        account = std::make_unique<Account>(config,
            Account::Surroundings{profile.get(), &threads, nullptr, socketSessionFactory()});
        QSignalSpy synced(&account->service(), &ChatService::synced);
        account->start();
        account->createAccount(
            QStringLiteral("exporter"), QStringLiteral("a secret"), QStringLiteral("Exporter"));
        QTRY_COMPARE(synced.size(), 1);
        send();
    }
    /// For another program to use the profile.
    void leave()
    {
        account.reset();
        profile.reset();
    }

private:
    void send()
    {
        const TopicName topic = QStringLiteral("slf");
        account->service().openTopic(topic);
        QTRY_VERIFY(account->topics().find(topic));
        Upload upload;
        upload.id = QStringLiteral("upload1");
        upload.mime = QStringLiteral("image/png");
        upload.name = QStringLiteral("photo.png");
        upload.size = kBytes.size();
        QDir().mkpath(uploadFolder(account->folder()));
        QFile file(uploadFolder(account->folder()) + u'/' + upload.id);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(kBytes);
        file.close();
        wire::Image image;
        image.source.mime = upload.mime;
        image.source.name = upload.name;
        image.source.ref = upload.placeholder();
        image.source.size = upload.size;
        image.pixels = {640, 480};
        OutgoingMessage message;
        message.content = wire::Drafty::fromEntity({}, image);
        message.uploads = {upload};
        QSignalSpy sent(&account->service(), &ChatService::messageSent);
        account->service().send(topic, message);
        QTRY_COMPARE(sent.size(), 1);
    }
};

QJsonObject firstFile(const QString &json)
{
    QFile file(json);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
    return all[QStringLiteral("chats")][0][QStringLiteral("messages")][0][QStringLiteral("files")]
              [0]
                  .toObject();
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

}

/// Exports with the files that only the server has, by the account and by the command line.
class ExportJobTest : public QObject
{
    Q_OBJECT

private slots:
    void filesAreFetchedForAnExport();
    void filesThatAreGoneAreNamed();
    void offlineItTakesWhatIsHere();
    void cancellingEndsItOnce();
    void theCommandLineExportsFiles();
};

void ExportJobTest::filesAreFetchedForAnExport()
{
    ServerThread server;
    Person person(server.url());
    person.account->service().transfers().clearCache();
    const QTemporaryDir place;
    ExportJob job(*person.account);
    QSignalSpy files(&job, &ExportJob::fetchingFiles);
    QSignalSpy ended(&job, &ExportJob::ended);
    job.start({ExportFormat::Json, place.filePath(QStringLiteral("all.json")), {}, true});
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(ended[0], (QVariantList{false, QString(), 0}));
    QCOMPARE(files.last(), (QVariantList{qlonglong(1), qlonglong(1)}));
    const QString path
        = firstFile(place.filePath(QStringLiteral("all.json")))[QStringLiteral("path")].toString();
    QVERIFY(path.startsWith(QStringLiteral("all_files/")));
    QVERIFY(bytesOf(place.filePath(path)) == kBytes);
}

void ExportJobTest::filesThatAreGoneAreNamed()
{
    ServerThread server;
    Person person(server.url());
    server.dropFiles();
    person.account->service().transfers().clearCache();
    const QTemporaryDir place;
    ExportJob job(*person.account);
    QSignalSpy ended(&job, &ExportJob::ended);
    job.start({ExportFormat::Json, place.filePath(QStringLiteral("all.json")), {}, true});
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(ended[0], (QVariantList{false, QString(), 1}));
    const QJsonObject file = firstFile(place.filePath(QStringLiteral("all.json")));
    QCOMPARE(file[QStringLiteral("name")].toString(), QStringLiteral("photo.png"));
    QVERIFY(file[QStringLiteral("missing")].toString().contains(
        QStringLiteral("no longer on the server")));
    QVERIFY(!QFileInfo::exists(place.filePath(QStringLiteral("all_files"))));
}

void ExportJobTest::offlineItTakesWhatIsHere()
{
    ServerThread server;
    Person person(server.url());
    person.account->service().stop();
    const QTemporaryDir place;
    ExportJob job(*person.account);
    QSignalSpy fetching(&job, &ExportJob::fetchingMessages);
    QSignalSpy ended(&job, &ExportJob::ended);
    job.start({ExportFormat::Html, place.filePath(QStringLiteral("all.html")), {}, true});
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(ended[0], (QVariantList{false, QString(), 0}));
    QVERIFY(fetching.isEmpty());
    QVERIFY(bytesOf(place.filePath(QStringLiteral("all.html"))).contains("<img "));
}

void ExportJobTest::cancellingEndsItOnce()
{
    ServerThread server;
    Person person(server.url());
    const QTemporaryDir place;
    ExportJob job(*person.account);
    QSignalSpy ended(&job, &ExportJob::ended);
    connect(&job, &ExportJob::fetchingFiles, &job, &ExportJob::cancel);
    job.start({ExportFormat::Html, place.filePath(QStringLiteral("all.html")), {}, true});
    QTRY_COMPARE(ended.size(), 1);
    QVERIFY(ended[0][0].toBool());
    QVERIFY(QDir(place.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
    job.disconnect(&job);
    job.start({ExportFormat::Html, place.filePath(QStringLiteral("all.html")), {}, true});
    QTRY_COMPARE(ended.size(), 2);
    QVERIFY(!ended[1][0].toBool());
}

void ExportJobTest::theCommandLineExportsFiles()
{
    ServerThread server;
    Person person(server.url());
    QSignalSpy cleared(&person.account->service().transfers(), &Transfers::cacheMeasured);
    person.account->service().transfers().clearCache();
    QTRY_COMPARE(cleared.size(), 1);
    person.leave();
    const QTemporaryDir place;
    QProcess program;
    program.start(QStringLiteral(CONFAB_BIN_DIR "/confabctl"),
        {QStringLiteral("--data-dir"), person.data.path(), QStringLiteral("export"),
            place.filePath(QStringLiteral("all.json")), QStringLiteral("--files")});
    QTRY_COMPARE_WITH_TIMEOUT(program.state(), QProcess::NotRunning, 60'000);
    QCOMPARE(program.readAllStandardError(), QByteArray());
    QCOMPARE(program.exitCode(), exitcode::kDone);
    const QString path
        = firstFile(place.filePath(QStringLiteral("all.json")))[QStringLiteral("path")].toString();
    QVERIFY(bytesOf(place.filePath(path)) == kBytes);
}

QTEST_GUILESS_MAIN(ExportJobTest)
#include "tst_exportjob.moc"
