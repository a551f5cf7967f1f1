#include "server/files/multipart.h"

#include <QTest>

using confab::server::Multipart;

namespace {

/// Writes down what it is told, joining the pieces of a part.
class Recorder : public Multipart::Handler
{
public:
    bool partBegan(const Multipart::Part &part) override
    {
        parts.append({part.name, part.isFile, {}});
        return part.name != "refused";
    }
    bool partData(const QByteArray &bytes) override
    {
        largestPiece = std::max(largestPiece, bytes.size());
        parts.last().content += bytes;
        return true;
    }
    bool partEnded() override
    {
        ++ended;
        return true;
    }

    struct Part {
        QByteArray name;
        bool isFile;
        QByteArray content;
        bool operator==(const Part &) const = default;
    };
    QList<Part> parts;
    int ended = 0;
    qsizetype largestPiece = 0;
};

QByteArray part(const QByteArray &disposition, const QByteArray &content)
{
    return "--XX\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
}

}

class TestMultipart : public QObject
{
    Q_OBJECT

private slots:
    void readsAFormHoweverItIsCut()
    {
        const QByteArray tricky = "\r\n--X\r\n--XY\r--XX\n\r\n-";
        const QByteArray body = part("name=\"id\"", "17")
            + part("filename=\"a;name=b\\\".txt\"; name=\"file\"", tricky) + part("name=empty", "")
            + "--XX--\r\nwhatever follows";
        const QList<Recorder::Part> expected{
            {"id", false, "17"}, {"file", true, tricky}, {"empty", false, ""}};
        for (qsizetype piece = 1; piece <= body.size(); ++piece) {
            Recorder recorder;
            Multipart form("XX", recorder);
            for (qsizetype at = 0; at < body.size(); at += piece)
                form.feed(body.mid(at, piece));
            QCOMPARE(form.state(), Multipart::State::Complete);
            QVERIFY(recorder.parts == expected);
            QCOMPARE(recorder.ended, 3);
        }
    }

    void handsALargeFileOnAsItComes()
    {
        Recorder recorder;
        Multipart form("XX", recorder);
        form.feed("--XX\r\nContent-Disposition: form-data; name=file; filename=x\r\n\r\n");
        const QByteArray piece(10'000, 'a');
        for (int i = 1; i <= 100; ++i) {
            form.feed(piece);
            QVERIFY(recorder.parts.last().content.size() > i * piece.size() - 16);
        }
        QVERIFY(recorder.largestPiece <= piece.size() + 16);
        QCOMPARE(form.feed("\r\n--XX--"), Multipart::State::Complete);
        QCOMPARE(recorder.parts.last().content.size(), 1'000'000);
    }

    void anUnfinishedFormIsNotComplete()
    {
        const QByteArray body = part("name=id", "17") + "--XX--";
        for (qsizetype size = 0; size < body.size(); ++size) {
            Recorder recorder;
            Multipart form("XX", recorder);
            QCOMPARE(form.feed(body.left(size)), Multipart::State::Reading);
        }
    }

    void refusesWhatIsNoForm_data()
    {
        QTest::addColumn<QByteArray>("body");
        const auto row = [](const char *name, const QByteArray &body) { QTest::newRow(name) << body; };
        row("something before the first boundary", "hello\r\n" + part("name=a", "b"));
        row("another boundary", "--YY\r\nContent-Disposition: form-data; name=a\r\n\r\nb\r\n--YY--");
        row("no disposition", "--XX\r\nContent-Type: text/plain\r\n\r\nb\r\n--XX--");
        row("no name", part("filename=x", "b"));
        row("an empty name", part("name=\"\"", "b"));
        row("a name that is not closed", part("name=\"a", "b"));
        row("two dispositions",
            "--XX\r\nContent-Disposition: form-data; name=a\r\n"
            "Content-Disposition: form-data; name=b\r\n\r\nb");
        row("an attachment", "--XX\r\nContent-Disposition: attachment; name=a\r\n\r\nb");
        row("an endless head", "--XX\r\nX: " + QByteArray(5000, 'a'));
        row("garbage after a boundary", "--XXgarbage\r\n");
        QByteArray many;
        for (int i = 0; i < 20; ++i)
            many += part("name=a", "b");
        row("too many parts", many);
    }
    void refusesWhatIsNoForm()
    {
        QFETCH(QByteArray, body);
        Recorder recorder;
        Multipart form("XX", recorder);
        QCOMPARE(form.feed(body), Multipart::State::Malformed);
        QCOMPARE(form.feed("--XX--"), Multipart::State::Malformed);
    }

    void stopsWhenItsHandlerWantsNoMore()
    {
        Recorder recorder;
        Multipart form("XX", recorder);
        QCOMPARE(form.feed(part("name=refused", "b")), Multipart::State::Refused);
        QCOMPARE(recorder.parts.size(), 1);
        QVERIFY(recorder.parts[0].content.isEmpty());
    }

    void findsTheBoundary_data()
    {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("boundary");
        QTest::newRow("plain") << QByteArray("multipart/form-data; boundary=XX") << QByteArray("XX");
        QTest::newRow("quoted") << QByteArray("Multipart/Form-Data; charset=utf-8; boundary=\"X X\"")
                                << QByteArray("X X");
        QTest::newRow("none") << QByteArray("multipart/form-data") << QByteArray();
        QTest::newRow("empty") << QByteArray("multipart/form-data; boundary=") << QByteArray();
        QTest::newRow("another type") << QByteArray("multipart/mixed; boundary=XX") << QByteArray();
        QTest::newRow("too long")
            << "multipart/form-data; boundary=" + QByteArray(71, 'a') << QByteArray();
        QTest::newRow("with a line end")
            << QByteArray("multipart/form-data; boundary=\"a\r\nb\"") << QByteArray();
    }
    void findsTheBoundary()
    {
        QFETCH(QByteArray, type);
        QTEST(Multipart::boundaryOf(type), "boundary");
    }
};

QTEST_GUILESS_MAIN(TestMultipart)
#include "tst_multipart.moc"
