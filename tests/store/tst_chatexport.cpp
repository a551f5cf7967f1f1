#include "archivefixture.h"
#include "storesamples.h"

#include "store/export/accountexport.h"

#include <QDir>
#include <QDirIterator>
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
        ExportOrder order = exportOrder(format, file(), u"Alice"_qs, topics, chats);
        order.withFiles = withFiles;
        archive().exportChats(order);
        if (!QTest::qWaitFor([&] { return !ended.isEmpty(); }))
            return {};
        error = ended.first().at(1).toString();
        QFile written(file());
        return written.open(QIODevice::ReadOnly) ? written.readAll() : QByteArray();
    }
    QString file() const { return folder() + u"/export.html"_qs; }
    QString filesFolder() const { return folder() + u"/export_files"_qs; }

    /// Puts those files there which have bytes.
    QByteArray writeWithFiles(ExportFormat format, const QHash<QString, QByteArray> &files,
        const QHash<QString, QString> &missing = {})
    {
        QObject context;
        QObject::connect(&archive(), &Archive::exportNeedsFiles, &context,
            [&](const QString &into, const QList<ExportFile> &needed) {
                asked = needed;
                for (const ExportFile &one : needed) {
                    QFile target(into + u'/' + one.path);
                    if (files.contains(one.reference) && target.open(QIODevice::WriteOnly))
                        target.write(files.value(one.reference));
                }
                archive().continueExport(missing);
            });
        withFiles = true;
        return write(format);
    }
    /// All below the folder of the export, but for the archive's own.
    QStringList leftBehind() const
    {
        QStringList names;
        QDirIterator all(folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (all.hasNext()) {
            const QString name = all.next().mid(folder().size() + 1);
            if (!name.contains(u".db"_qs))
                names.append(name);
        }
        names.sort();
        return names;
    }

    TopicList topics;
    QList<const Topic *> chats;
    QString error;
    bool withFiles = false;
    QList<ExportFile> asked;
};

Message carrying(Seq seq, const QByteArray &entities)
{
    Message result = message(seq, u"look"_qs, kBob);
    result.content = wire::JsonBlob::fromBytes(R"({"txt":" look","ent":[)" + entities + "]}");
    return result;
}

}

class TestChatExport : public QObject
{
    Q_OBJECT

private slots:
    void jsonHoldsEverything();
    void htmlCannotBeBrokenByWhatPeopleWrite();
    void picturesAreInThePage();
    void filesLieBesideThePage();
    void filesLieBesideTheJson();
    void missingFilesAreNamed();
    void filesOfStrangersStayInTheirFolder();
    void anExportAgainTakesThePlaceOfTheLast();
    void longChatsAreWrittenInSteps();
    void aCancelledExportLeavesNoFile();
    void cancellingWhileFilesAreFetchedLeavesNothing();
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

void TestChatExport::filesLieBesideThePage()
{
    ExportFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob,
        {message(1),
            carrying(2, R"({"tp":"IM","data":{"mime":"image/png","name":"a b.png","ref":"/v0/file/s/x"}},
                {"tp":"AU","data":{"mime":"audio/ogg","val":"T2dn"}})"),
            carrying(3, R"({"tp":"EX","data":{"mime":"image/png","name":"again.png","ref":"/v0/file/s/x"}})")});
    const QByteArray html
        = fixture.writeWithFiles(ExportFormat::Html, {{u"/v0/file/s/x"_qs, "picture"}});
    QVERIFY2(fixture.error.isEmpty(), qPrintable(fixture.error));
    const QString picture = u"export_files/"_qs + kBob + u"/000002 a b.png"_qs;
    const QString voice = u"export_files/"_qs + kBob + u"/000002-2 voice message.oga"_qs;
    QCOMPARE(fixture.leftBehind(), (QStringList{u"export.html"_qs, picture, voice}));
    QCOMPARE(fixture.asked.size(), 1); // twice in messages, once at the server
    const QByteArray address = "export_files/" + kBob.toUtf8() + "/000002%20a%20b.png";
    QVERIFY(html.contains("src=\"" + address + '"'));
    QCOMPARE(html.count("href=\"" + address + '"'), 2);
    QVERIFY(html.contains("<audio controls"));
    QVERIFY(!html.contains("data:"));
    for (const QString &name : {picture, voice}) {
        const QFile::Permissions others = QFile::permissions(fixture.folder() + u'/' + name)
            & (QFile::ReadGroup | QFile::ReadOther | QFile::ExeOwner);
        if (name == voice) // the other one was put there by this test
            QCOMPARE(others, QFile::Permissions());
    }
}

