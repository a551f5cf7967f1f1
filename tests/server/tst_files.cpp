#include "hubfixture.h"

#include "server/files/fileid.h"
#include "server/files/files.h"
#include "server/metrics.h"

#include <QDir>
#include <QSignalSpy>

using namespace confab;
using namespace confab::server;

/// What is kept, what refers to it, and when it goes (protocol.md §9.4, reliability.md T26).
class TestFiles : public QObject
{
    Q_OBJECT

private slots:
    void init()
    {
        m_now = QDateTime::currentDateTimeUtc();
        m_fixture = std::make_unique<HubFixture>();
        open();
    }
    void cleanup()
    {
        m_files.reset();
        m_fixture.reset();
    }

    void whatNothingRefersToGoesAfterAnHour()
    {
        const QString id = keep("one");
        collectAfter(std::chrono::minutes(59));
        QVERIFY(m_files->read(id));
        collectAfter(std::chrono::minutes(2));
        QTRY_VERIFY(!m_files->read(id));
        QTRY_VERIFY(filesOnDisk().isEmpty());
        QTRY_COMPARE(m_metrics.collectedFiles, 1U);
    }

    void aMessageHoldsItsAttachmentsUntilItIsDeleted()
    {
        const auto alice = m_fixture->person(QStringLiteral("alice"));
        const QString group = HubFixture::group(*alice);
        const QString held = keep("held");
        const QString loose = keep("loose");
        const QString pub = QStringLiteral(
            R"({"pub":{"id":"p","topic":"%1","content":"x"},"extra":{"attachments":["%2","/v0/file/s/none"]}})");
        const auto sent = alice->ask(packet(pub.arg(group, fileUrl(held, QStringLiteral(".png")))));
        QCOMPARE(sent.code, 202);
        collectAfter(std::chrono::hours(2));
        QTRY_VERIFY(!m_files->read(loose));
        QVERIFY(m_files->read(held));

        alice->del(group, QStringLiteral(R"("what":"msg","delseq":[{"low":1}],"hard":true)"));
        collectAfter(std::chrono::hours(2));
        QTRY_VERIFY(!m_files->read(held));
    }

    void aPhotoHoldsItsFileUntilThereIsAnother()
    {
        const auto alice = m_fixture->person(QStringLiteral("alice"));
        const QString first = keep("first");
        const QString second = keep("second");
        const auto show = [&](const QString &id) {
            return alice->set(QStringLiteral("me"),
                QStringLiteral(R"("desc":{"public":{"fn":"A","photo":{"type":"png","ref":"%1"}}})")
                    .arg(fileUrl(id, QStringLiteral(".png"))));
        };
        QCOMPARE(show(first).code, 200);
        QCOMPARE(show(second).code, 200);
        collectAfter(std::chrono::hours(2));
        QTRY_VERIFY(!m_files->read(first));
        QVERIFY(m_files->read(second));
    }

    void twoMessagesHoldAFileTwice()
    {
        const auto alice = m_fixture->person(QStringLiteral("alice"));
        const QString group = HubFixture::group(*alice);
        const QString id = keep("shared");
        const QString pub = QStringLiteral(
            R"({"pub":{"id":"p%1","topic":"%2","content":"x"},"extra":{"attachments":["%3"]}})");
        for (int i = 1; i <= 2; ++i)
            alice->ask(packet(pub.arg(i).arg(group, fileUrl(id, {}))));
        alice->del(group, QStringLiteral(R"("what":"msg","delseq":[{"low":1}],"hard":true)"));
        collectAfter(std::chrono::hours(2));
        QVERIFY(m_files->read(id));
        alice->del(group, QStringLiteral(R"("what":"topic","hard":true)"));
        collectAfter(std::chrono::hours(2));
        QTRY_VERIFY(!m_files->read(id));
    }

    void whatACrashLeftIsSortedAtTheNextStart()
    {
        const QString id = keep("stored");
        const QDir folder(filesFolder());
        // The row was committed, but the file had not been moved yet; and one without a row.
        QVERIFY(QFile::rename(folder.filePath(id), folder.filePath(QLatin1String("pending/") + id)));
        QFile rubbish(folder.filePath(QLatin1String("pending/") + randomFileId()));
        QVERIFY(rubbish.open(QIODevice::WriteOnly));
        rubbish.close();
        open();
        QVERIFY(m_files->read(id));
        QCOMPARE(filesOnDisk(), QStringList{id});
        QVERIFY(!rubbish.exists());
    }

    void t26AFolderThatCannotBeWrittenIsSaidAtTheStart()
    {
        ServerOptions options = m_fixture->options;
        options.dataDir = QStringLiteral("/proc/nowhere");
        Files files(options, *m_fixture->database, m_metrics);
        QVERIFY(files.open().value_or(QString()).contains(QLatin1String("cannot be written")));
    }

private:
    void open()
    {
        ServerOptions options = m_fixture->options;
        options.dataDir = m_fixture->dir.path();
        options.freeSpaceFloor = 0;
        m_files = std::make_unique<Files>(
            options, *m_fixture->database, m_metrics, [this] { return m_now; });
        QVERIFY(!m_files->open());
    }
    QString keep(const QByteArray &content)
    {
        auto file = m_files->receive();
        const QString id = file->id();
        file->write(content);
        bool kept = false;
        m_files->keep(std::move(file), QStringLiteral("usrAAAAAAAAAAA"), this,
            [&kept](const wire::Result<FileRecord, FileError> &result) { kept = result.ok(); });
        return QTest::qWaitFor([&kept] { return kept; }, 20'000) ? id : QString();
    }
    void collectAfter(std::chrono::seconds time)
    {
        m_now = m_now.addSecs(time.count());
        m_files->collect();
    }
    QString filesFolder() const { return m_fixture->dir.filePath(QStringLiteral("files")); }
    QStringList filesOnDisk() const { return QDir(filesFolder()).entryList(QDir::Files); }

    QDateTime m_now;
    Metrics m_metrics;
    std::unique_ptr<HubFixture> m_fixture;
    std::unique_ptr<Files> m_files;
};

QTEST_GUILESS_MAIN(TestFiles)
#include "tst_files.moc"
