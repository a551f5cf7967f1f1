#include "fakeserver.h"
#include "service/transfers/transfers.h"
#include "store/mediafolder.h"
#include "support/httppeer.h"
#include "wire/drafty/references.h"

using namespace confab;

namespace {

const auto kPeer = FakeServer::kPeer;
const auto kRef = QStringLiteral("/v0/file/s/abc.png");
const QByteArray kToken("a secret token");
constexpr qint64 kPlenty = 1'000'000;

bool hasSecret(const HttpPeer::Request &request)
{
    return request.all.contains(kToken.toBase64()) || request.all.contains(kToken)
        || request.headers.contains("x-tinode-auth") || request.headers.contains("x-tinode-apikey");
}

QByteArray fileOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Upload makeUpload(const QString &folder, const QString &id, const QByteArray &bytes)
{
    QDir().mkpath(uploadFolder(folder));
    QFile file(uploadFolder(folder) + u'/' + id);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("no room for a test file");
    Upload upload;
    upload.id = id;
    upload.mime = QStringLiteral("image/png");
    upload.name = QStringLiteral("a.png");
    upload.size = bytes.size();
    return upload;
}

/// A message that shows one picture.
OutgoingMessage picture(const Upload &upload)
{
    wire::Image image;
    image.source.mime = upload.mime;
    image.source.ref = upload.placeholder();
    image.source.base64 = QStringLiteral("cHJldmlldw==");
    image.source.size = upload.size;
    image.pixels = {640, 480};
    OutgoingMessage message;
    message.content = wire::Drafty::fromEntity({}, image);
    message.uploads = {upload};
    return message;
}

wire::Image imageOf(const wire::Pub &pub)
{
    const auto drafty = wire::Drafty::fromContent(pub.content);
    return std::get<wire::Image>(drafty.entities().value(0));
}

wire::CtrlParams numbered(int seq)
{
    wire::CtrlParams params;
    params.seq = seq;
    return params;
}

QString inAnHour()
{
    return QDateTime::currentDateTimeUtc().addSecs(3600).toString(Qt::ISODate);
}

/// Transfers of an account that is signed in at a scripted server.
struct Account {
    QTemporaryDir folder;
    HttpPeer server;
    ServiceTiming timing;
    std::unique_ptr<Transfers> transfers;

    Account()
    {
        timing.retryFirst = std::chrono::milliseconds(1);
        transfers = std::make_unique<Transfers>(folder.path(), nullptr, timing);
        if (!server.listen())
            qFatal("no port");
        transfers->resume(server.channels(), {}, kToken);
    }
};

AccountConfig accountAt(const HttpPeer &files)
{
    AccountConfig config = FakeServer::tinode();
    config.url = files.channels();
    return config;
}

}

/// Files on their way to and from the server: whole, resumed, and without a secret for anybody
/// else.
class TransfersTest : public QObject
{
    Q_OBJECT

private slots:
    void aFileIsFetchedOnceAndThenFromDisk();
    void aCutDownloadGoesOnWhereItWasCut();
    void aServerThatIgnoresRangesIsHeardFromTheStart();
    void moreThanTheLimitIsNotTaken_data();
    void moreThanTheLimitIsNotTaken();
    void aRedirectElsewhereTakesNoSecret();
    void aRedirectAtHomeKeepsTheToken();
    void filesOfOtherServersAreNotFetched();
    void refusalsSayWhatIsTheMatter_data();
    void refusalsSayWhatIsTheMatter();
    void aRejectedTokenAsksForASignIn();
    void aFileIsUploadedWithProgress();
    void anUploadThatBreaksIsTriedAgain();
    void anUploadIsRepeatedWhereTheServerPoints();
    void theCacheKeepsToItsLimit();
    void aCopyIsTakenFromDiskOrServer();
    void aCopyTakesNoRoomOfWhatIsShown();
    void aCopyDoesNotEndWithItsShowing();
    void copiesThatCannotBeHadSayWhy();
    void theServerLooksAtLinks();
    void aPictureGoesBeforeItsMessage();
    void aSmallPictureTravelsInside();
    void anExpiredFileIsUploadedAgain();
    void aRefusedFileStopsItsMessageAlone();
    void filesSurviveARestart();
    void aDiscardedMessageTakesItsCopyAlong();
};

