#include "wire/servercodec.h"

#include "goldenframes.h"
#include "wiretestdata.h"

#include <QTest>

using namespace confab::wire;
using namespace Qt::Literals::StringLiterals;

class ServerCodecTest : public QObject
{
    Q_OBJECT

private slots:
    void recordedFramesSurviveBothWays();
    void recordedFramesCutAnywhereAreErrors();
    void everyFieldSurvivesARoundTrip();
    void freeFormFieldsHaveTheProtocolsNames_data();
    void freeFormFieldsHaveTheProtocolsNames();
    void defaultsAreNotWritten();
    void presentButEmptyPartsSurvive();
    void theProbeReplyIsABareZero();
    void nullContentIsAValue();
    void nullsElsewhereAreAbsent();
    void unknownFieldsAreIgnored();
    void accessIsReadTolerantly_data();
    void accessIsReadTolerantly();
    void timesAreReadTolerantlyAndWrittenWithMilliseconds_data();
    void timesAreReadTolerantlyAndWrittenWithMilliseconds();
    void tokensAreReadInAnyBase64_data();
    void tokensAreReadInAnyBase64();
    void hugeLimitsAreClamped();
    void wordsOfPresenceAreTheProtocols_data();
    void wordsOfPresenceAreTheProtocols();
    void whatIsNoServerPacketIsAnError_data();
    void whatIsNoServerPacketIsAnError();
};

namespace {

template <typename Packet>
Packet decoded(const QByteArray &frame)
{
    const auto message = decodeServerMessage(frame);
    if (!message || !std::holds_alternative<Packet>(*message)) {
        qWarning().noquote() << "no such packet:"
                             << (message ? QString() : message.error().toString()) << frame;
        return {};
    }
    return std::get<Packet>(*message);
}

}

void ServerCodecTest::recordedFramesSurviveBothWays()
{
    const auto frames = testdata::recordedFrames("server"_L1);
    QVERIFY(frames.size() > 400);
    for (const QJsonObject &frame : frames) {
        const QByteArray bytes = testdata::compact(frame);
        const auto message = decodeServerMessage(bytes);
        QVERIFY2(message.ok(), bytes.constData());
        const QByteArray again = encode(*message);
        QCOMPARE(again, testdata::canonical(frame));
        const auto second = decodeServerMessage(again);
        QVERIFY2(second.ok() && *second == *message, again.constData());
    }
}

void ServerCodecTest::recordedFramesCutAnywhereAreErrors()
{
    for (const QJsonObject &frame : testdata::recordedFrames("server"_L1)) {
        const QByteArray bytes = testdata::compact(frame);
        for (qsizetype length = 0; length < bytes.size(); ++length) {
            const auto message = decodeServerMessage(bytes.left(length));
            QVERIFY2(!message.ok(), bytes.left(length).constData());
        }
    }
}

void ServerCodecTest::everyFieldSurvivesARoundTrip()
{
    for (const ServerMessage &message : testdata::fullServerMessages()) {
        const QByteArray bytes = encode(message);
        const auto again = decodeServerMessage(bytes);
        QVERIFY2(again.ok(), bytes.constData());
        QVERIFY2(*again == message, (bytes + "\n" + encode(*again)).constData());
    }
}

void ServerCodecTest::freeFormFieldsHaveTheProtocolsNames_data()
{
    QTest::addColumn<QByteArray>("written");
    QTest::newRow("required credentials") << QByteArray(R"("reqCred":{"auth":["email"]})");
    QTest::newRow("call servers") << QByteArray(R"("iceServers":[{"urls":["stun:example.test"]}])");
    QTest::newRow("public") << QByteArray(R"("public":{"fn":"Group"})");
    QTest::newRow("private") << QByteArray(R"("private":{"comment":"mine"})");
    QTest::newRow("trusted") << QByteArray(R"("trusted":{"verified":true})");
    QTest::newRow("aux") << QByteArray(R"("aux":{"pins":[1]})");
    QTest::newRow("content") << QByteArray(R"("content":{"txt":"hi"})");
    QTest::newRow("payload") << QByteArray(R"("payload":{"sdp":"x"})");
    QTest::newRow("params of a credential") << QByteArray(R"("params":{"k":1})");
}

