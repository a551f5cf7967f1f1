#include "conversationfixture.h"
#include "stallgate.h"
#include "widgets/composer/emojibook.h"
#include "widgets/composer/spellchecker.h"
#include "widgets/conversation/composer.h"
#include "widgets/conversation/messageview.h"
#include "widgets/media/abstractsound.h"
#include "widgets/media/attachmentmaker.h"
#include "widgets/media/contactfile.h"
#include "widgets/media/filesaver.h"
#include "widgets/media/lightbox.h"
#include "widgets/media/medialibrary.h"
#include "widgets/media/mediasender.h"
#include "widgets/media/picturecache.h"
#include "widgets/media/picturedecoder.h"
#include "widgets/media/sendfilesdialog.h"
#include "widgets/media/voicepanel.h"
#include "widgets/media/voiceplayer.h"
#include "wire/media/filekind.h"
#include "wire/media/imageheader.h"

#include <QAbstractButton>
#include <QBuffer>
#include <QListWidget>
#include <QPainter>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace confab;

namespace {

QByteArray encoded(const QImage &image, const char *format)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

QImage plain(int width, int height, const QColor &color = Qt::red)
{
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(color);
    return image;
}

QString written(const QTemporaryDir &folder, const QString &name, const QByteArray &bytes)
{
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("no room for a test file");
    return file.fileName();
}

/// A JPEG with an Exif block that says "turn me" and holds a word that nobody is to learn.
QByteArray photo()
{
    QByteArray tiff("II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0", 26);
    const QByteArray exif = QByteArray("Exif\0\0", 6) + tiff + "secret place";
    const int length = int(exif.size()) + 2;
    QByteArray jpeg = encoded(plain(60, 20), "jpeg");
    QByteArray block("\xff\xe1", 2);
    block += char(length >> 8);
    block += char(length);
    return jpeg.insert(2, block + exif);
}

QImage decoded(QByteArray bytes, const QSize &most = {})
{
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    return decodePicture(buffer, most);
}

const wire::Image *imageOf(const OutgoingMessage &message)
{
    return std::get_if<wire::Image>(&message.content.entities().first());
}

/// Plays nothing, and tells what it is told.
class FakePlayer final : public AbstractSoundPlayer
{
public:
    using AbstractSoundPlayer::AbstractSoundPlayer;
    void load(const QString &path) override { calls << QStringLiteral("load ") + path; }
    void play() override { calls << QStringLiteral("play"); }
    void pause() override { calls << QStringLiteral("pause"); }
    void seek(int position) override { calls << QStringLiteral("seek %1").arg(position); }
    void setRate(qreal wanted) override { rate = wanted; }
    QStringList calls;
    qreal rate = 1;
};

class FakeRecorder final : public AbstractVoiceRecorder
{
public:
    using AbstractVoiceRecorder::AbstractVoiceRecorder;
    void start(const QString &where) override { path = where; }
    void finish() override
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("sound");
        file.close();
        emit finished({path, duration, QByteArray("\x10\x20\x64", 3)});
    }
    void cancel() override { cancelled = true; }
    QString path;
    int duration = 2500;
    bool cancelled = false;
};

/// A composer whose microphone records what a test says.
struct RecordingComposer {
    RecordingComposer()
    {
        composer.show();
        sender.setRecorder(recorder);
        sender.setUploads(folder.path());
        sender.setTopic(QStringLiteral("usrAda"), QStringLiteral("Ada"));
    }

    QTemporaryDir folder;
    Theme theme;
    SpellChecker speller;
    EmojiBook book;
    Composer composer{theme, speller, book};
    MediaSender sender{theme, &composer, nullptr};
    FakeRecorder *recorder = new FakeRecorder;
    QSignalSpy sent{&sender, &MediaSender::sendRequested};
};

}

