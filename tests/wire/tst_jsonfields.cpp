#include "wire/clientcodec.h"
#include "wire/servercodec.h"

#include "goldenframes.h"
#include "wiretestdata.h"

#include <QTest>

#include <optional>
#include <span>

using namespace confab::wire;
using namespace Qt::Literals::StringLiterals;

// Every field of every packet with everything that it must not be (reliability.md T3). Each row
// spoils one field of a packet that is otherwise complete and right.
class JsonFieldsTest : public QObject
{
    Q_OBJECT

private slots:
    void aFieldOfTheWrongTypeOrRangeIsNamed_data();
    void aFieldOfTheWrongTypeOrRangeIsNamed();
    void aMissingMandatoryFieldIsNamed_data();
    void aMissingMandatoryFieldIsNamed();
    void numbersEndWhereLocalOnesBegin();
    void onlyTheFirstErrorIsTold();
};

namespace {

struct FieldType {
    const char *name;
    const char *wrongValues; ///< a JSON array
};

constexpr FieldType kText{
    "text", R"([true,false,0,1,-1,1.5,1e300,9223372036854775808,[],["x"],{},{"a":1}])"};
constexpr FieldType kFlag{"flag",
                          R"([0,1,-1,1.5,1e300,"true","false","",[],[true],{},{"a":true}])"};
constexpr FieldType kNumber{
    "number",
    R"([true,false,"1","x","",[],[1],{},{"a":1},-1,1.5,1e300,9223372036854775808,2147483648])"};
constexpr FieldType kSeq{
    "seq",
    R"([true,false,"1","x","",[],[1],{},{"a":1},-1,1.5,1e300,9223372036854775808,268435456])"};
constexpr FieldType kPositive{
    "positive", R"([true,false,"1","",[],[1],{},0,-1,1.5,1e300,9223372036854775808])"};
constexpr FieldType kLimit{"limit", R"([true,false,"1","x","",[],[1],{},{"a":1},-1,1.5,-1e300])"};
constexpr FieldType kTime{
    "time",
    R"([true,0,1.5,[],{},"x","2026","2026-13-01T00:00:00Z","2026-11-23T25:00:00Z",)"
    R"("2026-11-23T09:33:38.x6Z","2026-11-23T09:33:38.Z","2026-11-2aT09:33:38Z"])"};
constexpr FieldType kBase64{"base64",
                            R"([true,false,0,1.5,1e300,[],{},"*","YW Jj","YQ=Q","é","YWJj\n"])"};
constexpr FieldType kAccess{"access", R"([true,0,1.5,1e300,[],{},"X","JZ","NJ","+J","J R","0"])"};
constexpr FieldType kWord{
    "word", R"([true,0,1.5,1e300,[],{},["read"],"nonsense","READ","reads"," read","re"])"};
constexpr FieldType kWords{
    "words", R"([true,0,1.5,1e300,[],{},["desc"],"nonsense","DESC","desc,sub","desc x","de"])"};
constexpr FieldType kTexts{"texts",
                           R"([true,false,0,1,1e300,"x","",{},{"a":1},[1],[null],["x",[]]])"};
constexpr FieldType kObject{"object", R"([true,false,0,1,-1,1.5,1e300,"x","",[],[1],[{}]])"};
constexpr FieldType kObjects{"objects",
                             R"([true,false,0,-1,1.5,1e300,"x","",{},{"low":1},[1],[[]]])"};

struct Fields {
    const char *path;
    const char *names;
    FieldType type;
};

constexpr Fields kServerFields[] = {
    {"ctrl", "id topic text", kText},
    {"ctrl", "code", kPositive},
    {"ctrl", "ts", kTime},
    {"ctrl", "params", kObject},
    {"ctrl.params", "ver build x-confab-epoch user authlvl tmpname topic what url", kText},
    {"ctrl.params", "maxMessageSize maxFileUploadSize maxSubscriberCount maxTagCount maxTagLength",
     kLimit},
    {"ctrl.params", "minTagLength msgDelAge", kLimit},
    {"ctrl.params", "callTimeout added removed count del x-confab-retry", kNumber},
    {"ctrl.params", "seq", kSeq},
    {"ctrl.params", "token", kBase64},
    {"ctrl.params", "expires", kTime},
    {"ctrl.params", "cred", kTexts},
    {"ctrl.params", "desc acs", kObject},
    {"ctrl.params", "unsub", kFlag},
    {"ctrl.params.acs", "want given mode", kAccess},
    {"ctrl.params.desc", "seq read recv", kSeq},
    {"data", "topic from", kText},
    {"data", "ts deleted", kTime},
    {"data", "seq", kPositive},
    {"data", "head", kObject},
    {"meta", "id topic", kText},
    {"meta", "ts", kTime},
    {"meta", "desc del", kObject},
    {"meta", "sub cred", kObjects},
    {"meta", "tags", kTexts},
    {"meta.desc", "created updated touched", kTime},
    {"meta.desc", "defacs acs seen", kObject},
    {"meta.desc", "seq read recv", kSeq},
    {"meta.desc", "clear subcnt", kNumber},
    {"meta.desc", "chan online", kFlag},
    {"meta.desc.defacs", "auth anon", kAccess},
    {"meta.desc.seen", "when", kTime},
    {"meta.desc.seen", "ua", kText},
    {"meta.sub.0", "user topic", kText},
    {"meta.sub.0", "updated touched deleted", kTime},
    {"meta.sub.0", "acs seen", kObject},
    {"meta.sub.0", "seq read recv", kSeq},
    {"meta.sub.0", "clear subcnt", kNumber},
    {"meta.sub.0", "chan online", kFlag},
    {"meta.sub.0.acs", "want given mode", kAccess},
    {"meta.cred.0", "meth val resp", kText},
    {"meta.cred.0", "done", kFlag},
    {"meta.del", "clear", kNumber},
    {"meta.del", "delseq", kObjects},
    {"meta.del.delseq.0", "low", kPositive},
    {"meta.del.delseq.0", "hi", kNumber},
    {"pres", "topic src ua act tgt", kText},
    {"pres", "what", kWord},
    {"pres", "seq", kSeq},
    {"pres", "clear", kNumber},
    {"pres", "delseq", kObjects},
    {"pres", "dacs", kObject},
    {"pres.dacs", "want given", kText},
    {"info", "topic src from event", kText},
    {"info", "what", kWord},
    {"info", "seq", kSeq},
};

constexpr Fields kClientFields[] = {
    {"hi", "id ver ua lang platf dev", kText},
    {"hi", "bkg", kFlag},
    {"acc", "id user scheme tmpscheme", kText},
    {"acc", "secret tmpsecret", kBase64},
    {"acc", "login", kFlag},
    {"acc", "tags", kTexts},
    {"acc", "desc", kObject},
    {"acc", "cred", kObjects},
    {"acc.desc", "defacs", kObject},
    {"login", "id scheme", kText},
    {"login", "secret", kBase64},
    {"login", "cred", kObjects},
    {"sub", "id topic", kText},
    {"sub", "set get", kObject},
    {"sub", "bkg", kFlag},
    {"sub.set", "desc sub cred", kObject},
    {"sub.set", "tags", kTexts},
    {"sub.set.sub", "user", kText},
    {"sub.set.sub", "mode", kAccess},
    {"sub.get", "what", kWords},
    {"sub.get", "desc sub data del", kObject},
    {"sub.get", "tags", kTexts},
    {"sub.get.sub", "user topic", kText},
    {"sub.get.sub", "ims", kTime},
    {"sub.get.sub", "limit", kNumber},
    {"sub.get.data", "since before", kSeq},
    {"sub.get.data", "limit", kNumber},
    {"sub.get.data", "ranges", kObjects},
    {"sub.get.data.ranges.1", "low", kPositive},
    {"leave", "id topic", kText},
    {"leave", "unsub", kFlag},
    {"pub", "id topic", kText},
    {"pub", "noecho", kFlag},
    {"pub", "head", kObject},
    {"extra", "attachments", kTexts},
    {"get", "id topic", kText},
    {"get", "what", kWords},
    {"get", "desc sub data del", kObject},
    {"set", "id topic", kText},
    {"set", "desc sub cred", kObject},
    {"set", "tags", kTexts},
    {"del", "id topic user", kText},
    {"del", "what", kWord},
    {"del", "delseq", kObjects},
    {"del", "cred", kObject},
    {"del", "hard", kFlag},
    {"note", "topic event", kText},
    {"note", "what", kWord},
    {"note", "seq", kSeq},
    {"note", "unread", kNumber},
};

/// The value with what is at the path replaced, or removed if the replacement is undefined.
QJsonValue replaced(const QJsonValue &value, const QStringList &path, const QJsonValue &replacement)
{
    if (path.isEmpty())
        return replacement;
    if (value.isArray()) {
        QJsonArray array = value.toArray();
        const qsizetype index = path.front().toInt();
        array.replace(index, replaced(array.at(index), path.mid(1), replacement));
        return array;
    }
    QJsonObject object = value.toObject();
    object.insert(path.front(), replaced(object.value(path.front()), path.mid(1), replacement));
    return object;
}

QJsonObject frameOf(const QByteArray &bytes)
{
    return QJsonDocument::fromJson(bytes).object();
}

/// The complete packet whose frame has this key.
QJsonObject fullFrame(const QString &key, bool fromServer)
{
    if (fromServer) {
        for (const ServerMessage &message : testdata::fullServerMessages()) {
            if (const QJsonObject frame = frameOf(encode(message)); frame.contains(key))
                return frame;
        }
    } else {
        for (const ClientMessage &message : testdata::fullClientMessages()) {
            if (const QJsonObject frame = frameOf(encode(message)); frame.contains(key))
                return frame;
        }
    }
    return {};
}

std::optional<WireError> errorOf(const QByteArray &frame, bool fromServer)
{
    if (fromServer) {
        const auto message = decodeServerMessage(frame);
        return message ? std::nullopt : std::optional(message.error());
    }
    const auto message = decodeClientMessage(frame);
    return message ? std::nullopt : std::optional(message.error());
}

void addRows(std::span<const Fields> table, bool fromServer)
{
    for (const Fields &fields : table) {
        for (const QString &name : QString::fromLatin1(fields.names).split(u' ')) {
            const QString path = QLatin1String(fields.path) + u'.' + name;
            const QByteArray row = path.toLatin1() + " as " + fields.type.name;
            QTest::newRow(row.constData())
                << fromServer << path << QByteArray(fields.type.wrongValues);
        }
    }
}

}