void TransfersTest::aFileIsFetchedOnceAndThenFromDisk()
{
    Account account;
    account.server.setHandler([](const auto &) { return HttpPeer::answer(200, "picture"); });
    QSignalSpy fetched(account.transfers.get(), &Transfers::fetched);
    QSignalSpy notKept(account.transfers.get(), &Transfers::notKept);
    account.transfers->fetch(kRef, 0); // who only looks has nothing fetched
    QTRY_COMPARE(notKept.size(), 1);
    QVERIFY(account.server.requests().isEmpty());
    account.transfers->fetch(kRef, kPlenty);
    QTRY_COMPARE(fetched.size(), 1);
    QCOMPARE(fetched[0][0].toString(), kRef);
    QCOMPARE(fileOf(fetched[0][1].toString()), QByteArray("picture"));
    QCOMPARE(account.server.last().headers.value("x-tinode-auth"), "Token " + kToken.toBase64());
    QVERIFY(!account.server.last().target.contains("secret"));
    account.transfers->fetch(kRef, kPlenty);
    QTRY_COMPARE(fetched.size(), 2);
    QCOMPARE(account.server.requests().size(), 1);
}

void TransfersTest::aCutDownloadGoesOnWhereItWasCut()
{
    Account account;
    account.server.setHandler([&](const HttpPeer::Request &request) {
        if (!request.headers.contains("range"))
            return HttpPeer::answer(200, "0123", {"Content-Length: 10"});
        return HttpPeer::answer(206, "456789", {"Content-Range: bytes 4-9/10"});
    });
    QSignalSpy fetched(account.transfers.get(), &Transfers::fetched);
    account.transfers->fetch(kRef, kPlenty);
    QTRY_COMPARE(fetched.size(), 1);
    QCOMPARE(fileOf(fetched[0][1].toString()), QByteArray("0123456789"));
    QCOMPARE(account.server.last().headers.value("range"), QByteArray("bytes=4-"));
}

void TransfersTest::aServerThatIgnoresRangesIsHeardFromTheStart()
{
    Account account;
    int round = 0;
    account.server.setHandler([&](const HttpPeer::Request &) {
        return ++round == 1 ? HttpPeer::answer(200, "0123", {"Content-Length: 10"})
                            : HttpPeer::answer(200, "0123456789");
    });
    QSignalSpy fetched(account.transfers.get(), &Transfers::fetched);
    account.transfers->fetch(kRef, kPlenty);
    QTRY_COMPARE(fetched.size(), 1);
    QCOMPARE(fileOf(fetched[0][1].toString()), QByteArray("0123456789"));
}

void TransfersTest::moreThanTheLimitIsNotTaken_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::newRow("told") << HttpPeer::answer(200, QByteArray(200, 'x'));
    QTest::newRow("not told") << QByteArray("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
            + QByteArray(200, 'x');
}

void TransfersTest::moreThanTheLimitIsNotTaken()
{
    QFETCH(QByteArray, answer);
    Account account;
    account.server.setHandler([&](const auto &) { return answer; });
    QSignalSpy failed(account.transfers.get(), &Transfers::fetchFailed);
    account.transfers->fetch(kRef, 100);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][1].value<ServiceError>().kind, ErrorKind::FileTooLarge);
    QVERIFY(QDir(account.folder.path() + QStringLiteral("/media")).isEmpty());
}

void TransfersTest::aRedirectElsewhereTakesNoSecret()
{
    Account account;
    HttpPeer elsewhere;
    QVERIFY(elsewhere.listen());
    elsewhere.setHandler([](const auto &) { return HttpPeer::answer(200, "picture"); });
    account.server.setHandler([&](const auto &) {
        return HttpPeer::answer(
            307, {}, {"Location: http://127.0.0.1:" + QByteArray::number(elsewhere.port()) + "/x"});
    });
    QSignalSpy fetched(account.transfers.get(), &Transfers::fetched);
    account.transfers->fetch(kRef, kPlenty);
    QTRY_COMPARE(fetched.size(), 1);
    QVERIFY(hasSecret(account.server.last()));
    QVERIFY(!hasSecret(elsewhere.last()));
}