void ServerCodecTest::freeFormFieldsHaveTheProtocolsNames()
{
    QFETCH(QByteArray, written);
    QByteArray all;
    for (const ServerMessage &message : testdata::fullServerMessages())
        all += encode(message);
    QVERIFY(all.contains(written));
}

void ServerCodecTest::defaultsAreNotWritten()
{
    QCOMPARE(encode(ServerMessage(Ctrl{{}, {}, 200, {}, {}, {}})),
             QByteArray(R"({"ctrl":{"code":200}})"));
    Data data;
    data.topic = u"me"_s;
    data.seq = 1;
    QCOMPARE(encode(ServerMessage(data)), QByteArray(R"({"data":{"seq":1,"topic":"me"}})"));
    QCOMPARE(decoded<Data>(encode(ServerMessage(data))), data);
}

void ServerCodecTest::presentButEmptyPartsSurvive()
{
    Meta meta;
    meta.topic = u"fnd"_s;
    meta.desc.emplace();
    meta.sub.emplace();
    meta.tags.emplace();
    meta.cred.emplace();
    meta.del.emplace();
    QCOMPARE(decoded<Meta>(encode(ServerMessage(meta))), meta);
    Ctrl ctrl;
    ctrl.code = 200;
    ctrl.params.emplace();
    QCOMPARE(decoded<Ctrl>(encode(ServerMessage(ctrl))), ctrl);
}

void ServerCodecTest::theProbeReplyIsABareZero()
{
    QCOMPARE(encode(ServerMessage(ProbeReply())), QByteArray("0"));
    const auto message = decodeServerMessage("0");
    QVERIFY(message.ok());
    QVERIFY(std::holds_alternative<ProbeReply>(*message));
    QVERIFY(!decodeServerMessage("1").ok());
    QVERIFY(!decodeServerMessage("00").ok());
}

void ServerCodecTest::nullContentIsAValue()
{
    const QByteArray frame(R"({"data":{"content":null,"seq":1,"topic":"me"}})");
    const Data data = decoded<Data>(frame);
    QVERIFY(!data.content.isAbsent());
    QCOMPARE(encode(ServerMessage(data)), frame);
}

void ServerCodecTest::nullsElsewhereAreAbsent()
{
    QCOMPARE(decoded<Meta>(
                 R"({"meta":{"id":null,"topic":"me","ts":null,"desc":null,"sub":null,"tags":null,)"
                 R"("cred":null,"aux":null,"del":null}})"),
             decoded<Meta>(R"({"meta":{"topic":"me"}})"));
    QCOMPARE(decoded<Ctrl>(R"({"ctrl":{"code":200,"params":null}})").params, std::nullopt);
    QVERIFY(!decoded<Ctrl>(R"({"ctrl":{"code":201,"params":{"reqCred":null}}})")
                 .params->reqCred.isAbsent());
}

void ServerCodecTest::unknownFieldsAreIgnored()
{
    const Pres pres = decoded<Pres>(
        R"({"later":1,"pres":{"topic":"me","what":"on","src":"grpA","more":[{}]}})");
    QCOMPARE(pres.what, PresKind::On);
    QCOMPARE(pres.src, u"grpA"_s);
}

void ServerCodecTest::accessIsReadTolerantly_data()
{
    QTest::addColumn<QByteArray>("acs");
    QTest::addColumn<QByteArray>("written");
    QTest::newRow("all three") << QByteArray(R"({"want":"JR","given":"RW","mode":"R"})")
                               << QByteArray(R"("acs":{"given":"RW","mode":"R","want":"JR"})");
    QTest::newRow("mode only") << QByteArray(R"({"mode":"JRW"})")
                               << QByteArray(R"("acs":{"given":"JRW","mode":"JRW","want":"JRW"})");
    QTest::newRow("nothing known") << QByteArray("{}") << QByteArray();
    QTest::newRow("empty letters")
        << QByteArray(R"({"want":"","given":"","mode":""})") << QByteArray();
    QTest::newRow("no rights") << QByteArray(R"({"want":"JR","given":"N"})")
                               << QByteArray(R"("acs":{"given":"N","mode":"N","want":"JR"})");
}