void JsonFieldsTest::aFieldOfTheWrongTypeOrRangeIsNamed_data()
{
    QTest::addColumn<bool>("fromServer");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("wrongValues");
    addRows(kServerFields, true);
    addRows(kClientFields, false);
}

void JsonFieldsTest::aFieldOfTheWrongTypeOrRangeIsNamed()
{
    QFETCH(bool, fromServer);
    QFETCH(QString, path);
    QFETCH(QByteArray, wrongValues);
    const QStringList keys = path.split(u'.');
    const QJsonObject frame = fullFrame(keys.front(), fromServer);
    QVERIFY(!frame.isEmpty());
    QVERIFY(!errorOf(testdata::compact(frame), fromServer));
    const QJsonArray values = QJsonDocument::fromJson(wrongValues).array();
    QVERIFY(values.size() >= 12);
    for (const QJsonValue &value : values) {
        const QByteArray spoiled = testdata::compact(replaced(frame, keys, value).toObject());
        const std::optional<WireError> error = errorOf(spoiled, fromServer);
        QVERIFY2(error, spoiled.constData());
        QVERIFY2(error->field == path || error->field.startsWith(path + u'.'),
                 qPrintable(error->toString()));
        QVERIFY2(error->kind == WireError::Kind::WrongType
                     || error->kind == WireError::Kind::OutOfRange
                     || error->kind == WireError::Kind::MissingField,
                 qPrintable(error->toString()));
    }
}

