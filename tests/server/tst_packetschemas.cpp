#include "support/jsonschema.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>
#include <QTest>

using namespace confab;

class PacketSchemasTest : public QObject
{
    Q_OBJECT

private slots:
    void recordedFramesOfUpstreamPass();
    void wrongFramesAreNamed_data();
    void wrongFramesAreNamed();
    void unknownKeywordIsRefused();

private:
    const JsonSchema m_schema{QStringLiteral(CONFAB_TEST_DATA "/schemas/server-packets.json")};
};

void PacketSchemasTest::recordedFramesOfUpstreamPass()
{
    QVERIFY(m_schema.isValid());
    int frames = 0;
    for (const char *name : {"upstream-0.25.jsonl", "cluster-0.25.jsonl"}) {
        QFile file(QStringLiteral(CONFAB_TEST_DATA "/frames/") + QString::fromLatin1(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QJsonObject entry = QJsonDocument::fromJson(line).object();
            const QJsonValue frame = entry.value(QStringLiteral("frame"));
            if (entry.value(QStringLiteral("from")) != QJsonValue(QStringLiteral("server"))
                || !frame.isObject())
                continue;
            const QString wrong = m_schema.check(frame);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong + QString::fromUtf8(line)));
            ++frames;
        }
    }
    QVERIFY(frames > 200);
}

void PacketSchemasTest::wrongFramesAreNamed_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<QString>("where");
    QTest::newRow("no packet") << QByteArray("{}") << QString();
    QTest::newRow("two packets") << QByteArray(
        R"({"pres":{"topic":"me","what":"on"},"info":{"topic":"me","what":"kp"}})")
                                 << QString();
    QTest::newRow("unknown packet") << QByteArray(R"({"hello":{}})") << QStringLiteral("hello");
    QTest::newRow("missing field")
        << QByteArray(R"({"data":{"topic":"slf","ts":"2026-01-01T00:00:00Z","content":1}})")
        << QStringLiteral("data");
    QTest::newRow("unknown field")
        << QByteArray(R"({"pres":{"topic":"me","what":"on","colour":1}})")
        << QStringLiteral("pres.colour");
    QTest::newRow("long fraction")
        << QByteArray(R"({"ctrl":{"code":200,"text":"ok","ts":"2026-01-01T00:00:00.000001Z"}})")
        << QStringLiteral("ctrl.ts");
    QTest::newRow("unknown code") << QByteArray(
        R"({"ctrl":{"code":299,"text":"ok","ts":"2026-01-01T00:00:00Z"}})")
                                  << QStringLiteral("ctrl.code");
    QTest::newRow("inner name of a direct chat")
        << QByteArray(R"({"pres":{"topic":"me","src":"p2pAAAAAAAAAAAAAAAAAAAAAA","what":"on"}})")
        << QStringLiteral("pres.src");
    QTest::newRow("letters out of order")
        << QByteArray(R"({"ctrl":{"code":200,"text":"ok","ts":"2026-01-01T00:00:00Z",)"
                      R"("params":{"acs":{"want":"RJ"}}}})")
        << QStringLiteral("ctrl.params.acs.want");
    QTest::newRow("half a number")
        << QByteArray(R"({"pres":{"topic":"me","what":"msg","seq":1.5}})")
        << QStringLiteral("pres.seq");
    QTest::newRow("in a list") << QByteArray(
        R"({"pres":{"topic":"slf","what":"del","delseq":[{"low":1},{"low":0}]}})")
                               << QStringLiteral("pres.delseq.low");
}

void PacketSchemasTest::wrongFramesAreNamed()
{
    QFETCH(QByteArray, frame);
    QFETCH(QString, where);
    const QString wrong = m_schema.checkText(frame);
    QVERIFY2(wrong.startsWith(where + QLatin1String(": ")), qPrintable(wrong));
}

void PacketSchemasTest::unknownKeywordIsRefused()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    QVERIFY(file.write(R"({"type":"object","minLength":3})") > 0);
    QVERIFY(file.flush());
    const JsonSchema schema(file.fileName());
    QVERIFY(schema.checkText("{}").contains(QStringLiteral("keyword")));
}

QTEST_GUILESS_MAIN(PacketSchemasTest)
#include "tst_packetschemas.moc"