/// Pictures, files and voice: safe to look at, sent without what they carry by accident.
class MediaTest : public QObject
{
    Q_OBJECT

private slots:
    void headersAreReadWithoutDecoding_data();
    void headersAreReadWithoutDecoding();
    void picturesAreDecodedUprightAndNeverLarger();
    void programsAreNotOpened_data();
    void programsAreNotOpened();
    void namesOfFilesLeadNowhere_data();
    void namesOfFilesLeadNowhere();
    void aPhotoIsSentWithoutItsExif();
    void seeThroughPicturesStaySo();
    void anAnimationIsSentAsItIs();
    void aFileIsSentAsItIs();
    void decodedPicturesStayWithinTheirBudget();
    void aPictureGoesFromPreviewToItself();
    void aLatePictureMovesNothing();
    void whatIsNotPaintedStandsStill();
    void filesAreAskedForOnce();
    void theDialogSendsInTheOrderShown();
    void theDialogSendsPicturesAsFilesWhenToldSo();
    void theLightboxIsDrivenByKeys();
    void aVoiceNoteIsRecordedAndSent();
    void escThrowsARecordingAway();
    void voiceIsPlayedSoughtAndHurried();
    void aContactBecomesACard();
};

void MediaTest::headersAreReadWithoutDecoding_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<wire::ImageFormat>("format");
    QTest::newRow("png") << encoded(plain(30, 20), "png") << wire::ImageFormat::Png;
    QTest::newRow("jpeg") << encoded(plain(30, 20), "jpeg") << wire::ImageFormat::Jpeg;
    QTest::newRow("webp") << encoded(plain(30, 20), "webp") << wire::ImageFormat::Webp;
    QTest::newRow("gif") << QByteArray("GIF89a\x1e\0\x14\0", 10) << wire::ImageFormat::Gif;
}

void MediaTest::headersAreReadWithoutDecoding()
{
    QFETCH(QByteArray, bytes);
    QFETCH(wire::ImageFormat, format);
    const wire::ImageHeader header = wire::readImageHeader(bytes);
    QCOMPARE(header.format, format);
    QCOMPARE(QSize(header.width, header.height), QSize(30, 20));
    QVERIFY(wire::isDecodable(header));
    // Cut anywhere it is nothing, or the same.
    for (qsizetype size = 0; size < bytes.size(); ++size) {
        const wire::ImageHeader cut = wire::readImageHeader(QByteArrayView(bytes).first(size));
        QVERIFY(cut.format == wire::ImageFormat::None || cut == header);
    }
}

void MediaTest::picturesAreDecodedUprightAndNeverLarger()
{
    QCOMPARE(decoded(encoded(plain(300, 100), "png"), {30, 30}).size(), QSize(30, 10));
    QCOMPARE(decoded(encoded(plain(30, 10), "png"), {300, 300}).size(), QSize(30, 10));
    QCOMPARE(decoded(photo()).size(), QSize(20, 60));
    QCOMPARE(decoded(photo(), {30, 30}).size(), QSize(10, 30));
}

void MediaTest::programsAreNotOpened_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("isProgram");
    QTest::newRow("words") << QStringLiteral("notes.txt") << QByteArray("hello") << false;
    QTest::newRow("pdf") << QStringLiteral("a.pdf") << QByteArray("%PDF-1.7") << false;
    QTest::newRow("desktop file") << QStringLiteral("a.desktop") << QByteArray() << true;
    QTest::newRow("capitals") << QStringLiteral("a.EXE") << QByteArray() << true;
    QTest::newRow("script with a harmless name")
        << QStringLiteral("notes.txt") << QByteArray("#!/bin/sh") << true;
    QTest::newRow("elf") << QStringLiteral("picture") << QByteArray("\x7f" "ELF") << true;
    QTest::newRow("amr voice") << QStringLiteral("v.amr") << QByteArray("#!AMR\n") << false;
    QTest::newRow("two suffixes") << QStringLiteral("a.pdf.sh") << QByteArray() << true;
}

