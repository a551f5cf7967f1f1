#include "sound/filmreader.h"
#include "sound/voicenote.h"
#include "wire/media/filekind.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <numbers>

using namespace confab;

namespace {

constexpr int kRate = 48'000;

/// A tone that grows from silence.
QList<float> tone(int milliseconds)
{
    QList<float> samples(qsizetype(kRate) * milliseconds / 1000);
    for (qsizetype i = 0; i < samples.size(); ++i) {
        const double grown = double(i) / double(samples.size());
        samples[i] = float(grown * std::sin(2 * std::numbers::pi * 440 * double(i) / kRate));
    }
    return samples;
}

}

/// Voice notes as files that other clients play.
class VoiceNoteTest : public QObject
{
    Q_OBJECT

private slots:
    void aToneBecomesAnMpeg4File();
    void loudnessIsToldInBars();
    void aFolderThatIsNotThereIsAnError();
    void whatIsNoFilmIsNone_data();
    void whatIsNoFilmIsNone();
};

void VoiceNoteTest::aToneBecomesAnMpeg4File()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("voice"));
    VoiceNote note;
    QVERIFY(note.open(path, kRate));
    const QList<float> samples = tone(3000);
    for (qsizetype at = 0; at < samples.size(); at += 700) // as a microphone gives them
        QVERIFY(note.add(samples.mid(at, 700)));
    QVERIFY(note.finish());
    QCOMPARE(note.duration(), 3000);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    QVERIFY(wire::isPlayable(bytes));
    QVERIFY(bytes.contains("mp4a"));
    QVERIFY(bytes.indexOf("moov") < bytes.indexOf("mdat")); // plays while it comes
    QVERIFY(bytes.size() < 3 * 48'000 / 8 + 8'000);
    QVERIFY(!bytes.contains(QFile::encodeName(folder.path())));
    const FilmContents contents = readFilmFile(path);
    QVERIFY(contents.size.isEmpty()); // no film
    QVERIFY(qAbs(contents.duration - 3000) < 100);
}

void VoiceNoteTest::loudnessIsToldInBars()
{
    QTemporaryDir folder;
    VoiceNote note;
    QVERIFY(note.open(folder.filePath(QStringLiteral("voice")), kRate));
    QVERIFY(note.add(tone(20'000)));
    QVERIFY(note.finish());
    const QByteArray bars = note.bars();
    QCOMPARE(bars.size(), VoiceNote::kBars);
    QVERIFY(bars.front() < 20);
    QVERIFY(bars.back() > 80 && bars.back() <= 100);
    QVERIFY(std::is_sorted(bars.begin(), bars.end()));
    QCOMPARE(VoiceNote::levelOf(QList<float>(100, 0)), 0);
    QCOMPARE(VoiceNote::levelOf({}), 0);
}

void VoiceNoteTest::aFolderThatIsNotThereIsAnError()
{
    VoiceNote note;
    QVERIFY(!note.open(QStringLiteral("/nowhere/at/all"), kRate));
    QVERIFY(!note.add(tone(10)));
    QVERIFY(!note.finish());
}

void VoiceNoteTest::whatIsNoFilmIsNone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("words") << QByteArray("film? no.");
    QTest::newRow("a list of other places") << QByteArray("#EXTM3U\nhttp://127.0.0.1:1/x.mp4\n");
    QTest::newRow("a list with a name of MPEG-4")
        << QByteArray("ffconcat version 1.0\nfile /etc/passwd\n");
    QTest::newRow("a head and no body") << QByteArray("\0\0\0\x18" "ftypmp42\0\0\0\0mp42isom", 24);
}

void VoiceNoteTest::whatIsNoFilmIsNone()
{
    QFETCH(QByteArray, bytes);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("film.mp4")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    file.close();
    const FilmContents contents = readFilmFile(file.fileName());
    QVERIFY(contents.size.isEmpty());
    QVERIFY(contents.poster.isNull());
}

QTEST_GUILESS_MAIN(VoiceNoteTest)
#include "tst_voicenote.moc"
