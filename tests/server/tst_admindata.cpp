#include "chatclient.h"
#include "runningserver.h"

#include "server/admin/administration.h"
#include "server/admin/backup.h"
#include "server/admin/maintenance.h"
#include "server/admin/transfer.h"
#include "server/db/connection.h"
#include "server/db/schema.h"

#include <QDirIterator>
#include <QProcess>
#include <QTest>

#include <unistd.h>

using namespace confab;
using server::IfPresent;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(unreadable)");
}

void writeFile(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY2(file.open(QIODevice::WriteOnly), qPrintable(path));
    QCOMPARE(file.write(bytes), bytes.size());
}

/// Every file below the folder with what is in it.
QMap<QString, QByteArray> tree(const QString &folder)
{
    QMap<QString, QByteArray> found;
    QDirIterator walk(folder, QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = walk.next();
        found.insert(QDir(folder).relativeFilePath(path), contents(path));
    }
    return found;
}

/// A value of the column's type; those of one row differ from those of another. The odd ones are what
/// JSON or text handling would spoil.
QVariant sample(const QString &type, int row, bool isKey)
{
    static const QList<QByteArray> kBlobs{"", "{\"a\":[1,null,\"\\u2028\"]}", "null", "\"text\"",
        "{\"b\": 1, \"a\":2}", QByteArray("\0\xff\xfe", 3), "9007199254740993", "1e400"};
    if (type == QLatin1String("INTEGER"))
        return isKey ? qint64(row + 1) : qint64(row) * 4'503'599'627'370'497;
    if (type == QLatin1String("BLOB"))
        return isKey ? QByteArray::number(row) : kBlobs.at(row % kBlobs.size());
    const QString odd = QStringLiteral("line\nbreak, \"quotes\", \\ , \u202e, ");
    return isKey || row > 0 ? odd + QString::number(row) : QStringLiteral("");
}

/// Fills every table of the schema, whatever it has, with rows of odd values.
int fillEveryTable(const QString &database, int rows)
{
    server::Connection connection;
    if (connection.open(database))
        return 0;
    QStringList tables;
    {
        server::Statement names(connection.prepared(QStringLiteral(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            " AND name NOT IN ('meta', 'changednotes')")));
        for (names.run(); names.next();)
            tables.append(names.text(0));
    }
    connection.run(QStringLiteral("BEGIN"));
    for (const QString &table : tables) {
        QStringList types;
        QList<bool> keys;
        server::Statement columns(connection.prepared(
            QStringLiteral("SELECT type, pk OR \"notnull\" AND name IN ('user', 'name', 'cid')"
                           " FROM pragma_table_info('%1')")
                .arg(table)));
        for (columns.run(); columns.next();) {
            types.append(columns.text(0));
            keys.append(columns.number(1) != 0);
        }
        const QString places = QStringList(types.size(), QStringLiteral("?")).join(u',');
        for (int row = 0; row < rows; ++row) {
            QVariantList values;
            for (int i = 0; i < types.size(); ++i)
                values.append(sample(types.at(i), row, keys.at(i)));
            server::Statement insert(connection.prepared(
                QStringLiteral("INSERT INTO %1 VALUES(%2)").arg(table, places)));
            if (!insert.runWith(values))
                qWarning("%s: %s", qPrintable(table), qPrintable(insert.errorText()));
        }
    }
    connection.run(QStringLiteral("COMMIT"));
    return int(tables.size());
}

QString epochOf(const QString &dataDir)
{
    server::Connection connection;
    connection.open(dataDir + QStringLiteral("/confab.db"));
    server::Statement row(
        connection.prepared(QStringLiteral("SELECT value FROM meta WHERE key = 'epoch'")));
    return row.run() && row.next() ? row.text(0) : QString();
}

}