void MediaTest::programsAreNotOpened()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, head);
    QFETCH(bool, isProgram);
    QCOMPARE(wire::isExecutable(name, head), isProgram);
    QTemporaryDir folder;
    FileSaver saver;
    QString error;
    bool done = false;
    saver.saveForOpening(written(folder, QStringLiteral("source"), head + "rest"), name,
        [&](const QString &, const QString &why) {
            error = why;
            done = true;
        });
    QTRY_VERIFY(done);
    QCOMPARE(!error.isEmpty(), isProgram);
}

void MediaTest::namesOfFilesLeadNowhere_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("safe");
    QTest::newRow("plain") << QStringLiteral("a b.txt") << QStringLiteral("a b.txt");
    QTest::newRow("path") << QStringLiteral("../../.bashrc") << QStringLiteral("_.._.bashrc");
    QTest::newRow("hidden") << QStringLiteral("...profile") << QStringLiteral("profile");
    QTest::newRow("turned around")
        << QStringLiteral("a\u202egpj.exe") << QStringLiteral("a_gpj.exe");
    QTest::newRow("line break") << QStringLiteral("a\nb") << QStringLiteral("a_b");
    QTest::newRow("none") << QString() << QStringLiteral("file.png");
}

void MediaTest::namesOfFilesLeadNowhere()
{
    QFETCH(QString, name);
    QFETCH(QString, safe);
    QCOMPARE(FileSaver::safeName(name, QStringLiteral("image/png")), safe);
}

void MediaTest::aPhotoIsSentWithoutItsExif()
{
    QTemporaryDir folder;
    const QString path = written(folder, QStringLiteral("holiday.jpg"), photo());
    const auto made = makeMessage({path, {}, false}, QStringLiteral("sea"), folder.filePath(QStringLiteral("up")));
    QVERIFY(made.ok());
    const wire::Image *image = imageOf(*made);
    QVERIFY(image);
    QCOMPARE(image->pixels, (wire::PixelSize{20, 60})); // upright
    QCOMPARE(made->content.text(), QString(wire::Drafty::kMedium) + QStringLiteral("\nsea"));
    QCOMPARE(made->uploads.size(), 1);
    QCOMPARE(image->source.ref, made->uploads.first().placeholder());
    QFile copy(folder.filePath(QStringLiteral("up/")) + made->uploads.first().id);
    QVERIFY(copy.open(QIODevice::ReadOnly));
    const QByteArray bytes = copy.readAll();
    QCOMPARE(bytes.size(), made->uploads.first().size);
    QVERIFY(!bytes.contains("secret place") && !bytes.contains("Exif"));
    // The preview is small, and a picture.
    QVERIFY(image->source.base64.size() < 3000);
    QVERIFY(!decoded(image->source.bytes()).isNull());
}

void MediaTest::seeThroughPicturesStaySo()
{
    QTemporaryDir folder;
    QImage image(2000, 10, QImage::Format_ARGB32);
    image.fill(Qt::transparent);
    const auto made = makeMessage({{}, image, false}, {}, folder.path());
    QVERIFY(made.ok());
    QCOMPARE(imageOf(*made)->source.mime, QStringLiteral("image/png"));
    QCOMPARE(imageOf(*made)->pixels.width, kMostSide);
}

void MediaTest::anAnimationIsSentAsItIs()
{
    QTemporaryDir folder;
    const QByteArray gif("GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02"
                         "\x02\x44\x01\0;",
        35);
    const QString path = written(folder, QStringLiteral("a.gif"), gif);
    const auto made = makeMessage({path, {}, false}, {}, folder.path());
    QVERIFY(made.ok());
    QCOMPARE(imageOf(*made)->source.mime, QStringLiteral("image/gif"));
    QCOMPARE(made->uploads.first().size, gif.size());
}

