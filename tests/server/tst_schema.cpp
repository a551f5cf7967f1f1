#include "server/db/migrations.h"
#include "server/db/schema.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace confab::server;

class SchemaTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void emptyFileBecomesCurrent();
    void everyOlderFileBecomesTheSameAsANewOne();
    void currentFileIsNotWritten();
    void newerFileIsRefusedAndStaysAsItWas();
    void failedMigrationLeavesTheFileAsItWas();

private:
    QString path() const { return m_dir->filePath(QStringLiteral("confab.db")); }
    /// What a program that knew only the first `version` steps left behind.
    void makeFileOfVersion(int version) const;
    QStringList rowsOf(const QString &sql) const;

    std::unique_ptr<QTemporaryDir> m_dir;
};

void SchemaTest::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
}

void SchemaTest::makeFileOfVersion(int version) const
{
    Connection connection;
    QVERIFY(!connection.open(path()));
    for (const Migration &step : migrations().mid(0, version)) {
        for (const QString &sql : step)
            QVERIFY2(connection.run(sql), qPrintable(sql));
    }
    QVERIFY(connection.run(QStringLiteral("INSERT INTO meta VALUES('epoch', 'old')")));
    QVERIFY(connection.run(QLatin1String("PRAGMA user_version=") + QString::number(version)));
}

QStringList SchemaTest::rowsOf(const QString &sql) const
{
    QStringList rows;
    {
        QSqlDatabase raw
            = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("raw"));
        raw.setDatabaseName(path());
        raw.open();
        QSqlQuery query(sql, raw);
        while (query.next())
            rows.append(query.value(0).toString());
    }
    QSqlDatabase::removeDatabase(QStringLiteral("raw"));
    return rows;
}

void SchemaTest::emptyFileBecomesCurrent()
{
    Connection connection;
    QVERIFY(!connection.open(path()));
    QVERIFY(!prepareSchema(connection));
    QCOMPARE(rowsOf(QStringLiteral("PRAGMA user_version")),
        QStringList(QString::number(schemaVersion())));
    QCOMPARE(rowsOf(QStringLiteral("SELECT value FROM meta WHERE key = 'epoch'")).size(), 1);
}

void SchemaTest::everyOlderFileBecomesTheSameAsANewOne()
{
    const QString shape
        = QStringLiteral("SELECT type || ' ' || name || ' ' || sql FROM sqlite_master"
                         " WHERE sql IS NOT NULL ORDER BY type, name");
    makeFileOfVersion(schemaVersion());
    const QStringList expected = rowsOf(shape);
    for (int version = 1; version < schemaVersion(); ++version) {
        init();
        makeFileOfVersion(version);
        Connection connection;
        QVERIFY(!connection.open(path()));
        QVERIFY(!prepareSchema(connection));
        QCOMPARE(rowsOf(shape), expected);
        // The same history goes on.
        QCOMPARE(rowsOf(QStringLiteral("SELECT value FROM meta WHERE key = 'epoch'")),
            QStringList(QStringLiteral("old")));
    }
}

void SchemaTest::currentFileIsNotWritten()
{
    makeFileOfVersion(schemaVersion());
    Connection other;
    QVERIFY(!other.open(path()));
    QVERIFY(other.run(QStringLiteral("BEGIN IMMEDIATE"))); // holds the only right to write
    Connection connection;
    QVERIFY(!connection.open(path()));
    QVERIFY(!prepareSchema(connection));
}

void SchemaTest::newerFileIsRefusedAndStaysAsItWas()
{
    makeFileOfVersion(schemaVersion());
    Connection connection;
    QVERIFY(!connection.open(path()));
    QVERIFY(connection.run(
        QLatin1String("PRAGMA user_version=") + QString::number(schemaVersion() + 1)));
    const std::optional<QString> error = prepareSchema(connection);
    QVERIFY(error && error->contains(QStringLiteral("newer")));
    QCOMPARE(rowsOf(QStringLiteral("PRAGMA user_version")),
        QStringList(QString::number(schemaVersion() + 1)));
}

void SchemaTest::failedMigrationLeavesTheFileAsItWas()
{
    Connection connection;
    QVERIFY(!connection.open(path()));
    // In the way of the first step.
    QVERIFY(connection.run(QStringLiteral("CREATE TABLE dellog(x)")));
    const std::optional<QString> error = prepareSchema(connection);
    QVERIFY(error && error->endsWith(u'.'));
    QCOMPARE(rowsOf(QStringLiteral("SELECT name FROM sqlite_master")),
        QStringList(QStringLiteral("dellog")));
    QCOMPARE(rowsOf(QStringLiteral("PRAGMA user_version")), QStringList(QStringLiteral("0")));
}

QTEST_GUILESS_MAIN(SchemaTest)
#include "tst_schema.moc"
