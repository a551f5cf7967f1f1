#include "server/db/database.h"
#include "server/db/reader.h"

#include <QFileInfo>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace confab;
using namespace confab::server;

class DatabaseTest : public QObject {
    Q_OBJECT

private slots:
    void t34FilesBelongToTheOwnerOnly();
    void newerFileIsRefused();
    void unwritableFolderIsASentence();
    void keyAndEpochStay();
    void damagedKeyIsRefused();
    void outcomesArriveInOrderAfterTheCommit();
    void repeatedMessageTakesNoNumber();
    void messagesForATopicThatGoesAreNotKept();
    void closingCommitsWhatIsQueued();
    void failedOperationDoesNotTakeOthersDown();
    void outcomeIsNotDeliveredToADeadContext();
    void pageOfALongTopicReadsOnlyThePage();

private:
    QString folder() const { return m_dir.filePath(QString::number(m_count)); }
    void next() { ++m_count; }

    QTemporaryDir m_dir;
    int m_count = 0;
};

namespace {

AddTopic newTopic(Database &database)
{
    AddTopic operation;
    operation.topic.id = database.takeTopicId();
    operation.topic.key = QStringLiteral("grp%1").arg(operation.topic.id, 11, 10, QLatin1Char('A'));
    return operation;
}

StoreMessage message(qint64 topic)
{
    StoreMessage operation;
    operation.topicId = topic;
    operation.from = QStringLiteral("usrAAAAAAAAAAA");
    operation.ts = QDateTime::currentDateTimeUtc();
    operation.content = "\"x\"";
    return operation;
}

} // namespace

void DatabaseTest::t34FilesBelongToTheOwnerOnly()
{
    next();
    Database database;
    QVERIFY(!database.open(folder()));
    constexpr QFileDevice::Permissions kOthers = QFileDevice::ReadGroup | QFileDevice::WriteGroup
        | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeGroup
        | QFileDevice::ExeOther;
    const QDir dir(folder());
    QStringList names = dir.entryList(QDir::Files);
    QVERIFY(names.contains(QStringLiteral("confab.db")));
    QVERIFY(names.contains(QStringLiteral("key")));
    names.append(QStringLiteral("."));
    for (const QString &name : std::as_const(names))
        QVERIFY2(!(QFileInfo(dir.filePath(name)).permissions() & kOthers), qPrintable(name));
}

void DatabaseTest::newerFileIsRefused()
{
    next();
    {
        Database database;
        QVERIFY(!database.open(folder()));
    }
    {
        QSqlDatabase raw
            = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("raw"));
        raw.setDatabaseName(QDir(folder()).filePath(QStringLiteral("confab.db")));
        QVERIFY(raw.open());
        QVERIFY(QSqlQuery(raw).exec(QStringLiteral("PRAGMA user_version=99")));
        raw.close();
    }
    QSqlDatabase::removeDatabase(QStringLiteral("raw"));
    Database database;
    const std::optional<QString> error = database.open(folder());
    QVERIFY(error);
    QVERIFY(error->contains(QStringLiteral("newer")));
}

void DatabaseTest::unwritableFolderIsASentence()
{
    next();
    QFile file(folder());
    QVERIFY(file.open(QIODevice::WriteOnly)); // a file where the folder should be
    Database database;
    const std::optional<QString> error = database.open(folder());
    QVERIFY(error);
    QVERIFY(error->endsWith(u'.'));
}

void DatabaseTest::keyAndEpochStay()
{
    next();
    QByteArray key;
    QString epoch;
    for (int round = 0; round < 2; ++round) {
        Database database;
        QVERIFY(!database.open(folder()));
        QCOMPARE(database.tokenKey().size(), 32);
        QVERIFY(!database.reader().epoch().isEmpty());
        if (round == 1) {
            QCOMPARE(database.tokenKey(), key);
            QCOMPARE(database.reader().epoch(), epoch);
        }
        key = database.tokenKey();
        epoch = database.reader().epoch();
    }
}

void DatabaseTest::damagedKeyIsRefused()
{
    next();
    {
        Database database;
        QVERIFY(!database.open(folder()));
    }
    QVERIFY(QFile::resize(QDir(folder()).filePath(QStringLiteral("key")), 5));
    Database database;
    QVERIFY(database.open(folder()));
}

void DatabaseTest::outcomesArriveInOrderAfterTheCommit()
{
    next();
    Database database;
    QVERIFY(!database.open(folder()));
    const AddTopic topic = newTopic(database);
    database.write(topic);
    QList<int> seqs;
    for (int i = 0; i < 50; ++i) {
        database.write(message(topic.topic.id), this, [&](const WriteOutcome &outcome) {
            seqs.append(outcome.number);
            QVERIFY(database.reader().topic(topic.topic.key)->topic.seq >= outcome.number);
        });
    }
    QTRY_COMPARE(seqs.size(), 50);
    for (int i = 0; i < 50; ++i)
        QCOMPARE(seqs.at(i), i + 1);
}