void ServerCodecTest::accessIsReadTolerantly()
{
    QFETCH(QByteArray, acs);
    QFETCH(QByteArray, written);
    const Ctrl ctrl = decoded<Ctrl>(R"({"ctrl":{"code":200,"params":{"acs":)" + acs + "}}}");
    QCOMPARE(encode(ServerMessage(ctrl)),
             QByteArray(R"({"ctrl":{"code":200,"params":{)" + written + "}}}"));
}

void ServerCodecTest::timesAreReadTolerantlyAndWrittenWithMilliseconds_data()
{
    QTest::addColumn<QString>("read");
    QTest::addColumn<QString>("written");
    QTest::newRow("no fraction") << u"2026-11-23T09:33:38Z"_s << u"2026-11-23T09:33:38.000Z"_s;
    QTest::newRow("one digit") << u"2026-11-23T09:33:38.9Z"_s << u"2026-11-23T09:33:38.900Z"_s;
    QTest::newRow("two digits") << u"2026-11-23T09:33:38.96Z"_s << u"2026-11-23T09:33:38.960Z"_s;
    QTest::newRow("three digits") << u"2026-11-23T09:33:38.206Z"_s << u"2026-11-23T09:33:38.206Z"_s;
    QTest::newRow("nanoseconds") << u"2026-11-23T09:33:38.206999999Z"_s
                                 << u"2026-11-23T09:33:38.206Z"_s;
    QTest::newRow("another zone") << u"2026-11-23T09:33:38.5+02:00"_s
                                  << u"2026-11-23T07:33:38.500Z"_s;
    QTest::newRow("none set") << u"0001-01-01T00:00:00Z"_s << QString();
    QTest::newRow("empty") << QString() << QString();
}

void ServerCodecTest::timesAreReadTolerantlyAndWrittenWithMilliseconds()
{
    QFETCH(QString, read);
    QFETCH(QString, written);
    const QJsonObject frame{{"ctrl"_L1, QJsonObject{{"code"_L1, 200}, {"ts"_L1, read}}}};
    QJsonObject expected{{"code"_L1, 200}};
    if (!written.isEmpty())
        expected.insert("ts"_L1, written);
    const Ctrl ctrl = decoded<Ctrl>(testdata::compact(frame));
    QCOMPARE(encode(ServerMessage(ctrl)), testdata::compact({{"ctrl"_L1, expected}}));
}

void ServerCodecTest::tokensAreReadInAnyBase64_data()
{
    QTest::addColumn<QString>("token");
    QTest::newRow("standard, padded") << u"+/8A/w=="_s;
    QTest::newRow("standard, unpadded") << u"+/8A/w"_s;
    QTest::newRow("URL-safe, padded") << u"-_8A_w=="_s;
    QTest::newRow("URL-safe, unpadded") << u"-_8A_w"_s;
}

void ServerCodecTest::tokensAreReadInAnyBase64()
{
    QFETCH(QString, token);
    const QByteArray frame = testdata::compact(
        {{"ctrl"_L1,
          QJsonObject{{"code"_L1, 200}, {"params"_L1, QJsonObject{{"token"_L1, token}}}}}});
    const Ctrl ctrl = decoded<Ctrl>(frame);
    QCOMPARE(ctrl.params->token, QByteArray("\xfb\xff\x00\xff", 4));
    QVERIFY(encode(ServerMessage(ctrl)).contains(R"("token":"+/8A/w==")"));
}

