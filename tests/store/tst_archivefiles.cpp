#include "archivefixture.h"
#include "storesamples.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

using namespace confab;
using namespace confab::samples;

namespace {

/// What another program does to a file.
bool change(const QString &file, const QString &sql)
{
    const QString name = u"test"_qs;
    bool done = false;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_qs, name);
        database.setDatabaseName(file);
        done = database.open() && QSqlQuery(database).exec(sql);
    }
    QSqlDatabase::removeDatabase(name);
    return done;
}

bool overwrite(const QString &file, const QByteArray &bytes)
{
    QFile target(file);
    return target.open(QIODevice::WriteOnly) && target.write(bytes) == bytes.size();
}

bool copyFiles(const QString &from, const QString &to)
{
    if (!QDir().mkpath(to))
        return false;
    for (const QString &name : QDir(from).entryList(QDir::Files)) {
        // The index of the log is rebuilt; the kernel does not keep it over a crash.
        if (!name.endsWith(u"-shm") && !QFile::copy(from + u'/' + name, to + u'/' + name))
            return false;
    }
    return true;
}

int versionOf(const QString &path)
{
    int version = 0;
    {
        QSqlDatabase file = QSqlDatabase::addDatabase(u"QSQLITE"_qs, u"version"_qs);
        file.setDatabaseName(path);
        if (file.open()) {
            QSqlQuery query(u"PRAGMA user_version"_qs, file);
            version = query.next() ? query.value(0).toInt() : 0;
        }
    }
    QSqlDatabase::removeDatabase(u"version"_qs);
    return version;
}

QStringList setAside(const QString &folder, const QString &file)
{
    return QDir(folder).entryList({file + u".damaged-*"_qs}, QDir::Files);
}

}

class TestArchiveFiles : public QObject
{
    Q_OBJECT

private slots:
    void onlyTheOwnerCanReadTheFiles();
    void callsReturnWhileTheDatabaseThreadIsBusy();
    void whatWasAskedForIsWrittenThoughTheThreadQuitsAtOnce();
    void aCrashLosesNoQueuedMessage();
    void afterWritesRunsOnTheCallersThread();
    void twoAccountsShareAThread();

    void aNewerFileIsRefusedAndLeftAlone_data();
    void aNewerFileIsRefusedAndLeftAlone();
    void aDamagedArchiveIsReplacedAndTheOutboxSurvives_data();
    void aDamagedArchiveIsReplacedAndTheOutboxSurvives();
    void anArchiveThatBreaksInUseIsReplaced();
    void anArchiveIsReadForDamageAfterAnUncleanEnd();
    void aDamagedOutboxIsSetAsideWithASentence();
    void whatCanBeReadOfADamagedOutboxIsKept();
    void anOlderOutboxIsCopiedBeforeItChanges();
    void anAlteredOutboxRowIsNotSentUnseen();
    void aFolderThatCannotBeMadeIsASentence();
    void aMessageThatCannotBeSavedIsNotQueued();
};

void TestArchiveFiles::onlyTheOwnerCanReadTheFiles()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveDraft(kBob, {u"Dear"_qs});
    fixture.archive().saveMessages(kBob, {message(1)});
    QVERIFY(fixture.settle());
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup
        | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QVERIFY(!(QFileInfo(fixture.folder()).permissions() & others));
    const QFileInfoList files = QDir(fixture.folder()).entryInfoList(QDir::Files);
    QVERIFY(files.size() >= 4); // two files and their logs
    for (const QFileInfo &file : files)
        QVERIFY2(!(file.permissions() & (others | QFile::ExeOwner)), qPrintable(file.fileName()));
}

void TestArchiveFiles::callsReturnWhileTheDatabaseThreadIsBusy()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QSignalSpy queued(&fixture.archive(), &Archive::queued);
    QSignalSpy loaded(&fixture.archive(), &Archive::pageLoaded);
    {
        const BusyThread busy(fixture.thread());
        fixture.archive().saveMessages(kBob, {message(1)});
        fixture.archive().enqueue(pending(u"a"_qs));
        fixture.archive().loadPage(kBob, 0, 10);
        QCoreApplication::processEvents();
        QVERIFY(queued.isEmpty());
        QVERIFY(loaded.isEmpty());
    }
    QTRY_COMPARE(queued.size(), 1);
    QTRY_COMPARE(loaded.size(), 1);
}