void TransfersTest::aRedirectAtHomeKeepsTheToken()
{
    Account account;
    account.server.setHandler([&](const HttpPeer::Request &request) {
        return request.target == "/moved" ? HttpPeer::answer(200, "picture")
                                          : HttpPeer::answer(302, {}, {"Location: /moved"});
    });
    QSignalSpy fetched(account.transfers.get(), &Transfers::fetched);
    account.transfers->fetch(kRef, kPlenty);
    QTRY_COMPARE(fetched.size(), 1);
    QVERIFY(hasSecret(account.server.last()));
}

void TransfersTest::filesOfOtherServersAreNotFetched()
{
    Account account;
    HttpPeer elsewhere;
    QVERIFY(elsewhere.listen());
    QSignalSpy failed(account.transfers.get(), &Transfers::fetchFailed);
    account.transfers->fetch(
        QStringLiteral("http://127.0.0.1:%1/x.png").arg(elsewhere.port()), kPlenty);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][1].value<ServiceError>().kind, ErrorKind::FileElsewhere);
    QVERIFY(elsewhere.requests().isEmpty());
}

void TransfersTest::refusalsSayWhatIsTheMatter_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("403") << 403 << ErrorKind::NotAllowed;
    QTest::newRow("404") << 404 << ErrorKind::FileGone;
    QTest::newRow("413") << 413 << ErrorKind::FileTooLarge;
    QTest::newRow("422") << 422 << ErrorKind::NoRoomForFile;
    QTest::newRow("500, again and again") << 500 << ErrorKind::ServerFault;
    QTest::newRow("endless redirects") << 302 << ErrorKind::Rejected;
}

void TransfersTest::refusalsSayWhatIsTheMatter()
{
    QFETCH(int, status);
    QFETCH(ErrorKind, kind);
    Account account;
    account.server.setHandler(
        [&](const auto &) { return HttpPeer::answer(status, "no", {"Location: /round"}); });
    QSignalSpy failed(account.transfers.get(), &Transfers::fetchFailed);
    account.transfers->fetch(kRef, kPlenty);
    QTRY_COMPARE(failed.size(), 1);
    const auto error = failed[0][1].value<ServiceError>();
    QCOMPARE(error.kind, kind);
    QVERIFY(!error.sentence.isEmpty() && !error.nextStep.isEmpty());
    QVERIFY(account.server.requests().size() <= 8);
}

void TransfersTest::aRejectedTokenAsksForASignIn()
{
    Account account;
    account.server.setHandler([&](const HttpPeer::Request &request) {
        const bool isNew
            = request.headers.value("x-tinode-auth") == "Token " + QByteArray("new").toBase64();
        return isNew ? HttpPeer::answer(200, "picture") : HttpPeer::answer(401);
    });
    QSignalSpy needed(account.transfers.get(), &Transfers::loginNeeded);
    QSignalSpy fetched(account.transfers.get(), &Transfers::fetched);
    account.transfers->fetch(kRef, kPlenty);
    QTRY_COMPARE(needed.size(), 1);
    account.transfers->resume(account.server.channels(), {}, "new");
    QTRY_COMPARE(fetched.size(), 1);
}

