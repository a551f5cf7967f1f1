#include "wire/clientcodec.h"

#include "goldenframes.h"
#include "wiretestdata.h"

#include <QTest>

using namespace confab::wire;
using namespace Qt::Literals::StringLiterals;

class ClientCodecTest : public QObject
{
    Q_OBJECT

private slots:
    void recordedFramesSurviveBothWays();
    void recordedFramesCutAnywhereAreErrors();
    void everyFieldSurvivesARoundTrip();
    void theProbeIsABareOne();
    void wantedPartsAreWordsInOneString_data();
    void wantedPartsAreWordsInOneString();
    void wordsOfNotesAreTheProtocols_data();
    void wordsOfNotesAreTheProtocols();
    void deletingMeansMessagesUnlessSaid();
    void attachmentsStandBesideThePacket();
    void attachmentsOfTheWrongTypeAreNamed();
    void aRangeWithoutEndIsOneMessage();
    void aWrongRequestKeepsItsId();
};

namespace {

/// Recorded on purpose, to see what upstream says; it answers 400, or nothing to a {note}.
bool isDeliberatelyWrong(const QByteArray &frame)
{
    return frame.contains(R"("what":"nonsense")") || frame.contains(R"("topic":"")")
        || frame.contains(R"("delseq":[{"hi":3,"low":9}])");
}

template <typename Packet>
Packet decoded(const QByteArray &frame)
{
    const auto message = decodeClientMessage(frame);
    if (!message || !std::holds_alternative<Packet>(*message)) {
        qWarning().noquote() << "no such packet:"
                             << (message ? QString() : message.error().toString()) << frame;
        return {};
    }
    return std::get<Packet>(*message);
}

}

void ClientCodecTest::recordedFramesSurviveBothWays()
{
    int wrong = 0;
    const auto frames = testdata::recordedFrames("client"_L1);
    QVERIFY(frames.size() > 200);
    for (const QJsonObject &frame : frames) {
        const QByteArray bytes = testdata::compact(frame);
        const auto message = decodeClientMessage(bytes);
        if (isDeliberatelyWrong(bytes)) {
            QVERIFY2(!message.ok(), bytes.constData());
            ++wrong;
            continue;
        }
        QVERIFY2(message.ok(), bytes.constData());
        QCOMPARE(encode(*message), testdata::canonical(frame));
    }
    QCOMPARE(wrong, 4);
}

void ClientCodecTest::recordedFramesCutAnywhereAreErrors()
{
    for (const QJsonObject &frame : testdata::recordedFrames("client"_L1)) {
        const QByteArray bytes = testdata::compact(frame);
        for (qsizetype length = 0; length < bytes.size(); ++length) {
            const auto message = decodeClientMessage(bytes.left(length));
            QVERIFY2(!message.ok(), bytes.left(length).constData());
        }
    }
}

void ClientCodecTest::everyFieldSurvivesARoundTrip()
{
    for (const ClientMessage &message : testdata::fullClientMessages()) {
        const QByteArray bytes = encode(message);
        const auto again = decodeClientMessage(bytes);
        QVERIFY2(again.ok(), bytes.constData());
        QVERIFY2(*again == message, (bytes + "\n" + encode(*again)).constData());
    }
}

void ClientCodecTest::theProbeIsABareOne()
{
    QCOMPARE(encode(ClientMessage(Probe())), QByteArray("1"));
    const auto message = decodeClientMessage("1");
    QVERIFY(message.ok());
    QVERIFY(std::holds_alternative<Probe>(*message));
    QVERIFY(!decodeClientMessage("0").ok());
}

void ClientCodecTest::wantedPartsAreWordsInOneString_data()
{
    QTest::addColumn<QByteArray>("read");
    QTest::addColumn<QByteArray>("written");
    QTest::newRow("one") << QByteArray("data") << QByteArray("data");
    QTest::newRow("some") << QByteArray("desc sub data del") << QByteArray("desc sub data del");
    QTest::newRow("in any order") << QByteArray("del data desc") << QByteArray("desc data del");
    QTest::newRow("with more blanks, twice") << QByteArray("  tags  tags ") << QByteArray("tags");
}

void ClientCodecTest::wantedPartsAreWordsInOneString()
{
    QFETCH(QByteArray, read);
    QFETCH(QByteArray, written);
    const Get get = decoded<Get>(R"({"get":{"topic":"me","what":")" + read + "\"}}");
    QCOMPARE(encode(ClientMessage(get)),
             QByteArray(R"({"get":{"topic":"me","what":")" + written + "\"}}"));
}

void ClientCodecTest::wordsOfNotesAreTheProtocols_data()
{
    QTest::addColumn<NoteKind>("what");
    QTest::newRow("kp") << NoteKind::Typing;
    QTest::newRow("kpa") << NoteKind::RecordingAudio;
    QTest::newRow("kpv") << NoteKind::RecordingVideo;
    QTest::newRow("recv") << NoteKind::Received;
    QTest::newRow("read") << NoteKind::Read;
    QTest::newRow("call") << NoteKind::Call;
    QTest::newRow("data") << NoteKind::Data;
}

void ClientCodecTest::wordsOfNotesAreTheProtocols()
{
    QFETCH(NoteKind, what);
    const QByteArray frame
        = R"({"note":{"topic":"grpA","what":")" + QByteArray(QTest::currentDataTag()) + "\"}}";
    const Note note = decoded<Note>(frame);
    QCOMPARE(note.what, what);
    QCOMPARE(encode(ClientMessage(note)), frame);
}

void ClientCodecTest::deletingMeansMessagesUnlessSaid()
{
    QCOMPARE(decoded<Del>(R"({"del":{"topic":"me"}})").what, Del::Kind::Messages);
    QCOMPARE(decoded<Del>(R"({"del":{"what":"user"}})").what, Del::Kind::User);
}

void ClientCodecTest::attachmentsStandBesideThePacket()
{
    const QByteArray frame(
        R"({"extra":{"attachments":["/v0/file/s/a.png"]},"pub":{"content":"x","topic":"grpA"}})");
    const Pub pub = decoded<Pub>(frame);
    QCOMPARE(pub.attachments, QStringList{u"/v0/file/s/a.png"_s});
    QCOMPARE(encode(ClientMessage(pub)), frame);
}

void ClientCodecTest::attachmentsOfTheWrongTypeAreNamed()
{
    const auto message
        = decodeClientMessage(R"({"pub":{"topic":"me"},"extra":{"attachments":["a",1]}})");
    QVERIFY(!message.ok());
    QCOMPARE(message.error(), (WireError{WireError::Kind::WrongType, u"extra.attachments.1"_s}));
}

void ClientCodecTest::aRangeWithoutEndIsOneMessage()
{
    const Del del = decoded<Del>(
        R"({"del":{"topic":"me","what":"msg","delseq":[{"low":7},{"low":9,"hi":12}]}})");
    QCOMPARE(del.delseq, (QList<SeqRange>{{7, 8}, {9, 12}}));
    QVERIFY(!decodeClientMessage(R"({"del":{"topic":"me","delseq":[{"low":7,"hi":7}]}})").ok());
}

void ClientCodecTest::aWrongRequestKeepsItsId()
{
    const auto message
        = decodeClientMessage(R"({"get":{"id":"40","topic":"me","what":"nonsense"}})");
    QVERIFY(!message.ok());
    QCOMPARE(message.error(), (WireError{WireError::Kind::OutOfRange, u"get.what"_s, u"40"_s}));
}

QTEST_GUILESS_MAIN(ClientCodecTest)
#include "tst_clientcodec.moc"