void TestArchiveFiles::whatWasAskedForIsWrittenThoughTheThreadQuitsAtOnce()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    {
        const BusyThread busy(fixture.thread());
        fixture.archive().enqueue(pending(u"a"_qs));
        fixture.archive().saveDraft(kBob, {u"Dear"_qs});
        fixture.close();
        fixture.thread().quit(); // its event loop ends before it comes to the calls
    }
    QVERIFY(fixture.thread().wait());
    fixture.thread().start();
    const auto snapshot = fixture.open();
    QVERIFY(snapshot);
    QCOMPARE(snapshot->outbox.size(), 1);
    QCOMPARE(snapshot->drafts.value(kBob).text, u"Dear"_qs);
}

void TestArchiveFiles::aCrashLosesNoQueuedMessage()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveSelf(kAlice, {});
    QSignalSpy queued(&fixture.archive(), &Archive::queued);
    for (int i = 0; i < 20; ++i)
        fixture.archive().enqueue(pending(QString::number(i)));
    QTRY_COMPARE(queued.size(), 20);
    fixture.archive().acknowledge(u"0"_qs, kBob, message(1));
    QVERIFY(fixture.settle());
    // The files as a crash leaves them: not closed, the last commits only in the log.
    const QString copy = fixture.folder() + u"-after-crash"_qs;
    QVERIFY(copyFiles(fixture.folder(), copy));
    fixture.close();
    const auto snapshot = fixture.open(copy);
    QVERIFY(snapshot);
    QCOMPARE(snapshot->outbox.size(), 19);
    QCOMPARE(snapshot->outbox.first().cid, u"1"_qs);
    QCOMPARE(fixture.page(kBob).messages.size(), 1);
}

void TestArchiveFiles::afterWritesRunsOnTheCallersThread()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QThread *ranOn = nullptr;
    fixture.archive().afterWrites([&ranOn] { ranOn = QThread::currentThread(); });
    QTRY_COMPARE(ranOn, QThread::currentThread());
}

void TestArchiveFiles::twoAccountsShareAThread()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    Archive other(fixture.folder() + u"-other"_qs, &fixture.thread());
    QSignalSpy opened(&other, &Archive::opened);
    other.open();
    other.enqueue(pending(u"a"_qs));
    QTRY_COMPARE(opened.size(), 1);
    const auto snapshot = fixture.reopen();
    QVERIFY(snapshot);
    QVERIFY(snapshot->outbox.isEmpty());
}

void TestArchiveFiles::aNewerFileIsRefusedAndLeftAlone_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("archive") << u"archive.db"_qs;
    QTest::newRow("outbox") << u"outbox.db"_qs;
}

void TestArchiveFiles::aNewerFileIsRefusedAndLeftAlone()
{
    QFETCH(QString, file);
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().enqueue(pending(u"a"_qs));
    QVERIFY(fixture.settle());
    fixture.endThread();
    fixture.thread().start();
    const int version = versionOf(fixture.folder() + u'/' + file);
    QVERIFY(version > 0);
    QVERIFY(change(fixture.folder() + u'/' + file, u"PRAGMA user_version=1000"_qs));
    QVERIFY(!fixture.open());
    QCOMPARE(fixture.failures().size(), 1);
    QVERIFY(fixture.failures().first().contains(u"newer version"));
    QVERIFY(setAside(fixture.folder(), file).isEmpty());
    fixture.close();
    QVERIFY(change(fixture.folder() + u'/' + file, u"PRAGMA user_version=%1"_qs.arg(version)));
    const auto snapshot = fixture.open();
    QVERIFY(snapshot);
    QCOMPARE(snapshot->outbox.size(), 1);
}

void TestArchiveFiles::aDamagedArchiveIsReplacedAndTheOutboxSurvives_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("no database") << QByteArray(8192, 'x');
    QTest::newRow("a broken header") << QByteArray("SQLite format 3\0", 16) + QByteArray(8192, '\xff');
    QTest::newRow("other tables") << QByteArray();
}

void TestArchiveFiles::aDamagedArchiveIsReplacedAndTheOutboxSurvives()
{
    QFETCH(QByteArray, bytes);
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob, {message(1)});
    fixture.archive().enqueue(pending(u"a"_qs));
    QVERIFY(fixture.settle());
    fixture.endThread();
    fixture.thread().start();
    const QString file = fixture.folder() + u"/archive.db"_qs;
    if (bytes.isEmpty())
        QVERIFY(change(file, u"DROP TABLE topics"_qs));
    else
        QVERIFY(overwrite(file, bytes));
    const auto snapshot = fixture.open();
    QVERIFY(snapshot);
    QCOMPARE(snapshot->outbox.size(), 1);
    QVERIFY(snapshot->topics.isEmpty());
    QCOMPARE(setAside(fixture.folder(), u"archive.db"_qs).size(), 1);
    QVERIFY(fixture.failures().isEmpty());
    QCOMPARE(fixture.repairs().size(), 1);
    QVERIFY(fixture.repairs().first().contains(u"fetched again"));
    fixture.archive().saveMessages(kBob, {message(2)});
    QCOMPARE(fixture.page(kBob).messages, QList<Message>{message(2)});
}

