#include "stallgate.h"
#include "widgets/media/picturedecoder.h"

#include <QBuffer>
#include <QFile>
#include <QImageWriter>
#include <QTest>

#include <functional>
#include <malloc.h>

using namespace confab;

namespace {

constexpr qint64 kMost = 64 * 1024 * 1024; // of memory, for any picture (reliability.md T12)
constexpr QSize kShown(320, 320);

QByteArray big32(quint32 number)
{
    QByteArray bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes += char(number >> shift);
    return bytes;
}

QByteArray little(quint32 number, int bytes)
{
    QByteArray result;
    for (int i = 0; i < bytes; ++i)
        result += char(number >> (8 * i));
    return result;
}

/// Zeros, as zlib packs them: a thousand of them in one byte.
QByteArray packedZeros(qsizetype count)
{
    return qCompress(QByteArray(count, '\0'), 1).mid(4); // behind the size that Qt puts before it
}

quint32 crcOf(const QByteArray &bytes)
{
    quint32 crc = 0xffff'ffffU;
    for (const char byte : bytes) {
        crc ^= uchar(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1U) ? 0xedb8'8320U : 0U);
    }
    return ~crc;
}

QByteArray chunk(const char *name, const QByteArray &data)
{
    const QByteArray body = QByteArray(name, 4) + data;
    return big32(quint32(data.size())) + body + big32(crcOf(body));
}

const QByteArray kPngStart("\x89PNG\r\n\x1a\n", 8);

QByteArray header(quint32 width, quint32 height, int depth, int type, bool interlaced)
{
    QByteArray data = big32(width) + big32(height);
    data += char(depth);
    data += char(type);
    data += QByteArray(2, '\0');
    data += char(interlaced);
    return chunk("IHDR", data);
}

int channels(int type)
{
    switch (type) {
    case 2:
        return 3;
    case 4:
        return 2;
    case 6:
        return 4;
    default:
        return 1;
    }
}

/// Bytes of all lines with their filter bytes, in the seven passes if it is interlaced.
qsizetype dataSize(int width, int height, int bits, bool interlaced)
{
    const auto lines = [bits](qsizetype columns, qsizetype rows) {
        return columns == 0 ? 0 : rows * (1 + (columns * bits + 7) / 8);
    };
    if (!interlaced)
        return lines(width, height);
    constexpr int kPasses[7][4]
        = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};
    qsizetype size = 0;
    for (const auto &[x, y, dx, dy] : kPasses)
        size += lines((width - x + dx - 1) / dx, (height - y + dy - 1) / dy);
    return size;
}

/// A whole PNG of one colour, `more` standing before its data.
QByteArray png(int width, int height, int depth, int type, bool interlaced, const QByteArray &more = {})
{
    QByteArray bytes = kPngStart + header(quint32(width), quint32(height), depth, type, interlaced);
    if (type == 3)
        bytes += chunk("PLTE", QByteArray(3, '\x7f'));
    bytes += more;
    const qsizetype size = dataSize(width, height, depth * channels(type), interlaced);
    return bytes + chunk("IDAT", packedZeros(size)) + chunk("IEND", {});
}

QByteArray pngHead(quint32 width, quint32 height)
{
    return kPngStart + header(width, height, 8, 2, false);
}

QByteArray jpegHead(int width, int height, char frame)
{
    QByteArray bytes("\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0", 20);
    bytes += QByteArray("\xff", 1) + frame + QByteArray("\x00\x11\x08", 3);
    for (const int number : {height, width}) {
        bytes += char(number >> 8);
        bytes += char(number);
    }
    return bytes + QByteArray("\x03\x01\x22\0\x02\x11\x01\x03\x11\x01", 10);
}

QByteArray jpeg(int width, int height, QImage::Format format, bool progressive)
{
    QImage image(width, height, format);
    image.fill(0x7f7f7f);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    QImageWriter writer(&buffer, "jpeg");
    writer.setProgressiveScanWrite(progressive);
    writer.write(image);
    return bytes;
}

