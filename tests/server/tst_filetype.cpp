#include "server/files/fileid.h"
#include "server/files/filetype.h"

#include <QSet>
#include <QTest>

using namespace confab::server;

class TestFileType : public QObject
{
    Q_OBJECT

private slots:
    void t28SniffsContentAndShowsOnlyMedia_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<QByteArray>("mime");
        QTest::addColumn<bool>("isShown");
        const auto row = [](const char *name, const QByteArray &head, const char *mime, bool shown) {
            QTest::newRow(name) << head << QByteArray(mime) << shown;
        };
        const QByteArray length("\0\0\0\x20", 4);
        row("png", "\x89PNG\r\n\x1a\n rest", "image/png", true);
        row("jpeg", "\xff\xd8\xff\xe0", "image/jpeg", true);
        row("gif", "GIF89a", "image/gif", true);
        row("webp", QByteArray("RIFF1234WEBPVP8"), "image/webp", true);
        row("wav", QByteArray("RIFF1234WAVEfmt"), "audio/wav", true);
        row("mp3 with tags", "ID3\x03", "audio/mpeg", true);
        row("ogg", QByteArray("OggS\0\x02", 6), "audio/ogg", true);
        row("mp4", length + "ftypisom", "video/mp4", true);
        row("m4a", length + "ftypM4A ", "audio/mp4", true);
        row("mov", length + "ftypqt  ", "video/quicktime", true);
        row("webm", QByteArray("\x1a\x45\xdf\xa3 \x42\x82\x84webm"), "video/webm", true);
        row("pdf", "%PDF-1.7", "application/pdf", false);
        row("zip", "PK\x03\x04", "application/zip", false);
        row("nothing", "", "application/octet-stream", false);
        for (const char *markup : {"<!DOCTYPE html><script>", "<html>", "<svg xmlns=", "<?xml ",
                 "\xef\xbb\xbf<svg", "  <script>", "text", "#!/bin/sh", "MZ", "\x7f""ELF",
                 "<<<GIF89a", "RIFF1234AVI ", "[Desktop Entry]"})
            row(markup, markup, "application/octet-stream", false);
    }
    void t28SniffsContentAndShowsOnlyMedia()
    {
        QFETCH(QByteArray, head);
        const FileType type = sniffFileType(head);
        QTEST(type.mime, "mime");
        QTEST(type.isShown, "isShown");
        QVERIFY(fileTypeNamed(type.mime) == type);
        for (qsizetype size = 0; size < head.size(); ++size) // never reads past the end
            sniffFileType(head.left(size));
    }

    void anUnknownNameIsUnknownContent()
    {
        QCOMPARE(fileTypeNamed("text/html").mime, QByteArray("application/octet-stream"));
        QVERIFY(!fileTypeNamed("text/html").isShown);
    }

    void t27IdsAreRandomAndNothingElsePasses()
    {
        QSet<QString> ids;
        for (int i = 0; i < 1000; ++i)
            ids.insert(randomFileId());
        QCOMPARE(ids.size(), 1000);
        for (const QString &id : std::as_const(ids)) {
            QVERIFY(isFileId(id));
            QCOMPARE(fileIdOfUrl(fileUrl(id, QStringLiteral(".png"))), id);
            QCOMPARE(fileIdOfUrl(fileUrl(id, {})), id);
        }
    }

    void t27UrlsThatLeadElsewhereNameNoFile_data()
    {
        QTest::addColumn<QString>("rest");
        for (const char *rest : {"", "..", "../key", "..%2f..%2fkey", "%00", "%c0%ae%c0%ae/key",
                 "abc", "aaaaaaaaaaaaaaaaaaaaaa/..", "aaaaaaaaaaaaaaaaaaaaa/", "/etc/passwd",
                 "aaaaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaaaaaaa%", "\\..\\key"})
            QTest::newRow(rest) << QString::fromLatin1(rest);
        QTest::newRow("NUL") << QString(QLatin1String("aaaaaaaaaaaaaaaaaaaaa") + QChar(0));
    }
    void t27UrlsThatLeadElsewhereNameNoFile()
    {
        QFETCH(QString, rest);
        QCOMPARE(fileIdOfUrl(QLatin1String("/v0/file/s/") + rest), QString());
    }
};

QTEST_GUILESS_MAIN(TestFileType)
#include "tst_filetype.moc"