void MediaTest::aFileIsSentAsItIs()
{
    QTemporaryDir folder;
    const QString path = written(folder, QStringLiteral("p.jpg"), photo());
    const auto made = makeMessage({path, {}, true}, QStringLiteral("raw"), folder.path());
    QVERIFY(made.ok());
    const auto *file = std::get_if<wire::File>(&made->content.attachments().first());
    QVERIFY(file);
    QCOMPARE(file->source.name, QStringLiteral("p.jpg"));
    QCOMPARE(file->source.size, photo().size());
    QVERIFY(!makeMessage({folder.filePath(QStringLiteral("none")), {}, false}, {}, folder.path()).ok());
}

void MediaTest::decodedPicturesStayWithinTheirBudget()
{
    QTemporaryDir folder;
    const QString path = written(folder, QStringLiteral("a.png"), encoded(plain(640, 640), "png"));
    PictureCache cache;
    QSignalSpy ready(&cache, &PictureCache::ready);
    constexpr int kCount = 200;
    for (int i = 0; i < kCount; ++i) {
        cache.find({QString::number(i), path, {}, {640, 640}, 8, false});
        QTRY_COMPARE(ready.size(), i + 1);
        QVERIFY(cache.bytes() <= PictureCache::kBytes);
    }
    QVERIFY(cache.bytes() > PictureCache::kBytes / 2);
    // The newest is there, without decoding again.
    QVERIFY(cache.find({QString::number(kCount - 1), path, {}, {640, 640}, 8, false}));
    QCOMPARE(cache.decoded(), kCount);
    cache.find({QStringLiteral("broken"), folder.filePath(QStringLiteral("none")), {}, {9, 9}, 0, false});
    QTRY_VERIFY(cache.isBroken(QStringLiteral("broken")));
}

void MediaTest::aPictureGoesFromPreviewToItself()
{
    QTemporaryDir folder;
    MediaLibrary library;
    QSignalSpy changed(&library, &MediaLibrary::changed);
    QSignalSpy asked(&library.files(), &MediaFiles::fetchRequested);
    wire::MediaSource source;
    source.ref = QStringLiteral("/v0/file/s/a.png");
    source.base64 = QString::fromLatin1(encoded(plain(16, 16, Qt::blue), "png").toBase64());
    const auto shown = [&] { return library.picture(source, source.ref, {320, 320}, 0); };
    QVERIFY(!shown());
    QTRY_VERIFY(shown());
    QCOMPARE(shown()->size(), QSize(320, 320)); // in the room of the whole
    QCOMPARE(shown()->toImage().pixelColor(9, 9), QColor(Qt::blue));
    QTRY_COMPARE(asked.size(), 1);
    QCOMPARE(asked[0][1].toLongLong(), MediaLibrary::kAutomaticPicture);
    library.files().noteFetched(source.ref,
        written(folder, QStringLiteral("a.png"), encoded(plain(640, 640), "png")));
    QTRY_COMPARE(shown()->toImage().pixelColor(9, 9), QColor(Qt::red));
    QVERIFY(!changed.isEmpty());
    QCOMPARE(asked.size(), 1);
}

void MediaTest::aLatePictureMovesNothing()
{
    ConversationFixture fixture;
    QTemporaryDir folder;
    MediaLibrary library;
    Theme theme;
    MessageView view(theme);
    view.setMedia(&library);
    wire::Image image;
    image.source.ref = QStringLiteral("/v0/file/s/a.png");
    image.pixels = {640, 480};
    QList<Message> messages;
    for (Seq seq = 1; seq <= 5; ++seq) {
        messages << ConversationFixture::message(seq, QStringLiteral("usrAnn"), QStringLiteral("Picture"), seq * 360);
        messages.last().content = wire::Drafty::fromEntity({}, image).toContent();
    }
    fixture.topic->timeline().insert(messages);
    fixture.setSeq(5, 5);
    view.resize(600, 800);
    view.setModel(&fixture.model);
    view.show();
    const auto heights = [&] {
        QList<int> result;
        for (const auto &placed : view.placedRows())
            result << placed.top << placed.bottom();
        return result;
    };
    const QList<int> before = heights();
    QVERIFY(!before.isEmpty());
    QCOMPARE(view.placedRows().back().layout->parts().front().rect().size(), QSizeF(320, 240));
    const quint64 layouts = view.layoutsMade();
    const quint64 paints = view.paintsMade();
    library.files().noteFetched(image.source.ref,
        written(folder, QStringLiteral("a.png"), encoded(plain(64, 480), "png")));
    QTRY_VERIFY(library.pictures().decoded() > 0);
    QTRY_VERIFY(view.paintsMade() > paints);
    QCOMPARE(heights(), before);
    QCOMPARE(view.layoutsMade(), layouts);
}