/// Backups, exports and what they become again.
class TestAdminData : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString at(const QString &name) const { return m_folder->filePath(name); }

    /// A data folder with a database, a key and uploads.
    QString madeData(int rows = 40)
    {
        const QString data = at(QStringLiteral("data"));
        if (!server::Administration::open(data, server::Administration::IfMissing::Make).ok())
            return {};
        if (fillEveryTable(data + QStringLiteral("/confab.db"), rows) < 10)
            return {};
        writeFile(data + QStringLiteral("/key"), QByteArray(32, 'k'));
        writeFile(data + QStringLiteral("/files/ab/abcdef"), QByteArray(200'000, 'x'));
        writeFile(data + QStringLiteral("/files/empty"), {});
        return data;
    }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void anExportAndItsImportHoldTheSame()
    {
        const QString data = madeData();
        QVERIFY(!data.isEmpty());
        QCOMPARE(server::exportData(data, at(QStringLiteral("one"))), std::nullopt);
        const QString other = at(QStringLiteral("other"));
        QCOMPARE(server::importData(at(QStringLiteral("one")), other, IfPresent::Refuse), std::nullopt);
        QCOMPARE(server::exportData(other, at(QStringLiteral("two"))), std::nullopt);

        const auto one = tree(at(QStringLiteral("one")));
        const auto two = tree(at(QStringLiteral("two")));
        QCOMPARE(two.keys(), one.keys());
        for (const QString &name : one.keys())
            QCOMPARE(two.value(name), one.value(name));
        QVERIFY(one.value(QStringLiteral("messages.jsonl")).count('\n') == 40);
        QCOMPARE(one.value(QStringLiteral("files/ab/abcdef")).size(), 200'000);
        // Not only the text is the same, the rows are: SQLite compares values and types.
        server::Connection connection;
        QVERIFY(!connection.open(data + QStringLiteral("/confab.db")));
        QVERIFY(connection.run(QStringLiteral("ATTACH '%1/confab.db' AS other").arg(other)));
        for (const QString &name : one.keys()) {
            if (!name.endsWith(QLatin1String(".jsonl")))
                continue;
            const QString table = name.chopped(6);
            server::Statement missing(connection.prepared(
                QStringLiteral("SELECT count(*) FROM (SELECT * FROM main.%1 EXCEPT SELECT * FROM"
                               " other.%1)")
                    .arg(table)));
            QVERIFY(missing.run() && missing.next());
            QVERIFY2(missing.number(0) == 0, qPrintable(table));
        }
        QVERIFY(epochOf(data) != epochOf(other));
    }

    void anExportIsForItsOwnerOnlyAndWithoutTheKey()
    {
        const QString data = madeData(1);
        const QString out = at(QStringLiteral("out"));
        QCOMPARE(server::exportData(data, out), std::nullopt);
        QVERIFY(!QFile::exists(out + QStringLiteral("/key")));
        QDirIterator walk(out, QDir::Files, QDirIterator::NoIteratorFlags);
        while (walk.hasNext())
            QCOMPARE(QFileInfo(walk.next()).permissions() & 0x0077, QFile::Permissions());
        QVERIFY(server::exportData(data, out)); // no longer empty
    }

    void aFlawInAnExportIsNamedWithItsLine_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("no JSON") << QByteArray("{\"id\":");
        QTest::newRow("a name too many") << QByteArray(
            "{\"tag\":\"a\",\"owner\":\"b\",\"extra\":1}");
        QTest::newRow("a name too few") << QByteArray("{\"tag\":\"a\"}");
        QTest::newRow("a number for a text") << QByteArray("{\"tag\":1,\"owner\":\"b\"}");
        QTest::newRow("a row twice") << QByteArray("{\"tag\":\"one\",\"owner\":\"b\"}");
    }
    void aFlawInAnExportIsNamedWithItsLine()
    {
        QFETCH(QByteArray, line);
        const QString data = madeData(1);
        const QString out = at(QStringLiteral("out"));
        QCOMPARE(server::exportData(data, out), std::nullopt);
        writeFile(out + QStringLiteral("/tags.jsonl"),
            "{\"tag\":\"one\",\"owner\":\"b\"}\n\n" + line + '\n');
        const QString other = at(QStringLiteral("other"));
        const auto error = server::importData(out, other, IfPresent::Refuse);
        QVERIFY(error);
        QVERIFY2(error->contains(QStringLiteral("tags.jsonl, line 3:")), qPrintable(*error));
        QVERIFY(!QFile::exists(other + QStringLiteral("/confab.db")));
    }

    void anExportOfAnOlderVersionIsBroughtUpToDate()
    {
        const QString out = at(QStringLiteral("old"));
        writeFile(out + QStringLiteral("/manifest.json"),
            "{\"format\":\"confab-export\",\"version\":1}\n");
        for (const char *table : {"users", "logins", "tags", "names", "topics", "subs", "messages", "dellog"})
            writeFile(out + u'/' + QLatin1String(table) + QStringLiteral(".jsonl"), {});
        writeFile(out + QStringLiteral("/topics.jsonl"),
            "{\"id\":1,\"name\":\"grpA\",\"created\":1,\"updated\":1,\"touched\":1,\"owner\":\"usrA\","
            "\"seq\":7,\"delid\":0,\"harddelid\":0,\"auth\":0,\"anon\":0}\n");
        const QString data = at(QStringLiteral("data"));
        QCOMPARE(server::importData(out, data, IfPresent::Refuse), std::nullopt);
        server::Connection connection;
        QVERIFY(!connection.open(data + QStringLiteral("/confab.db")));
        QVERIFY(server::isSchemaCurrent(connection));
        server::Statement row(connection.prepared(QStringLiteral("SELECT seq FROM topics")));
        QVERIFY(row.run() && row.next());
        QCOMPARE(row.number(0), 7);
    }

    void anExportOfANewerVersionIsRefused()
    {
        const QString out = at(QStringLiteral("new"));
        writeFile(out + QStringLiteral("/manifest.json"),
            "{\"format\":\"confab-export\",\"version\":10000}\n");
        QVERIFY(server::importData(out, at(QStringLiteral("data")), IfPresent::Refuse));
    }

    void aBackupOfARunningServerBecomesThatServerAgain()
    {
        RunningServer running;
        ChatClient alice(running.url());
        alice.signUp(QStringLiteral("alice"));
        alice.subscribe(QStringLiteral("slf"));
        alice.publish(QStringLiteral("slf"), QStringLiteral("first"));
        const QString data = running.options().dataDir;
        writeFile(data + QStringLiteral("/files/ab/abcdef"), "an upload");
        const QString epoch = epochOf(data);
        const QString file = at(QStringLiteral("backup.tar"));
        qint64 told = 0;
        QCOMPARE(server::makeBackup(data, file, [&](qint64 done, qint64 total) {
            QVERIFY(done <= total);
            told = done;
        }), std::nullopt);
        QVERIFY(told > 0);
        QCOMPARE(QFileInfo(file).permissions() & 0x0077, QFile::Permissions());
        alice.publish(QStringLiteral("slf"), QStringLiteral("after the backup"));

        // Not over a running server, whatever is forced.
        const auto refused = server::restoreBackup(file, data, IfPresent::Replace);
        QVERIFY2(refused && refused->contains(QStringLiteral("in use")), qPrintable(refused.value_or(QString())));
        running.stop();
        QVERIFY(server::restoreBackup(file, data, IfPresent::Refuse));
        QCOMPARE(server::restoreBackup(file, data, IfPresent::Replace), std::nullopt);
        QVERIFY(epochOf(data) != epoch);
        QCOMPARE(contents(data + QStringLiteral("/files/ab/abcdef")), QByteArray("an upload"));
        const QStringList kept
            = QDir(data).entryList({QStringLiteral("replaced-*")}, QDir::Dirs);
        QCOMPARE(kept.size(), 1);
        QCOMPARE(epochOf(data + u'/' + kept.constFirst()), epoch);

        running.restart();
        ChatClient again(running.url());
        QCOMPARE(again.signIn(alice.token), 200); // the key came back, too
        again.subscribe(QStringLiteral("slf"));
        again.publish(QStringLiteral("slf"), QStringLiteral("second"));
        QCOMPARE(again.ctrlFor(QStringLiteral("second"))->params->seq, 2);
    }

    void whatRootRestoresBelongsToTheFoldersOwner()
    {
        if (geteuid() != 0)
            QSKIP("only root can give files away");
        const QString data = madeData(1);
        const QString file = at(QStringLiteral("b.tar"));
        QCOMPARE(server::makeBackup(data, file), std::nullopt);
        const QString other = at(QStringLiteral("other"));
        QVERIFY(QDir().mkpath(other));
        constexpr uint kSomebody = 12345;
        QCOMPARE(::chown(QFile::encodeName(other).constData(), kSomebody, kSomebody), 0);
        QCOMPARE(server::restoreBackup(file, other, IfPresent::Refuse), std::nullopt);
        for (const char *name : {"confab.db", "key", "files", "files/ab/abcdef"})
            QCOMPARE(QFileInfo(other + u'/' + QLatin1String(name)).ownerId(), kSomebody);
    }

    void aBackupIsAPlainTarFile()
    {
        const QString data = madeData(1);
        const QString file = at(QStringLiteral("b.tar"));
        QCOMPARE(server::makeBackup(data, file), std::nullopt);
        QProcess tar;
        tar.start(QStringLiteral("tar"), {QStringLiteral("-tf"), file});
        QVERIFY(tar.waitForFinished());
        QStringList names = QString::fromUtf8(tar.readAllStandardOutput()).split(u'\n', Qt::SkipEmptyParts);
        names.sort();
        QCOMPARE(names, QStringList({QStringLiteral("confab.db"), QStringLiteral("files/ab/abcdef"),
            QStringLiteral("files/empty"), QStringLiteral("key")}));
        // And nothing is left beside it.
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
            QStringList({QStringLiteral("b.tar"), QStringLiteral("data")}));
    }

    void whatIsNoBackupChangesNothing_data()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"text", "cut", "link", "outside", "other", "damaged"})
            QTest::newRow(kind) << QString::fromLatin1(kind);
    }
    void whatIsNoBackupChangesNothing()
    {
        QFETCH(QString, kind);
        const QString data = madeData(200);
        const QString file = at(QStringLiteral("b.tar"));
        QCOMPARE(server::makeBackup(data, file), std::nullopt);
        if (kind == u"text") {
            writeFile(file, "this is no tar file, but a line of text\n");
        } else if (kind == u"cut") {
            QVERIFY(QFile::resize(file, QFileInfo(file).size() / 2));
        } else if (kind == u"damaged") {
            QByteArray bytes = contents(file);
            bytes.replace(2048, 60'000, QByteArray(60'000, '\x5a'));
            writeFile(file, bytes);
        } else {
            QDir(m_folder->path()).mkpath(QStringLiteral("evil/files"));
            writeFile(at(QStringLiteral("evil/confab.db")), contents(data + QStringLiteral("/confab.db")));
            QFile::link(QStringLiteral("/etc/passwd"), at(QStringLiteral("evil/files/link")));
            writeFile(at(QStringLiteral("evil/other")), "x");
            writeFile(at(QStringLiteral("outside")), "x");
            const QString name = kind == u"link" ? QStringLiteral("files/link")
                : kind == u"other"               ? QStringLiteral("other")
                                                 : QStringLiteral("files/../../outside");
            QProcess tar;
            tar.setWorkingDirectory(at(QStringLiteral("evil")));
            tar.start(QStringLiteral("tar"), {QStringLiteral("-cPf"), file, QStringLiteral("confab.db"), name});
            QVERIFY(tar.waitForFinished());
        }
        const auto before = tree(data);
        const auto error = server::restoreBackup(file, data, IfPresent::Replace);
        QVERIFY(error && error->endsWith(u'.'));
        QCOMPARE(tree(data), before);
    }

    void vacuumingGivesSpaceBackButNotUnderARunningServer()
    {
        const QString data = madeData(2000);
        const QString database = data + QStringLiteral("/confab.db");
        {
            server::Connection connection;
            QVERIFY(!connection.open(database));
            QVERIFY(connection.run(QStringLiteral("DELETE FROM messages")));
            QVERIFY(connection.run(QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")));
        }
        const qint64 before = QFileInfo(database).size();
        QCOMPARE(server::compactData(data), std::nullopt);
        QVERIFY(QFileInfo(database).size() < before);
        RunningServer running;
        QVERIFY(server::compactData(running.options().dataDir));
    }

    void twoServersDoNotShareAFolder()
    {
        RunningServer running;
        server::Server second(running.options());
        QSignalSpy failed(&second, &server::Server::failed);
        second.start();
        QCOMPARE(failed.size(), 1);
        QVERIFY(failed[0][0].toString().contains(QStringLiteral("in use")));
    }
};

QTEST_GUILESS_MAIN(TestAdminData)
#include "tst_admindata.moc"