void TransfersTest::aFileIsUploadedWithProgress()
{
    Account account;
    account.server.setHandler([](const auto &) { return HttpPeer::kept(kRef, inAnHour()); });
    const QByteArray bytes(100'000, 'p');
    const Upload upload = makeUpload(account.folder.path(), QStringLiteral("one"), bytes);
    QSignalSpy uploaded(account.transfers.get(), &Transfers::uploaded);
    QSignalSpy progressed(account.transfers.get(), &Transfers::uploadProgressed);
    account.transfers->upload(upload, 0);
    QTRY_COMPARE(uploaded.size(), 1);
    const auto held = uploaded[0][0].value<Upload>();
    QCOMPARE(held.ref, kRef);
    QVERIFY(held.isHeld(QDateTime::currentDateTimeUtc()));
    QVERIFY(!progressed.isEmpty());
    QCOMPARE(account.server.last().method, QByteArray("POST"));
    QCOMPARE(account.server.last().target, QByteArray("/v0/file/u/"));
    QVERIFY(account.server.last().body.contains(bytes));
    QVERIFY(!account.server.last().body.contains("a.png"));
}

void TransfersTest::anUploadThatBreaksIsTriedAgain()
{
    Account account;
    int round = 0;
    account.server.setHandler([&](const auto &) {
        return ++round < 3 ? QByteArray() : HttpPeer::kept(kRef, inAnHour());
    });
    QSignalSpy uploaded(account.transfers.get(), &Transfers::uploaded);
    account.transfers->upload(makeUpload(account.folder.path(), QStringLiteral("one"), "bytes"), 0);
    QTRY_COMPARE(uploaded.size(), 1);
}

void TransfersTest::anUploadIsRepeatedWhereTheServerPoints()
{
    Account account;
    HttpPeer elsewhere;
    QVERIFY(elsewhere.listen());
    elsewhere.setHandler([](const auto &) { return HttpPeer::kept(kRef, inAnHour()); });
    account.server.setHandler([&](const auto &) {
        return HttpPeer::answer(307, {},
            {"Location: http://127.0.0.1:" + QByteArray::number(elsewhere.port()) + "/up"});
    });
    QSignalSpy uploaded(account.transfers.get(), &Transfers::uploaded);
    account.transfers->upload(makeUpload(account.folder.path(), QStringLiteral("one"), "bytes"), 0);
    QTRY_COMPARE(uploaded.size(), 1);
    QVERIFY(elsewhere.last().body.contains("bytes"));
    QVERIFY(!hasSecret(elsewhere.last()));
}

void TransfersTest::aCopyIsTakenFromDiskOrServer()
{
    Account account;
    account.server.setHandler([](const auto &) { return HttpPeer::answer(200, "picture"); });
    QSignalSpy copied(account.transfers.get(), &Transfers::copied);
    QSignalSpy fetched(account.transfers.get(), &Transfers::fetched);
    const QTemporaryDir place;
    for (const QString &name : {place.filePath(u"one"_qs), place.filePath(u"two"_qs)}) {
        copied.clear();
        account.transfers->copy(kRef, name, kPlenty);
        QTRY_COMPARE(copied.size(), 1);
        QCOMPARE(fileOf(name), QByteArray("picture"));
    }
    QVERIFY(fetched.isEmpty()); // nobody had asked to see it
    account.transfers->fetch(kRef, kPlenty);
    QTRY_COMPARE(fetched.size(), 1);
    const auto requests = account.server.requests().size();
    account.transfers->copy(kRef, place.filePath(u"three"_qs), kPlenty);
    QTRY_COMPARE(copied.size(), 2);
    QCOMPARE(fileOf(place.filePath(u"three"_qs)), QByteArray("picture"));
    QCOMPARE(account.server.requests().size(), requests);
}

/// An export of years has more in it than the cache.
void TransfersTest::aCopyTakesNoRoomOfWhatIsShown()
{
    Account account;
    account.server.setHandler(
        [](const auto &) { return HttpPeer::answer(200, QByteArray(600, 'x')); });
    account.transfers->setCacheLimit(1000);
    QSignalSpy copied(account.transfers.get(), &Transfers::copied);
    QSignalSpy fetched(account.transfers.get(), &Transfers::fetched);
    QSignalSpy measured(account.transfers.get(), &Transfers::cacheMeasured);
    account.transfers->fetch(kRef, kPlenty);
    QTRY_COMPARE(fetched.size(), 1);
    const QTemporaryDir place;
    account.transfers->copy(u"/v0/file/s/other.png"_qs, place.filePath(u"other"_qs), kPlenty);
    QTRY_COMPARE(copied.size(), 1);
    QCOMPARE(fileOf(place.filePath(u"other"_qs)).size(), 600);
    account.transfers->measureCache();
    QTRY_COMPARE(measured.size(), 1);
    QCOMPARE(measured[0][0].toLongLong(), 600);
    account.transfers->fetch(kRef, 0); // still here
    QTRY_COMPARE(fetched.size(), 2);
}

/// Whoever stops loading a picture in the window does not mean the export.
void TransfersTest::aCopyDoesNotEndWithItsShowing()
{
    Account account;
    account.server.setHandler([](const auto &) { return HttpPeer::answer(200, "picture"); });
    QSignalSpy copied(account.transfers.get(), &Transfers::copied);
    QSignalSpy fetched(account.transfers.get(), &Transfers::fetched);
    const QTemporaryDir place;
    account.transfers->fetch(kRef, kPlenty);
    account.transfers->copy(kRef, place.filePath(u"one"_qs), kPlenty);
    account.transfers->cancelFetch(kRef);
    QTRY_COMPARE(copied.size(), 1);
    QVERIFY(fetched.isEmpty());

    const QString other = u"/v0/file/s/other.png"_qs;
    account.transfers->fetch(other, kPlenty);
    account.transfers->copy(other, place.filePath(u"two"_qs), kPlenty);
    account.transfers->cancelCopies();
    QTRY_COMPARE(fetched.size(), 1);
    QCOMPARE(copied.size(), 1);
    QVERIFY(!QFile::exists(place.filePath(u"two"_qs)));
}

void TransfersTest::copiesThatCannotBeHadSayWhy()
{
    Account account;
    account.server.setHandler([](const auto &) { return HttpPeer::answer(404); });
    QSignalSpy failed(account.transfers.get(), &Transfers::copyFailed);
    const QTemporaryDir place;
    account.transfers->copy(kRef, place.filePath(u"one"_qs), kPlenty);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][1].value<ServiceError>().kind, ErrorKind::FileGone);
    account.transfers->copy(u"https://elsewhere.example/x"_qs, place.filePath(u"two"_qs), kPlenty);
    QTRY_COMPARE(failed.size(), 2);
    QCOMPARE(failed[1][1].value<ServiceError>().kind, ErrorKind::FileElsewhere);
    Transfers offline(account.folder.path(), nullptr, account.timing);
    QSignalSpy offlineFailed(&offline, &Transfers::copyFailed);
    offline.copy(kRef, place.filePath(u"three"_qs), kPlenty);
    QTRY_COMPARE(offlineFailed.size(), 1);
    QCOMPARE(offlineFailed[0][1].value<ServiceError>().kind, ErrorKind::NotConnected);
    QVERIFY(QDir(place.path()).isEmpty());
}

