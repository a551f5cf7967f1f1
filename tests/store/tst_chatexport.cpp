#include "archivefixture.h"
#include "storesamples.h"

#include "store/export/accountexport.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace confab;
using namespace confab::samples;

namespace {

const TopicName kTeam = u"grpTeam0000001"_qs;

class ExportFixture : public ArchiveFixture
{
public:
    ExportFixture()
    {
        wire::Card alice;
        alice.name = u"Alice"_qs;
        topics.setSelf(kAlice, alice);
        for (const auto &[name, title] :
             {std::pair(TopicName(kBob), u"Bob & <Co>"_qs), std::pair(kTeam, u"Team"_qs)}) {
            TopicInfo info;
            info.name = name;
            info.card.name = title;
            chats.append(topics.add(info));
        }
    }

    QByteArray write(ExportFormat format)
    {
        QSignalSpy ended(&archive(), &Archive::exportEnded);
        archive().exportChats(exportOrder(format, file(), u"Alice"_qs, topics, chats));
        if (!QTest::qWaitFor([&] { return !ended.isEmpty(); }))
            return {};
        error = ended.first().at(1).toString();
        QFile written(file());
        return written.open(QIODevice::ReadOnly) ? written.readAll() : QByteArray();
    }
    QString file() const { return folder() + u"/export"_qs; }

    TopicList topics;
    QList<const Topic *> chats;
    QString error;
};

}

class TestChatExport : public QObject
{
    Q_OBJECT

private slots:
    void jsonHoldsEverything();
    void htmlCannotBeBrokenByWhatPeopleWrite();
    void picturesAreInThePage();
    void longChatsAreWrittenInSteps();
    void aCancelledExportLeavesNoFile();
    void aFileThatCannotBeWrittenIsASentence();
};

void TestChatExport::jsonHoldsEverything()
{
    ExportFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(
        kBob, {message(1, u"\"größer\"\n🎈"_qs, kBob), message(2, u"tea"_qs), edit(3, 2, u"cocoa"_qs)});
    const QByteArray json = fixture.write(ExportFormat::Json);
    QVERIFY(fixture.error.isEmpty());
    QJsonParseError wrong;
    const QJsonObject all = QJsonDocument::fromJson(json, &wrong).object();
    QCOMPARE(wrong.error, QJsonParseError::NoError);
    QCOMPARE(all[u"user"_qs].toString(), kAlice);
    const QJsonArray chats = all[u"chats"_qs].toArray();
    QCOMPARE(chats.size(), 2);
    QCOMPARE(chats.at(0)[u"title"_qs].toString(), u"Bob & <Co>"_qs);
    const QJsonArray messages = chats.at(0)[u"messages"_qs].toArray();
    QCOMPARE(messages.size(), 2);
    QCOMPARE(messages.at(0)[u"text"_qs].toString(), u"\"größer\"\n🎈"_qs);
    QCOMPARE(messages.at(0)[u"name"_qs].toString(), u"Bob & <Co>"_qs);
    QCOMPARE(messages.at(1)[u"text"_qs].toString(), u"cocoa"_qs);
    QVERIFY(messages.at(1)[u"edited"_qs].toBool());
    QVERIFY(chats.at(1)[u"messages"_qs].toArray().isEmpty());
}

void TestChatExport::htmlCannotBeBrokenByWhatPeopleWrite()
{
    ExportFixture fixture;
    QVERIFY(fixture.open());
    Message file = message(2, u"<img src=x onerror=alert(1)>"_qs, kBob);
    file.content = wire::JsonBlob::fromBytes(
        R"({"txt":" ","ent":[{"tp":"EX","data":{"mime":"text/html\"><script>","name":"\"><script>","val":"PGI+"}}]})");
    fixture.archive().saveMessages(kBob, {message(1, u"</div><script>alert(1)</script>"_qs), file});
    const QByteArray html = fixture.write(ExportFormat::Html);
    QVERIFY(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    QVERIFY(html.contains("Bob &amp; &lt;Co&gt;"));
    QVERIFY(!html.contains("<script") && !html.contains("<img src=x"));
    QVERIFY(html.contains("default-src 'none'"));
    QVERIFY(!html.contains("http://") && !html.contains("https://"));
}

void TestChatExport::picturesAreInThePage()
{
    ExportFixture fixture;
    QVERIFY(fixture.open());
    Message picture = message(1, u"look"_qs);
    picture.content = wire::JsonBlob::fromBytes(
        R"({"txt":" look","ent":[{"tp":"IM","data":{"mime":"image/png","val":"iVBORw0KGgo="}},
            {"tp":"IM","data":{"mime":"image/svg+xml","name":"a.svg","val":"PHN2Zz4="}},
            {"tp":"IM","data":{"mime":"image/png","name":"far.png","ref":"/v0/file/s/x"}}]})");
    fixture.archive().saveMessages(kBob, {picture});
    const QByteArray html = fixture.write(ExportFormat::Html);
    QVERIFY(html.contains("src=\"data:image/png;base64,iVBORw0KGgo=\""));
    QVERIFY(!html.contains("image/svg"));
    QVERIFY(html.contains("download=\"a.svg\""));
    QVERIFY(html.contains("far.png"));
}

void TestChatExport::longChatsAreWrittenInSteps()
{
    ExportFixture fixture;
    QVERIFY(fixture.open());
    QList<Message> messages;
    for (Seq seq = 1; seq <= 1000; ++seq)
        messages.append(message(seq));
    fixture.archive().saveMessages(kBob, messages);
    fixture.archive().saveMessages(kTeam, {message(1)});
    QSignalSpy advanced(&fixture.archive(), &Archive::exportAdvanced);
    const QByteArray json = fixture.write(ExportFormat::Json);
    QCOMPARE(json.count("\"seq\":"), 1001);
    QVERIFY(advanced.size() > 3);
    QCOMPARE(advanced.last().at(0).toLongLong(), 1001);
    QCOMPARE(advanced.last().at(1).toLongLong(), 1001);
}

void TestChatExport::aCancelledExportLeavesNoFile()
{
    ExportFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob, {message(1)});
    QVERIFY(fixture.settle());
    QSignalSpy ended(&fixture.archive(), &Archive::exportEnded);
    {
        const BusyThread busy(fixture.thread());
        fixture.archive().exportChats(exportOrder(ExportFormat::Html, fixture.file(), u"Alice"_qs,
                                                  fixture.topics, fixture.chats));
        fixture.archive().cancelExport();
    }
    QTRY_COMPARE(ended.size(), 1);
    QVERIFY(ended.first().at(0).toBool());
    QVERIFY(!QFile::exists(fixture.file()));
}

void TestChatExport::aFileThatCannotBeWrittenIsASentence()
{
    ExportFixture fixture;
    QVERIFY(fixture.open());
    QVERIFY(QDir().mkdir(fixture.file()));
    fixture.write(ExportFormat::Json);
    QVERIFY(fixture.error.contains(u"cannot be written"));
}

QTEST_GUILESS_MAIN(TestChatExport)
#include "tst_chatexport.moc"