void MediaTest::whatIsNotPaintedStandsStill()
{
    // Two frames of one pixel, a hundredth of a second each.
    QByteArray gif("GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff", 19);
    const QByteArray frame("!\xf9\x04\0\x01\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0", 23);
    gif += QByteArray("!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0", 19) + frame + frame + ';';
    QTemporaryDir folder;
    const QString path = written(folder, QStringLiteral("a.gif"), gif);
    MovingPictures moving;
    const auto paint = [&] { return moving.frame({QStringLiteral("a"), path, {}, {9, 9}, 0, false}); };
    connect(&moving, &MovingPictures::changed, &moving, paint); // as a view on screen does
    paint();
    QTRY_VERIFY(moving.shown() > 5);
    moving.disconnect(&moving);
    paint();
    const int shown = moving.shown();
    QTRY_VERIFY(moving.shown() > shown); // what was begun
    QSignalSpy changed(&moving, &MovingPictures::changed);
    QVERIFY(!changed.wait(200)); // then nothing
    paint();
    QTRY_VERIFY(!changed.isEmpty()); // until it is looked at again
}

void MediaTest::filesAreAskedForOnce()
{
    MediaFiles files;
    QSignalSpy asked(&files, &MediaFiles::fetchRequested);
    const auto ref = QStringLiteral("/v0/file/s/big.zip");
    for (int i = 0; i < 3; ++i)
        files.want(ref, 0);
    QTRY_COMPARE(asked.size(), 1);
    files.noteMissing(ref);
    files.want(ref, 0);
    QCOMPARE(files.file(ref).state, MediaFile::State::Missing);
    files.fetch(ref);
    QCOMPARE(asked.size(), 2);
    files.noteProgress(ref, 10, 100);
    QCOMPARE(files.file(ref).done, 10);
    QSignalSpy cancelled(&files, &MediaFiles::cancelRequested);
    files.cancel(ref);
    QCOMPARE(cancelled.size(), 1);
    files.noteProgress(ref, 20, 100); // too late
    QCOMPARE(files.file(ref).state, MediaFile::State::Missing);
}

void MediaTest::theDialogSendsInTheOrderShown()
{
    QTemporaryDir folder;
    Theme theme;
    QWidget window;
    auto *dialog = new SendFilesDialog(theme, QStringLiteral("Ada"), &window);
    QSignalSpy sent(dialog, &SendFilesDialog::sendRequested);
    dialog->add({{written(folder, QStringLiteral("a.txt"), "a"), {}, false},
        {written(folder, QStringLiteral("b.txt"), "b"), {}, false}, {{}, plain(9, 9), false}});
    dialog->show();
    auto *list = dialog->findChild<QListWidget *>(QStringLiteral("sendFilesList"));
    list->setCurrentRow(0);
    QTest::keyClick(list, Qt::Key_Down, Qt::AltModifier);
    list->setCurrentRow(2);
    QTest::keyClick(list, Qt::Key_Delete);
    QCOMPARE(dialog->count(), 2);
    QTest::keyClicks(dialog->findChild<QWidget *>(QStringLiteral("sendFilesCaption")), QStringLiteral("two"));
    QTest::keyClick(dialog->findChild<QWidget *>(QStringLiteral("sendFilesCaption")), Qt::Key_Return);
    QCOMPARE(sent.size(), 1);
    const auto attachments = sent[0][0].value<QList<Attachment>>();
    QCOMPARE(attachments.size(), 2);
    QVERIFY(attachments.at(0).path.endsWith(QStringLiteral("b.txt")));
    QVERIFY(attachments.at(1).path.endsWith(QStringLiteral("a.txt")));
    QCOMPARE(sent[0][1].toString(), QStringLiteral("two"));
}