void DatabaseTest::repeatedMessageTakesNoNumber()
{
    next();
    Database database;
    QVERIFY(!database.open(folder()));
    const AddTopic topic = newTopic(database);
    database.write(topic);
    StoreMessage named = message(topic.topic.id);
    named.cid = QStringLiteral("once");
    QList<WriteOutcome> outcomes;
    const auto note = [&outcomes](const WriteOutcome &outcome) { outcomes.append(outcome); };
    database.write(message(topic.topic.id), this, note);
    database.write(named, this, note);
    database.write(named, this, note);
    database.write(message(topic.topic.id), this, note);
    QTRY_COMPARE(outcomes.size(), 4);
    QCOMPARE(outcomes.at(1).number, 2);
    QCOMPARE(outcomes.at(2).status, WriteStatus::Duplicate);
    QCOMPARE(outcomes.at(2).number, 2);
    QCOMPARE(outcomes.at(2).storedAt.toMSecsSinceEpoch(), named.ts.toMSecsSinceEpoch());
    QCOMPARE(outcomes.at(3).number, 3);
}

void DatabaseTest::messagesForATopicThatGoesAreNotKept()
{
    next();
    Database database;
    QVERIFY(!database.open(folder()));
    const AddTopic topic = newTopic(database);
    database.write(topic);
    QList<WriteStatus> statuses;
    const auto note = [&statuses](const WriteOutcome &outcome) { statuses.append(outcome.status); };
    database.write(message(topic.topic.id), this, note);
    database.write(RemoveTopic{topic.topic.id, topic.topic.key}, this, note);
    database.write(message(topic.topic.id), this, note);
    QTRY_COMPARE(statuses.size(), 3);
    QCOMPARE(statuses,
        QList<WriteStatus>({WriteStatus::Committed, WriteStatus::Committed, WriteStatus::Failed}));
    QVERIFY(database.reader().senderOf(topic.topic.id, 1).isEmpty());
}

void DatabaseTest::closingCommitsWhatIsQueued()
{
    next();
    TopicKey key;
    {
        Database database;
        QVERIFY(!database.open(folder()));
        const AddTopic topic = newTopic(database);
        key = topic.topic.key;
        database.write(topic);
        for (int i = 0; i < 20; ++i)
            database.write(message(topic.topic.id));
    }
    Database database;
    QVERIFY(!database.open(folder()));
    QCOMPARE(database.reader().topic(key)->topic.seq, 20);
    QVERIFY(database.takeTopicId() > database.reader().topic(key)->topic.id);
}

void DatabaseTest::failedOperationDoesNotTakeOthersDown()
{
    next();
    Database database;
    QVERIFY(!database.open(folder()));
    const AddTopic topic = newTopic(database);
    QList<WriteStatus> statuses;
    const auto note = [&](const WriteOutcome &outcome) { statuses.append(outcome.status); };
    database.write(topic, this, note);
    database.write(message(topic.topic.id), this, note);
    database.write(topic, this, note); // the same id again
    database.write(message(topic.topic.id + 1000), this, note); // no such topic
    database.write(message(topic.topic.id), this, note);
    QTRY_COMPARE(statuses.size(), 5);
    QCOMPARE(statuses,
        QList<WriteStatus>({WriteStatus::Committed, WriteStatus::Committed, WriteStatus::Failed,
            WriteStatus::Failed, WriteStatus::Committed}));
    QCOMPARE(database.reader().topic(topic.topic.key)->topic.seq, 2);
}

void DatabaseTest::outcomeIsNotDeliveredToADeadContext()
{
    next();
    Database database;
    QVERIFY(!database.open(folder()));
    const AddTopic topic = newTopic(database);
    bool called = false;
    {
        const QObject context;
        database.write(topic, &context, [&](const WriteOutcome &) { called = true; });
    }
    bool later = false;
    database.write(message(topic.topic.id), this, [&](const WriteOutcome &) { later = true; });
    QTRY_VERIFY(later);
    QVERIFY(!called);
}

void DatabaseTest::pageOfALongTopicReadsOnlyThePage()
{
    next();
    Database database;
    QVERIFY(!database.open(folder()));
    const AddTopic topic = newTopic(database);
    database.write(topic);
    bool done = false;
    for (int i = 0; i < 2000; ++i)
        database.write(message(topic.topic.id));
    database.write(message(topic.topic.id), this, [&](const WriteOutcome &) { done = true; });
    QTRY_VERIFY_WITH_TIMEOUT(done, 30'000);
    const QList<MessageRecord> page = database.reader().messages(topic.topic.id, QString(), {}, 24);
    QCOMPARE(page.size(), 24);
    QCOMPARE(page.first().seq, 2001);
    QCOMPARE(page.last().seq, 1978);
}

QTEST_GUILESS_MAIN(DatabaseTest)
#include "tst_database.moc"