void TransfersTest::theServerLooksAtLinks()
{
    Account account;
    const auto url = QStringLiteral("https://example.org/a?b=c&d=e+f");
    account.server.setHandler([](const HttpPeer::Request &) {
        return HttpPeer::answer(200,
            R"({"title":"A\npage","description":"About","site":"Example","image_url":"https://x/y",)"
            R"("image":{"mime":"image/png","val":"AAAA"}})");
    });
    QSignalSpy found(account.transfers.get(), &Transfers::previewFound);
    account.transfers->findPreview(url);
    QTRY_COMPARE(found.size(), 1);
    QCOMPARE(account.server.last().target,
        "/v0/urlpreview?url=https%3A%2F%2Fexample.org%2Fa%3Fb%3Dc%26d%3De%2Bf");
    QVERIFY(hasSecret(account.server.last()));
    QCOMPARE(found.last().at(0).toString(), url);
    auto preview = found.last().at(1).value<wire::LinkPreview>();
    QCOMPARE(preview.title, QStringLiteral("A page"));
    QCOMPARE(preview.about, QStringLiteral("About"));
    QCOMPARE(preview.site, QStringLiteral("Example"));
    QCOMPARE(preview.base64, QStringLiteral("AAAA"));

    account.server.setHandler([](const HttpPeer::Request &) { return HttpPeer::answer(501); });
    account.transfers->findPreview(url);
    QTRY_COMPARE(found.size(), 2);
    QVERIFY(found.last().at(1).value<wire::LinkPreview>().isEmpty());

    const QByteArray flood(2'000'000, 'x');
    account.server.setHandler([&](const HttpPeer::Request &) { return HttpPeer::answer(200, flood); });
    account.transfers->findPreview(url);
    QTRY_COMPARE(found.size(), 3);
    QVERIFY(found.last().at(1).value<wire::LinkPreview>().isEmpty());
}