void JsonFieldsTest::aMissingMandatoryFieldIsNamed_data()
{
    QTest::addColumn<bool>("fromServer");
    QTest::addColumn<QString>("path");
    for (const char *path :
         {"ctrl.code", "data.topic", "data.seq", "meta.topic", "meta.del.delseq.0.low",
          "pres.topic", "pres.what", "info.topic", "info.what"})
        QTest::newRow(path) << true << QString::fromLatin1(path);
    for (const char *path : {"sub.topic", "leave.topic", "pub.topic", "get.topic", "set.topic",
                             "note.topic", "note.what", "del.delseq.0.low"})
        QTest::newRow(path) << false << QString::fromLatin1(path);
}

void JsonFieldsTest::aMissingMandatoryFieldIsNamed()
{
    QFETCH(bool, fromServer);
    QFETCH(QString, path);
    const QStringList keys = path.split(u'.');
    const QJsonObject frame = fullFrame(keys.front(), fromServer);
    for (const QJsonValue &nothing :
         {QJsonValue(QJsonValue::Undefined), QJsonValue(QJsonValue::Null)}) {
        const auto error
            = errorOf(testdata::compact(replaced(frame, keys, nothing).toObject()), fromServer);
        QVERIFY(error);
        QCOMPARE(error->kind, WireError::Kind::MissingField);
        QCOMPARE(error->field, path);
    }
}

void JsonFieldsTest::numbersEndWhereLocalOnesBegin()
{
    const auto frame = [](Seq seq) {
        return QByteArray(R"({"data":{"topic":"me","seq":)" + QByteArray::number(seq) + "}}");
    };
    QVERIFY(!errorOf(frame(1), true));
    QVERIFY(!errorOf(frame(kMaxSeq), true));
    QCOMPARE(errorOf(frame(kMaxSeq + 1), true),
             (WireError{WireError::Kind::OutOfRange, u"data.seq"_s}));
    QCOMPARE(errorOf(frame(0), true), (WireError{WireError::Kind::OutOfRange, u"data.seq"_s}));
}

void JsonFieldsTest::onlyTheFirstErrorIsTold()
{
    const auto error = errorOf(
        R"({"meta":{"topic":"me","sub":[{"topic":"a"},{"topic":5,"seq":-1}],"tags":1}})", true);
    QCOMPARE(error, (WireError{WireError::Kind::WrongType, u"meta.sub.1.topic"_s}));
    QCOMPARE(error->toString(), u"wrong type: meta.sub.1.topic"_s);
}

QTEST_GUILESS_MAIN(JsonFieldsTest)
#include "tst_jsonfields.moc"