/// With so many blocks of one kind, as large as they can be, behind its start.
QByteArray jpegWithBlocks(char marker, const QByteArray &start, int count)
{
    QByteArray blocks;
    for (int i = 0; i < count; ++i) {
        const QByteArray data = start + QByteArray(65'533 - start.size(), '\x01');
        blocks += QByteArray("\xff", 1) + marker + QByteArray("\xff\xff", 2) + data;
    }
    return jpeg(40, 40, QImage::Format_RGB32, false).insert(2, blocks);
}

QByteArray gifStart(int width, int height)
{
    return "GIF89a" + little(quint32(width), 2) + little(quint32(height), 2)
        + QByteArray("\xf0\0\0\0\0\0\xff\xff\xff", 9);
}

/// A frame whose data ends at once; `disposal` 3: what was there before comes back after it.
QByteArray gifFrame(int x, int y, int width, int height, int disposal)
{
    QByteArray frame("\x21\xf9\x04", 3);
    frame += char(disposal << 2);
    frame += QByteArray("\x01\0\0\0", 4);
    frame += ',' + little(quint32(x), 2) + little(quint32(y), 2) + little(quint32(width), 2)
        + little(quint32(height), 2);
    return frame + QByteArray("\0\x02\x02\x44\x01\0", 6);
}

QByteArray webpCanvas(quint32 width, quint32 height, bool moves)
{
    QByteArray vp8x("VP8X\x0a\0\0\0", 8);
    vp8x += char(moves ? 2 : 0);
    vp8x += QByteArray(3, '\0') + little(width - 1, 3) + little(height - 1, 3);
    if (moves)
        vp8x += QByteArray("ANIM\x06\0\0\0\0\0\0\0\0\0", 14);
    return "RIFF" + little(quint32(vp8x.size() + 4), 4) + "WEBP" + vp8x;
}

/// VP8L and VP8 with nothing behind their sizes.
QByteArray webpStill(quint32 width, quint32 height, bool lossless)
{
    QByteArray data;
    if (lossless)
        data = QByteArray("\x2f", 1) + little((width - 1) | ((height - 1) << 14), 4);
    else
        data = QByteArray("\x10\0\0\x9d\x01\x2a", 6) + little(width, 2) + little(height, 2);
    data += QByteArray(64, '\0');
    const QByteArray body = (lossless ? "VP8L" : "VP8 ") + little(quint32(data.size()), 4) + data;
    return "RIFF" + little(quint32(body.size() + 4), 4) + "WEBP" + body;
}

qint64 memory(const char *field)
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith(field))
            return line.mid(int(qstrlen(field))).trimmed().split(' ').value(0).toLongLong() * 1024;
    }
    return 0;
}

/// The highest mark of memory counts from here; false where the system cannot do that.
bool forgetPeak()
{
    malloc_trim(0);
    QFile references(QStringLiteral("/proc/self/clear_refs"));
    return references.open(QIODevice::WriteOnly | QIODevice::Unbuffered)
        && references.write("5") == 1;
}

}

/// A hundred files that are made to be costly: each is shown or not, but takes no more than its share of
/// memory, and never ends the program.
class PictureBombsTest : public QObject
{
    Q_OBJECT

private slots:
    void costNoMoreThanTheirShare_data();
    void costNoMoreThanTheirShare();

private:
    enum Outcome { Either, Refused, Shown };
    void addHeads();
    void addWholePngs();
    void addPngsWithMore();
    void addJpegs();
    void addGifs();
    void addWebps();
    void addOthers();
    /// Bytes are made as late as they are needed: together they would not fit.
    void add(const QString &name, Outcome outcome, const std::function<QByteArray()> &make);

    QList<std::function<QByteArray()>> m_makers;
};

void PictureBombsTest::add(
    const QString &name, Outcome outcome, const std::function<QByteArray()> &make)
{
    QTest::newRow(qPrintable(name)) << int(m_makers.size()) << int(outcome);
    m_makers.append(make);
}

void PictureBombsTest::costNoMoreThanTheirShare_data()
{
    QTest::addColumn<int>("maker");
    QTest::addColumn<int>("outcome");
    m_makers.clear();
    addHeads();
    addWholePngs();
    addPngsWithMore();
    addJpegs();
    addGifs();
    addWebps();
    addOthers();
    QVERIFY(m_makers.size() >= 100);
}