void TestArchiveFiles::anArchiveThatBreaksInUseIsReplaced()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QList<Message> many;
    for (Seq seq = 1; seq <= 2000; ++seq)
        many.append(message(seq, QString(200, u'x')));
    fixture.archive().saveMessages(kBob, many);
    QVERIFY(fixture.settle());
    fixture.endThread();
    fixture.thread().start();
    // All pages but those at the start, which opening reads.
    const QString path = fixture.folder() + u"/archive.db"_qs;
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    constexpr qint64 kIntact = 20 * 4096;
    QVERIFY(file.size() > 2 * kIntact);
    QVERIFY(file.seek(kIntact));
    QVERIFY(file.write(QByteArray(int(file.size() - kIntact), '\xee')) > 0);
    file.close();
    QVERIFY(fixture.open());
    QVERIFY(fixture.page(kBob).messages.isEmpty());
    QCOMPARE(setAside(fixture.folder(), u"archive.db"_qs).size(), 1);
    fixture.archive().saveMessages(kBob, {message(1)});
    QCOMPARE(fixture.page(kBob).messages.size(), 1);
}

void TestArchiveFiles::anArchiveIsReadForDamageAfterAnUncleanEnd()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QList<Message> many;
    for (Seq seq = 1; seq <= 3000; ++seq)
        many.append(message(seq, QString(200, u'x')));
    fixture.archive().saveMessages(kBob, many);
    QVERIFY(fixture.settle());
    fixture.endThread();
    // One page in the middle, which nobody reads at the start.
    const QString path = fixture.folder() + u"/archive.db"_qs;
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(file.size() / 4096 / 2 * 4096));
    QVERIFY(file.write(QByteArray(4096, '\xee')) > 0);
    file.close();
    fixture.thread().start();
    QVERIFY(fixture.open());
    QVERIFY(fixture.failures().isEmpty()); // after a proper end nobody looks
    fixture.endThread();
    // A program that was killed leaves its log.
    QFile log(path + u"-wal"_qs);
    QVERIFY(log.open(QIODevice::WriteOnly));
    QVERIFY(log.write(QByteArray(64, 'x')) > 0);
    log.close();
    fixture.thread().start();
    QVERIFY(fixture.open());
    QVERIFY(fixture.failures().isEmpty());
    QCOMPARE(fixture.repairs().size(), 1);
    QVERIFY(fixture.repairs().first().contains(u"fetched again"));
    QCOMPARE(setAside(fixture.folder(), u"archive.db"_qs).size(), 1);
}

void TestArchiveFiles::aDamagedOutboxIsSetAsideWithASentence()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob, {message(1)});
    QVERIFY(fixture.settle());
    fixture.endThread();
    fixture.thread().start();
    QVERIFY(overwrite(fixture.folder() + u"/outbox.db"_qs, QByteArray(4096, 'x')));
    const auto snapshot = fixture.open();
    QVERIFY(snapshot);
    QVERIFY(fixture.failures().isEmpty());
    QCOMPARE(fixture.repairs().size(), 1);
    QVERIFY(fixture.repairs().first().contains(u"set aside"));
    QCOMPARE(setAside(fixture.folder(), u"outbox.db"_qs).size(), 1);
    QCOMPARE(fixture.page(kBob).messages.size(), 1);
    fixture.archive().enqueue(pending(u"a"_qs));
    QCOMPARE(fixture.reopen()->outbox.size(), 1);
}