void TestChatExport::filesLieBesideTheJson()
{
    ExportFixture fixture;
    fixture.chats.removeLast();
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(
        kBob, {carrying(7, R"({"tp":"EX","data":{"mime":"text/plain","name":"a.txt","val":"aGk="}})")});
    const QJsonObject all
        = QJsonDocument::fromJson(fixture.writeWithFiles(ExportFormat::Json, {})).object();
    const QJsonObject message = all[u"chats"_qs][0][u"messages"_qs][0].toObject();
    const QJsonObject file = message[u"files"_qs][0].toObject();
    QCOMPARE(file[u"name"_qs].toString(), u"a.txt"_qs);
    QCOMPARE(file[u"path"_qs].toString(), u"export_files/000007 a.txt"_qs);
    QFile written(fixture.folder() + u'/' + file[u"path"_qs].toString());
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), QByteArray("hi"));
}

void TestChatExport::missingFilesAreNamed()
{
    for (const ExportFormat format : {ExportFormat::Html, ExportFormat::Json}) {
        ExportFixture fixture;
        QVERIFY(fixture.open());
        fixture.archive().saveMessages(kBob,
            {carrying(1, R"({"tp":"IM","data":{"mime":"image/png","name":"lost.png","ref":"/v0/file/s/x"}},
                {"tp":"EX","data":{"mime":"text/plain","name":"nowhere.txt"}})")});
        const QByteArray written = fixture.writeWithFiles(
            format, {}, {{u"/v0/file/s/x"_qs, u"It is <gone>."_qs}});
        QVERIFY(fixture.error.isEmpty());
        QVERIFY(written.contains("lost.png") && written.contains("nowhere.txt"));
        QVERIFY(written.contains(format == ExportFormat::Html ? "It is &lt;gone&gt;." : "It is <gone>."));
        QVERIFY(!written.contains("export_files"));
        QCOMPARE(fixture.leftBehind(), QStringList{u"export.html"_qs});
    }
}

void TestChatExport::filesOfStrangersStayInTheirFolder()
{
    ExportFixture fixture;
    fixture.chats.removeLast();
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(kBob,
        {carrying(1, R"({"tp":"EX","data":{"name":"../../up.txt","val":"aGk="}},
            {"tp":"EX","data":{"name":"page.html","val":"aGk="}},
            {"tp":"IM","data":{"mime":"image/png","name":"pic.svg","val":"aGk="}})")});
    const QByteArray html = fixture.writeWithFiles(ExportFormat::Html, {});
    QCOMPARE(fixture.leftBehind(),
        (QStringList{u"export.html"_qs, u"export_files/000001 _.._up.txt"_qs,
            u"export_files/000001-2 page.html"_qs, u"export_files/000001-3 pic.svg"_qs}));
    QCOMPARE(html.count("href="), 1);
    QVERIFY(!html.contains("<img"));
    QVERIFY(html.contains("page.html (in the folder"));
}

void TestChatExport::anExportAgainTakesThePlaceOfTheLast()
{
    ExportFixture fixture;
    fixture.chats.removeLast();
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(
        kBob, {carrying(1, R"({"tp":"EX","data":{"name":"a.txt","ref":"/v0/file/s/x"}})")});
    fixture.writeWithFiles(ExportFormat::Html, {{u"/v0/file/s/x"_qs, "old"}});
    QFile own(fixture.filesFolder() + u"/note of mine"_qs);
    QVERIFY(own.open(QIODevice::WriteOnly));
    fixture.writeWithFiles(ExportFormat::Html, {{u"/v0/file/s/x"_qs, "new"}});
    QVERIFY(fixture.error.isEmpty());
    QFile file(fixture.filesFolder() + u"/000001 a.txt"_qs);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("new"));
    QVERIFY(own.exists());
}

void TestChatExport::cancellingWhileFilesAreFetchedLeavesNothing()
{
    ExportFixture fixture;
    QVERIFY(fixture.open());
    fixture.archive().saveMessages(
        kBob, {carrying(1, R"({"tp":"EX","data":{"name":"a.txt","ref":"/v0/file/s/x"}})")});
    QSignalSpy needed(&fixture.archive(), &Archive::exportNeedsFiles);
    QSignalSpy ended(&fixture.archive(), &Archive::exportEnded);
    ExportOrder order
        = exportOrder(ExportFormat::Html, fixture.file(), u"Alice"_qs, fixture.topics, fixture.chats);
    order.withFiles = true;
    fixture.archive().exportChats(order);
    QTRY_COMPARE(needed.size(), 1);
    const QString folder = needed.first().first().toString();
    QVERIFY(QFileInfo(folder).isDir());
    fixture.archive().cancelExport();
    QTRY_COMPARE(ended.size(), 1);
    QVERIFY(ended.first().at(0).toBool());
    QVERIFY(!QFileInfo::exists(folder));
    QCOMPARE(fixture.leftBehind(), QStringList());
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