/// What their first bytes promise is enough to leave them alone.
void PictureBombsTest::addHeads()
{
    const QList<QPair<quint32, quint32>> pngs{{50'000, 50'000}, {0x8000'0000U, 0x8000'0000U},
        {0x7fff'ffffU, 1}, {1, 0x7fff'ffffU}, {0, 100}, {100, 0}, {1, 16'000'000}, {16'385, 1},
        {8'000, 8'000}, {16'384, 16'384}, {4'001, 4'000}};
    for (const auto &[width, height] : pngs)
        add(QStringLiteral("head of a png of %1 x %2").arg(width).arg(height), Refused,
            [=] { return pngHead(width, height); });
    for (const char frame : {'\xc0', '\xc1', '\xc2', '\xc3', '\xc9', '\xca'})
        add(QStringLiteral("head of a jpeg, frame %1").arg(int(uchar(frame)), 0, 16), Refused,
            [=] { return jpegHead(65'535, 65'535, frame); });
    add(QStringLiteral("head of a progressive jpeg of 16 Mpx"), Refused,
        [] { return jpegHead(4'000, 4'000, '\xc2'); });
    add(QStringLiteral("head of a jpeg without height"), Refused,
        [] { return jpegHead(4'000, 0, '\xc0'); });
    add(QStringLiteral("head of a gif of 65,535 x 65,535"), Refused,
        [] { return gifStart(65'535, 65'535); });
    for (const bool moves : {false, true})
        add(QStringLiteral("canvas of a webp of 16,384 x 16,384, moving %1").arg(moves), Refused,
            [=] { return webpCanvas(16'384, 16'384, moves); });
    for (const bool lossless : {false, true})
        add(QStringLiteral("head of a webp of 16,383 x 16,383, lossless %1").arg(lossless), Refused,
            [=] { return webpStill(16'383, 16'383, lossless); });
}

/// As large as they may be, of every kind.
void PictureBombsTest::addWholePngs()
{
    struct Kind {
        int depth;
        int type;
    };
    constexpr Kind kKinds[] = {{1, 0}, {2, 0}, {4, 0}, {8, 0}, {16, 0}, {8, 2}, {16, 2}, {1, 3}, {2, 3},
        {4, 3}, {8, 3}, {8, 4}, {16, 4}, {8, 6}, {16, 6}};
    for (const Kind &kind : kKinds) {
        for (const bool interlaced : {false, true}) {
            const bool isSimple = !interlaced && (kind.type == 2 || kind.type == 6);
            const int side = kind.depth == 16 ? 2'000 : isSimple ? 4'000 : 2'800;
            const QString name = QStringLiteral("png of %1 x %1, depth %2, type %3, interlaced %4")
                                     .arg(side)
                                     .arg(kind.depth)
                                     .arg(kind.type)
                                     .arg(interlaced);
            add(name, Shown, [=] { return png(side, side, kind.depth, kind.type, interlaced); });
            add(name + QStringLiteral(", a little larger"), Refused,
                [=] { return png(side + 50, side + 50, kind.depth, kind.type, interlaced); });
        }
    }
    add(QStringLiteral("png of one line"), Either, [] { return png(16'384, 1, 8, 6, false); });
    add(QStringLiteral("png of one column"), Either, [] { return png(1, 16'384, 8, 6, false); });
}

void PictureBombsTest::addPngsWithMore()
{
    constexpr qsizetype kLots = 200'000'000;
    const auto with = [this](const QString &name, const std::function<QByteArray()> &more) {
        add(QStringLiteral("png with ") + name, Either, [=] { return png(10, 10, 8, 2, false, more()); });
    };
    with(QStringLiteral("200 MB of packed text"),
        [] { return chunk("zTXt", QByteArray("Comment\0\0", 9) + packedZeros(kLots)); });
    with(QStringLiteral("200 MB of packed text in many languages"), [] {
        return chunk("iTXt", QByteArray("Comment\0\x01\0\0\0", 12) + packedZeros(kLots));
    });
    with(QStringLiteral("a colour profile of 200 MB"),
        [] { return chunk("iCCP", QByteArray("p\0\0", 3) + packedZeros(kLots)); });
    with(QStringLiteral("20,000 texts"),
        [] { return chunk("tEXt", QByteArray("Comment\0words", 13)).repeated(20'000); });
    with(QStringLiteral("1,000 packed texts"), [] {
        return chunk("zTXt", QByteArray("Comment\0\0", 9) + packedZeros(1'000'000)).repeated(1'000);
    });
    with(QStringLiteral("20,000 suggested palettes"),
        [] { return chunk("sPLT", QByteArray("p\0\x08", 3) + QByteArray(60, '\1')).repeated(20'000); });
    with(QStringLiteral("a second head"), [] { return header(16'000, 16'000, 16, 6, true); });
    with(QStringLiteral("200 MB too much data"), [] { return chunk("IDAT", packedZeros(kLots)); });
    with(QStringLiteral("a chunk of 4 GiB"), [] { return big32(0xffff'ffffU) + "tEXt"; });
    with(QStringLiteral("a chunk of 2 GiB"), [] { return big32(0x7fff'ffffU) + "zTXt"; });
    with(QStringLiteral("10,000 frames"), [] {
        return chunk("acTL", big32(10'000) + big32(0))
            + chunk("fcTL", QByteArray(26, '\0')).repeated(10'000);
    });
    add(QStringLiteral("png without data"), Refused, [] {
        return kPngStart + header(4'000, 4'000, 8, 2, false) + chunk("IEND", {});
    });
    add(QStringLiteral("png without a palette"), Either, [] {
        return kPngStart + header(4'000, 4'000, 8, 3, false)
            + chunk("IDAT", packedZeros(4'001 * 4'000)) + chunk("IEND", {});
    });
    add(QStringLiteral("png of a depth that is none"), Either,
        [] { return kPngStart + header(4'000, 4'000, 7, 5, false); });
    for (const int share : {1, 30, 60, 99})
        add(QStringLiteral("png cut at %1 %").arg(share), Either, [=] {
            const QByteArray bytes = png(4'000, 4'000, 8, 6, false);
            return bytes.left(bytes.size() * share / 100);
        });
}

void PictureBombsTest::addJpegs()
{
    add(QStringLiteral("jpeg of 40 Mpx"), Shown,
        [] { return jpeg(6'320, 6'320, QImage::Format_RGB32, false); });
    add(QStringLiteral("grey jpeg of 40 Mpx"), Shown,
        [] { return jpeg(6'320, 6'320, QImage::Format_Grayscale8, false); });
    add(QStringLiteral("jpeg of 41 Mpx"), Refused,
        [] { return jpeg(6'410, 6'410, QImage::Format_RGB32, false); });
    add(QStringLiteral("progressive jpeg of 10 Mpx"), Shown,
        [] { return jpeg(3'160, 3'160, QImage::Format_RGB32, true); });
    add(QStringLiteral("grey progressive jpeg of 10 Mpx"), Shown,
        [] { return jpeg(3'160, 3'160, QImage::Format_Grayscale8, true); });
    add(QStringLiteral("jpeg with 15 blocks of Exif"), Either,
        [] { return jpegWithBlocks('\xe1', QByteArray("Exif\0\0", 6), 15); });
    add(QStringLiteral("jpeg with 300 blocks of Exif"), Either,
        [] { return jpegWithBlocks('\xe1', QByteArray("Exif\0\0", 6), 300); });
    add(QStringLiteral("jpeg with a colour profile of 16 MB"), Either,
        [] { return jpegWithBlocks('\xe2', QByteArray("ICC_PROFILE\0\1\xff", 14), 255); });
    add(QStringLiteral("jpeg with 300 comments"), Either,
        [] { return jpegWithBlocks('\xfe', {}, 300); });
    add(QStringLiteral("jpeg of markers without end"), Refused,
        [] { return QByteArray("\xff\xd8", 2) + QByteArray(1'000'000, '\xff'); });
    for (const int share : {10, 50, 95})
        add(QStringLiteral("progressive jpeg cut at %1 %").arg(share), Either, [=] {
            const QByteArray bytes = jpeg(3'160, 3'160, QImage::Format_RGB32, true);
            return bytes.left(bytes.size() * share / 100);
        });
}

void PictureBombsTest::addGifs()
{
    add(QStringLiteral("gif of 16 Mpx with a frame"), Either,
        [] { return gifStart(4'000, 4'000) + gifFrame(0, 0, 4'000, 4'000, 0) + ';'; });
    add(QStringLiteral("gif of 10,000 frames"), Either,
        [] { return gifStart(10, 10) + gifFrame(0, 0, 1, 1, 2).repeated(10'000) + ';'; });
    for (const int disposal : {1, 2, 3})
        add(QStringLiteral("gif of 100 frames of 16 Mpx, disposal %1").arg(disposal), Either, [=] {
            return gifStart(4'000, 4'000) + gifFrame(0, 0, 4'000, 4'000, disposal).repeated(100) + ';';
        });
    add(QStringLiteral("gif with a frame larger than itself"), Either,
        [] { return gifStart(10, 10) + gifFrame(0, 0, 65'535, 65'535, 0) + ';'; });
    add(QStringLiteral("gif with a frame beside itself"), Either,
        [] { return gifStart(10, 10) + gifFrame(65'000, 65'000, 500, 500, 3) + ';'; });
    add(QStringLiteral("gif of no size with a large frame"), Either,
        [] { return gifStart(0, 0) + gifFrame(0, 0, 65'535, 65'535, 0) + ';'; });
    add(QStringLiteral("gif of comments"), Either, [] {
        return gifStart(10, 10) + QByteArray("\x21\xfe", 2)
            + (QByteArray("\xff", 1) + QByteArray(255, 'c')).repeated(40'000);
    });
}

void PictureBombsTest::addWebps()
{
    for (const bool lossless : {false, true})
        add(QStringLiteral("webp of 16 Mpx without data, lossless %1").arg(lossless), Refused,
            [=] { return webpStill(4'000, 4'000, lossless); });
    add(QStringLiteral("canvas of a webp of 16 Mpx"), Refused,
        [] { return webpCanvas(4'000, 4'000, false); });
    add(QStringLiteral("webp of 1,000 frames"), Either, [] {
        const QByteArray frame = "ANMF" + little(24, 4) + QByteArray(24, '\0');
        return webpCanvas(4'000, 4'000, true) + frame.repeated(1'000);
    });
}

/// Of kinds that are not decoded, whatever they are called.
void PictureBombsTest::addOthers()
{
    const QList<QPair<QString, QByteArray>> files{
        {QStringLiteral("svg"), "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"},
        {QStringLiteral("svg behind a declaration"), "<?xml version='1.0'?><svg/>"},
        {QStringLiteral("svg that takes in a file"),
            "<svg><image href='file:///etc/passwd' width='9' height='9'/></svg>"},
        {QStringLiteral("entities of entities"),
            "<!DOCTYPE s [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>"},
        {QStringLiteral("packed svg"), QByteArray("\x1f\x8b\x08\0", 4)},
        {QStringLiteral("ico"), QByteArray("\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0\0\0", 16)},
        {QStringLiteral("cursor"), QByteArray("\0\0\x02\0\x01\0\x10\x10\0\0\x01\0\x20\0\0\0", 16)},
        {QStringLiteral("bmp"), QByteArray("BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0", 18)},
        {QStringLiteral("tiff"), QByteArray("II*\0\x08\0\0\0", 8)},
        {QStringLiteral("icns"), QByteArray("icns\0\0\0\x10", 8)},
        {QStringLiteral("xpm"), "/* XPM */ static char *x[] = {\"9999 9999 2 1\"};"},
        {QStringLiteral("xbm"), "#define x_width 30000\n#define x_height 30000\n"},
        {QStringLiteral("ppm"), "P6 30000 30000 255\n"},
        {QStringLiteral("pdf"), "%PDF-1.7"},
        {QStringLiteral("page"), "<html><img src='http://127.0.0.1/'></html>"},
        {QStringLiteral("heic"), QByteArray("\0\0\0\x18" "ftypheic", 12)},
        {QStringLiteral("avif"), QByteArray("\0\0\0\x18" "ftypavif", 12)},
        {QStringLiteral("jpeg 2000"), QByteArray("\0\0\0\x0cjP  \r\n\x87\n", 12)},
        {QStringLiteral("photoshop"), QByteArray("8BPS\0\x01\0\0\0\0\0\0\0\x03", 14)},
        {QStringLiteral("mng"), QByteArray("\x8aMNG\r\n\x1a\n", 8)},
        {QStringLiteral("nothing"), QByteArray()},
        {QStringLiteral("the start of a png"), kPngStart},
        {QStringLiteral("the start of a gif"), "GIF89a"},
        {QStringLiteral("the start of a webp"), QByteArray("RIFF\xff\xff\xff\xffWEBP", 12)},
    };
    for (const auto &[name, bytes] : files)
        add(name, Refused, [bytes = bytes] { return bytes; });
    add(QStringLiteral("zeros"), Refused, [] { return QByteArray(10'000'000, '\0'); });
}

void PictureBombsTest::costNoMoreThanTheirShare()
{
    QFETCH(int, maker);
    QFETCH(int, outcome);
    QByteArray bytes = m_makers.at(maker)();
    QBuffer buffer(&bytes);
    QVERIFY(buffer.open(QIODevice::ReadOnly));
    if (!forgetPeak())
        QSKIP("This system does not tell how much memory was used in between.");
    const qint64 before = memory("VmRSS:");
    const QImage image = decodePicture(buffer, kShown);
    const qint64 more = memory("VmHWM:") - before;
    QVERIFY2(more <= kMost, qPrintable(QStringLiteral("%1 MiB").arg(double(more) / 1024 / 1024)));
    QVERIFY(image.width() <= kShown.width() && image.height() <= kShown.height());
    if (outcome != Either)
        QCOMPARE(image.isNull(), outcome == Refused);
}

CONFAB_GATED_MAIN(PictureBombsTest)
#include "tst_picturebombs.moc"