void TransfersTest::theCacheKeepsToItsLimit()
{
    QTemporaryDir folder;
    MediaFolder media(folder.path());
    media.setLimit(250);
    const auto add = [&](const QString &ref, int age) {
        QFile part(media.partPathOf(ref));
        QVERIFY(part.open(QIODevice::WriteOnly));
        part.write(QByteArray(100, 'x'));
        part.flush();
        part.setFileTime(
            QDateTime::currentDateTimeUtc().addSecs(-age), QFileDevice::FileModificationTime);
        part.close();
        QVERIFY(media.finish(ref));
    };
    add(QStringLiteral("a"), 30);
    add(QStringLiteral("b"), 20);
    QVERIFY(media.use(QStringLiteral("a"))); // now b is the oldest
    add(QStringLiteral("c"), 10);
    QVERIFY(media.use(QStringLiteral("a")));
    QVERIFY(!media.use(QStringLiteral("b")));
    QVERIFY(media.use(QStringLiteral("c")));
    QCOMPARE(media.bytes(), 200);
    media.clear();
    QCOMPARE(media.bytes(), 0);
}

void TransfersTest::aPictureGoesBeforeItsMessage()
{
    HttpPeer files;
    QVERIFY(files.listen());
    files.setHandler([](const auto &) { return HttpPeer::kept(kRef, inAnHour()); });
    FakeServer server(accountAt(files));
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    const Upload upload = makeUpload(server.folder(), QStringLiteral("one"), QByteArray(3000, 'p'));
    server.service().send(kPeer, picture(upload));
    server.service().send(kPeer, QStringLiteral("look"));
    const auto pub = server.next<wire::Pub>();
    QCOMPARE(files.requests().size(), 1);
    QCOMPARE(imageOf(pub).source.ref, kRef);
    QCOMPARE(imageOf(pub).source.base64, QStringLiteral("cHJldmlldw=="));
    QCOMPARE(pub.attachments, QStringList{kRef});
    QCOMPARE(server.next<wire::Pub>().content.string(), QStringLiteral("look")); // in order
    server.reply(pub.id, 202, kPeer, numbered(1));
    QTRY_COMPARE(server.topic(kPeer)->timeline().messageCount(), 1);
    // What was sent is what one would have fetched, and nothing is left of the copy.
    QSignalSpy fetched(&server.service().transfers(), &Transfers::fetched);
    server.service().transfers().fetch(kRef, kPlenty);
    QTRY_COMPARE(fetched.size(), 1);
    QCOMPARE(fileOf(fetched[0][1].toString()).size(), 3000);
    QVERIFY(QDir(uploadFolder(server.folder())).isEmpty());
    QCOMPARE(files.requests().size(), 1);
}

void TransfersTest::aSmallPictureTravelsInside()
{
    HttpPeer files;
    QVERIFY(files.listen());
    FakeServer server(accountAt(files));
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    const QByteArray bytes(100, 'p'); // of the 476 that this server's messages leave for it
    server.service().send(
        kPeer, picture(makeUpload(server.folder(), QStringLiteral("one"), bytes)));
    const auto pub = server.next<wire::Pub>();
    QCOMPARE(imageOf(pub).source.bytes(), bytes);
    QVERIFY(imageOf(pub).source.ref.isEmpty());
    QVERIFY(pub.attachments.isEmpty());
    QVERIFY(files.requests().isEmpty());
    // A film never does: the official clients would not find it.
    files.setHandler([](const auto &) { return HttpPeer::kept(kRef, inAnHour()); });
    Upload film = makeUpload(server.folder(), QStringLiteral("two"), bytes);
    film.mime = QStringLiteral("video/mp4");
    server.service().send(kPeer, picture(film));
    QCOMPARE(imageOf(server.next<wire::Pub>()).source.ref, kRef);
}