void MediaTest::theDialogSendsPicturesAsFilesWhenToldSo()
{
    QTemporaryDir folder;
    Theme theme;
    QWidget window;
    auto *dialog = new SendFilesDialog(theme, {}, &window);
    QSignalSpy sent(dialog, &SendFilesDialog::sendRequested);
    dialog->add({{written(folder, QStringLiteral("a.png"), encoded(plain(9, 9), "png")), {}, false}});
    auto *compress = dialog->findChild<QAbstractButton *>(QStringLiteral("sendFilesCompress"));
    QTRY_VERIFY(!compress->isHidden()); // once it is known to be a picture
    compress->click();
    dialog->findChild<QAbstractButton *>(QStringLiteral("sendFilesSend"))->click();
    QVERIFY(sent[0][0].value<QList<Attachment>>().first().asFile);
}

void MediaTest::theLightboxIsDrivenByKeys()
{
    QTemporaryDir folder;
    Theme theme;
    QWidget window;
    window.resize(800, 600);
    window.show();
    auto *lightbox = new Lightbox(theme, &window);
    QSignalSpy steps(lightbox, &Lightbox::stepRequested);
    QSignalSpy saved(lightbox, &Lightbox::saveRequested);
    QSignalSpy closed(lightbox, &Lightbox::closed);
    LightboxItem item;
    item.path = written(folder, QStringLiteral("a.png"), encoded(plain(1600, 900), "png"));
    item.hasOlder = true;
    lightbox->show(item);
    QTRY_VERIFY(!lightbox->pixmap().isNull());
    QCOMPARE(lightbox->size(), window.size());
    QTest::keyClick(lightbox, Qt::Key_Left);
    QTest::keyClick(lightbox, Qt::Key_Right); // there is nothing newer
    QCOMPARE(steps.size(), 1);
    QCOMPARE(steps[0][0].toInt(), -1);
    const auto *zoomOut = lightbox->findChild<QAbstractButton *>(QStringLiteral("lightboxZoomOut"));
    QVERIFY(!zoomOut->isEnabled()); // it is fitted
    QTest::keyClick(lightbox, Qt::Key_Plus);
    QVERIFY(lightbox->place().zoom() > 1);
    QVERIFY(zoomOut->isEnabled());
    QTest::keyClick(lightbox, Qt::Key_Left); // moves the picture instead
    QCOMPARE(steps.size(), 1);
    QTest::keyClick(lightbox, Qt::Key_Minus);
    QCOMPARE(lightbox->place().zoom(), 1);
    for (int i = 0; i < 30; ++i)
        QTest::keyClick(lightbox, Qt::Key_Plus);
    QCOMPARE(lightbox->place().zoom(), ZoomedPicture::kMostZoom);
    QTest::keyClick(lightbox, Qt::Key_0);
    QCOMPARE(lightbox->place().zoom(), 1);
    QTest::keyClick(lightbox, Qt::Key_R);
    QCOMPARE(lightbox->place().rotation(), 90);
    QTest::keyClick(lightbox, Qt::Key_Plus);
    QTest::keyClick(lightbox, Qt::Key_R);
    QVERIFY(!zoomOut->isEnabled()); // fitted again
    QTest::keyClick(lightbox, Qt::Key_S, Qt::ControlModifier);
    QCOMPARE(saved.size(), 1);
    QTest::keyClick(lightbox, Qt::Key_Escape);
    QCOMPARE(closed.size(), 1);
}

