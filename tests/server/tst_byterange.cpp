#include "server/net/byterange.h"

#include <QTest>

using namespace confab::server;
using Kind = RangeAnswer::Kind;

class TestByteRange : public QObject
{
    Q_OBJECT

private slots:
    void answersARange_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("kind");
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<qint64>("length");
        const auto row = [](const char *header, Kind kind, qint64 offset = 0, qint64 length = 0) {
            QTest::newRow(header) << QByteArray(header) << int(kind) << offset << length;
        };
        row("bytes=0-0", Kind::Part, 0, 1);
        row("bytes=0-", Kind::Part, 0, 100);
        row("bytes=10-19", Kind::Part, 10, 10);
        row("Bytes=10-19", Kind::Part, 10, 10);
        row("bytes=99-", Kind::Part, 99, 1);
        row("bytes=90-1000", Kind::Part, 90, 10);
        row("bytes=90-99999999999999999999999999", Kind::Part, 90, 10);
        row("bytes=-1", Kind::Part, 99, 1);
        row("bytes=-100", Kind::Part, 0, 100);
        row("bytes=-1000", Kind::Part, 0, 100);
        row("bytes=100-", Kind::Unsatisfiable);
        row("bytes=100-200", Kind::Unsatisfiable);
        row("bytes=99999999999999999999999999-", Kind::Unsatisfiable);
        row("bytes=-0", Kind::Unsatisfiable);
        for (const char *ignored : {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4",
                 "bytes=+1-2", "bytes=1 - 2", "bytes=0-1,5-6", "items=0-1", "bytes=0x1-2",
                 "bytes=1-2-3", "bytes=--1"})
            row(ignored, Kind::Whole, 0, 100);
    }
    void answersARange()
    {
        QFETCH(QByteArray, header);
        QFETCH(qint64, offset);
        QFETCH(qint64, length);
        const RangeAnswer answer = answerRange(header, 100);
        QTEST(int(answer.kind), "kind");
        QVERIFY((answer.range == ByteRange{offset, length}));
    }

    void anEmptyFileHasNoRanges()
    {
        QCOMPARE(answerRange(std::nullopt, 0).kind, Kind::Whole);
        QCOMPARE(answerRange(QByteArray("bytes=0-"), 0).kind, Kind::Unsatisfiable);
        QCOMPARE(answerRange(QByteArray("bytes=-5"), 0).kind, Kind::Unsatisfiable);
    }
};

QTEST_GUILESS_MAIN(TestByteRange)
#include "tst_byterange.moc"