void TransfersTest::anExpiredFileIsUploadedAgain()
{
    HttpPeer files;
    QVERIFY(files.listen());
    files.setHandler([](const auto &) { return HttpPeer::kept(kRef, inAnHour()); });
    FakeServer server(accountAt(files));
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    Upload upload = makeUpload(server.folder(), QStringLiteral("one"), QByteArray(3000, 'p'));
    upload.ref = QStringLiteral("/v0/file/s/collected.png");
    upload.expires = QDateTime::currentDateTimeUtc().addSecs(-1);
    server.service().send(kPeer, picture(upload));
    QCOMPARE(imageOf(server.next<wire::Pub>()).source.ref, kRef);
}

void TransfersTest::aRefusedFileStopsItsMessageAlone()
{
    HttpPeer files;
    QVERIFY(files.listen());
    files.setHandler([](const auto &) { return HttpPeer::answer(413); });
    FakeServer server(accountAt(files));
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    QSignalSpy failed(&server.service(), &ChatService::messageFailed);
    server.service().send(
        kPeer, picture(makeUpload(server.folder(), QStringLiteral("one"), QByteArray(3000, 'p'))));
    server.service().send(kPeer, QStringLiteral("and words"));
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed[0][2].value<ServiceError>().kind, ErrorKind::FileTooLarge);
    QCOMPARE(server.next<wire::Pub>().content.string(), QStringLiteral("and words"));
    // Another try is another upload.
    files.setHandler([](const auto &) { return HttpPeer::kept(kRef, inAnHour()); });
    server.service().retry(kPeer, failed[0][1].toString());
    QCOMPARE(imageOf(server.next<wire::Pub>()).source.ref, kRef);
}

void TransfersTest::filesSurviveARestart()
{
    HttpPeer files;
    QVERIFY(files.listen());
    files.setHandler([](const auto &) { return QByteArray(); }); // cut, again and again
    FakeServer server(accountAt(files));
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    const Upload orphan = makeUpload(server.folder(), QStringLiteral("orphan"), "left by a crash");
    server.service().send(
        kPeer, picture(makeUpload(server.folder(), QStringLiteral("one"), QByteArray(3000, 'p'))));
    QTRY_VERIFY(!files.requests().isEmpty());
    server.restart();
    files.setHandler([](const auto &) { return HttpPeer::kept(kRef, inAnHour()); });
    server.start({FakeServer::chat(kPeer)});
    server.attach(server.nextSub(kPeer), 0);
    const auto pub = server.next<wire::Pub>();
    QCOMPARE(imageOf(pub).source.ref, kRef);
    QVERIFY(!QFile::exists(uploadFolder(server.folder()) + u'/' + orphan.id));
}

void TransfersTest::aDiscardedMessageTakesItsCopyAlong()
{
    HttpPeer files;
    QVERIFY(files.listen());
    files.setHandler([](const auto &) { return QByteArray(); });
    FakeServer server(accountAt(files));
    server.start({FakeServer::chat(kPeer)});
    server.open(kPeer);
    QSignalSpy queued(&server.service(), &ChatService::messageQueued);
    server.service().send(
        kPeer, picture(makeUpload(server.folder(), QStringLiteral("one"), QByteArray(3000, 'p'))));
    QTRY_COMPARE(queued.size(), 1);
    server.service().discard(kPeer, queued[0][1].toString());
    QTRY_VERIFY(QDir(uploadFolder(server.folder())).isEmpty());
    QCOMPARE(server.count<wire::Pub>(), 0);
    QVERIFY(server.rows(kPeer).isEmpty());
}

QTEST_GUILESS_MAIN(TransfersTest)
#include "tst_transfers.moc"