void TestArchiveFiles::whatCanBeReadOfADamagedOutboxIsKept()
{
    constexpr int kMessages = 60;
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    for (int i = 0; i < kMessages; ++i)
        fixture.archive().enqueue(pending(u"cid%1"_qs.arg(i), QString(3000, u'x')));
    fixture.archive().saveDraft(kBob, {u"Dear"_qs, 2, 0, 0});
    QVERIFY(fixture.settle());
    fixture.endThread();
    fixture.thread().start();
    QFile file(fixture.folder() + u"/outbox.db"_qs);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const qint64 middle = file.size() / 2 / 4096 * 4096;
    QVERIFY(middle > 20 * 4096);
    QVERIFY(file.seek(middle));
    QCOMPARE(file.write(QByteArray(4 * 4096, '\xee')), 4 * 4096);
    file.close();
    const auto snapshot = fixture.open();
    QVERIFY(snapshot);
    QCOMPARE(setAside(fixture.folder(), u"outbox.db"_qs).size(), 1);
    QVERIFY2(snapshot->outbox.size() > kMessages / 3, qPrintable(QString::number(snapshot->outbox.size())));
    QCOMPARE(snapshot->outbox.first().cid, u"cid0"_qs);
    for (const PendingMessage &message : snapshot->outbox)
        QVERIFY(message.state == Delivery::Failed || message.text == QString(3000, u'x'));
    QCOMPARE(snapshot->drafts.value(kBob), (Draft{u"Dear"_qs, 2, 0, 0}));
    QVERIFY(fixture.failures().isEmpty());
    QCOMPARE(fixture.repairs().size(), 1);
    QVERIFY(fixture.repairs().first().contains(u"could be kept"));
}

void TestArchiveFiles::anOlderOutboxIsCopiedBeforeItChanges()
{
    ArchiveFixture fixture;
    QVERIFY(QDir().mkpath(fixture.folder()));
    const QString path = fixture.folder() + u"/outbox.db"_qs;
    for (const QString &statement :
         {u"CREATE TABLE outbox(id INTEGER PRIMARY KEY AUTOINCREMENT, cid TEXT NOT NULL UNIQUE, topic TEXT "
          "NOT NULL, head BLOB, content BLOB, text TEXT, sha256 BLOB NOT NULL, created INTEGER, state "
          "INTEGER NOT NULL, tries INTEGER NOT NULL, error TEXT)"_qs,
          u"CREATE TABLE drafts(topic TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID"_qs,
          u"INSERT INTO drafts VALUES('usrBob00000002', 'Dear')"_qs, u"PRAGMA user_version=1"_qs})
        QVERIFY(change(path, statement));
    const auto snapshot = fixture.open();
    QVERIFY(snapshot);
    QCOMPARE(snapshot->drafts.value(kBob), Draft{u"Dear"_qs});
    const QString copy = path + u".version-1"_qs;
    QCOMPARE(versionOf(copy), 1);
    QVERIFY(!(QFileInfo(copy).permissions() & (QFile::ReadGroup | QFile::ReadOther)));
}

void TestArchiveFiles::anAlteredOutboxRowIsNotSentUnseen()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().enqueue(pending(u"a"_qs, u"I agree"_qs));
    fixture.archive().enqueue(pending(u"b"_qs, u"untouched"_qs));
    QVERIFY(fixture.settle());
    fixture.endThread();
    fixture.thread().start();
    QVERIFY(change(fixture.folder() + u"/outbox.db"_qs,
                   u"UPDATE outbox SET text='I refuse' WHERE cid='a'"_qs));
    const auto snapshot = fixture.open();
    QVERIFY(snapshot);
    QCOMPARE(snapshot->outbox.at(0).state, Delivery::Failed);
    QVERIFY(!snapshot->outbox.at(0).error.isEmpty());
    QCOMPARE(snapshot->outbox.at(1).state, Delivery::Queued);
}

void TestArchiveFiles::aFolderThatCannotBeMadeIsASentence()
{
    ArchiveFixture fixture;
    const QString file = QFileInfo(fixture.folder()).path() + u"/file"_qs;
    QVERIFY(overwrite(file, "x"));
    QVERIFY(!fixture.open(file + u"/account"_qs));
    QCOMPARE(fixture.failures().size(), 1);
    QVERIFY(fixture.failures().first().contains(u"writable"));
}

void TestArchiveFiles::aMessageThatCannotBeSavedIsNotQueued()
{
    ArchiveFixture fixture;
    QVERIFY(fixture.open());
    QVERIFY(change(fixture.folder() + u"/outbox.db"_qs,
                   u"CREATE TRIGGER full BEFORE INSERT ON outbox BEGIN SELECT RAISE(FAIL, 'full'); END"_qs));
    QSignalSpy queued(&fixture.archive(), &Archive::queued);
    fixture.archive().enqueue(pending(u"a"_qs));
    QVERIFY(fixture.settle());
    QVERIFY(queued.isEmpty());
    QCOMPARE(fixture.failures().size(), 1);
    QVERIFY(fixture.failures().first().contains(u"not been sent"));
}

QTEST_GUILESS_MAIN(TestArchiveFiles)
#include "tst_archivefiles.moc"