void MediaTest::aVoiceNoteIsRecordedAndSent()
{
    RecordingComposer with;
    emit with.composer.recordRequested();
    auto *panel = with.composer.findChild<VoicePanel *>();
    QVERIFY(panel);
    emit with.composer.recordReleased(); // a click: it goes on
    QCOMPARE(with.composer.findChild<VoicePanel *>(), panel);
    emit with.recorder->levelChanged(0.5);
    emit with.recorder->durationChanged(2500);
    QTest::keyClick(panel, Qt::Key_Return);
    QTRY_COMPARE(with.sent.size(), 1);
    const auto message = with.sent[0][1].value<OutgoingMessage>();
    const auto *audio = std::get_if<wire::Audio>(&message.content.entities().first());
    QVERIFY(audio);
    QCOMPARE(audio->duration, 2500);
    QCOMPARE(audio->bars(), QByteArray("\x10\x20\x64", 3));
    QCOMPARE(audio->source.mime, QStringLiteral("audio/mp4"));
    QVERIFY(QFile::exists(with.folder.filePath(message.uploads.first().id)));
    QVERIFY(!QFile::exists(with.recorder->path));
}

void MediaTest::escThrowsARecordingAway()
{
    RecordingComposer with;
    QSignalSpy problem(&with.sender, &MediaSender::problem);
    emit with.composer.recordRequested();
    QTest::keyClick(with.composer.findChild<VoicePanel *>(), Qt::Key_Escape);
    QVERIFY(with.recorder->cancelled);
    QVERIFY(with.sent.isEmpty());
    // One that was too short says so.
    with.recorder->duration = 100;
    emit with.composer.recordRequested();
    QTest::keyClick(with.composer.findChild<VoicePanel *>(), Qt::Key_Return);
    QTRY_COMPARE(problem.size(), 1);
    QVERIFY(with.sent.isEmpty());
}

void MediaTest::voiceIsPlayedSoughtAndHurried()
{
    VoicePlayer voice;
    auto *player = new FakePlayer;
    voice.setPlayer(player);
    QSignalSpy ended(&voice, &VoicePlayer::ended);
    voice.toggle(QStringLiteral("a"), QStringLiteral("/a"), 10'000);
    QVERIFY(voice.isPlaying(QStringLiteral("a")));
    voice.seek(QStringLiteral("a"), 0.25);
    voice.seek(QStringLiteral("b"), 0.5); // not the one
    QCOMPARE(player->calls,
        (QStringList{QStringLiteral("load /a"), QStringLiteral("play"), QStringLiteral("seek 2500")}));
    emit player->positionChanged(5'000);
    QCOMPARE(voice.progress(), 0.5);
    voice.cycleRate();
    QCOMPARE(player->rate, 1.5);
    voice.toggle(QStringLiteral("a"), QStringLiteral("/a"), 10'000);
    QVERIFY(voice.isCurrent(QStringLiteral("a")) && !voice.isPlaying(QStringLiteral("a")));
    emit player->ended();
    QCOMPARE(ended.size(), 1);
    QCOMPARE(ended[0][0].toString(), QStringLiteral("a"));
    QVERIFY(!voice.isCurrent(QStringLiteral("a")));
}

void MediaTest::aContactBecomesACard()
{
    wire::Contact contact;
    contact.card.name = QStringLiteral("Ada; Countess");
    contact.phones = {QStringLiteral("+1234")};
    const QByteArray card = vCardOf(contact);
    QVERIFY(card.startsWith("BEGIN:VCARD\r\n") && card.endsWith("END:VCARD\r\n"));
    QVERIFY(card.contains("FN:Ada\\; Countess\r\n"));
    QVERIFY(card.contains("TEL:+1234\r\n"));
}

CONFAB_GATED_MAIN(MediaTest)
#include "tst_media.moc"