void ServerCodecTest::hugeLimitsAreClamped()
{
    const Ctrl ctrl
        = decoded<Ctrl>(R"({"ctrl":{"code":201,"params":{"maxFileUploadSize":4294967296}}})");
    QCOMPARE(ctrl.params->maxFileUploadSize, std::numeric_limits<int>::max());
}

void ServerCodecTest::wordsOfPresenceAreTheProtocols_data()
{
    QTest::addColumn<PresKind>("what");
    QTest::newRow("on") << PresKind::On;
    QTest::newRow("off") << PresKind::Off;
    QTest::newRow("msg") << PresKind::Message;
    QTest::newRow("read") << PresKind::Read;
    QTest::newRow("recv") << PresKind::Received;
    QTest::newRow("upd") << PresKind::Updated;
    QTest::newRow("acs") << PresKind::Access;
    QTest::newRow("gone") << PresKind::Gone;
    QTest::newRow("term") << PresKind::Term;
    QTest::newRow("del") << PresKind::Deleted;
    QTest::newRow("tags") << PresKind::Tags;
    QTest::newRow("aux") << PresKind::Aux;
    QTest::newRow("ua") << PresKind::UserAgent;
}

void ServerCodecTest::wordsOfPresenceAreTheProtocols()
{
    QFETCH(PresKind, what);
    const QByteArray frame
        = R"({"pres":{"topic":"me","what":")" + QByteArray(QTest::currentDataTag()) + "\"}}";
    const Pres pres = decoded<Pres>(frame);
    QCOMPARE(pres.what, what);
    QCOMPARE(encode(ServerMessage(pres)), frame);
}

void ServerCodecTest::whatIsNoServerPacketIsAnError_data()
{
    using Kind = WireError::Kind;
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("field");
    QTest::newRow("nothing") << QByteArray() << Kind::NotJson << QString();
    QTest::newRow("words") << QByteArray("hello") << Kind::NotJson << QString();
    QTest::newRow("a bare string") << QByteArray("\"hi\"") << Kind::NotJson << QString();
    QTest::newRow("two objects") << QByteArray("{}{}") << Kind::NotJson << QString();
    QTest::newRow("invalid UTF-8") << QByteArray("{\"ctrl\":{\"code\":200,\"text\":\"\xc3\x28\"}}")
                                   << Kind::NotJson << QString();
    QTest::newRow("a surrogate in UTF-8")
        << QByteArray("{\"ctrl\":{\"code\":200,\"text\":\"\xed\xa0\x80\"}}") << Kind::NotJson
        << QString();
    QTest::newRow("an endless number")
        << QByteArray(R"({"ctrl":{"code":1e400}})") << Kind::NotJson << QString();
    QTest::newRow("an array") << QByteArray("[]") << Kind::NotObject << QString();
    QTest::newRow("an empty object") << QByteArray("{}") << Kind::UnknownPacket << QString();
    QTest::newRow("a packet unheard of")
        << QByteArray(R"({"foo":{}})") << Kind::UnknownPacket << QString();
    QTest::newRow("a packet of clients")
        << QByteArray(R"({"hi":{"ver":"0.25"}})") << Kind::UnknownPacket << QString();
    QTest::newRow("a null packet")
        << QByteArray(R"({"ctrl":null})") << Kind::UnknownPacket << QString();
    QTest::newRow("a number for a packet")
        << QByteArray(R"({"ctrl":5})") << Kind::WrongType << u"ctrl"_s;
    QTest::newRow("an array for a packet")
        << QByteArray(R"({"data":[]})") << Kind::WrongType << u"data"_s;
    QTest::newRow("deep nesting") << QByteArray(100000, '[') << Kind::TooDeep << QString();
}

void ServerCodecTest::whatIsNoServerPacketIsAnError()
{
    QFETCH(QByteArray, frame);
    QFETCH(WireError::Kind, kind);
    QFETCH(QString, field);
    const auto message = decodeServerMessage(frame);
    QVERIFY(!message.ok());
    QCOMPARE(message.error(), (WireError{kind, field}));
}

QTEST_GUILESS_MAIN(ServerCodecTest)
#include "tst_servercodec.moc"
