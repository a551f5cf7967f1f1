#include "wire/card.h"

#include <QTest>

using namespace confab::wire;
using namespace Qt::Literals::StringLiterals;

class CardTest : public QObject
{
    Q_OBJECT

private slots:
    void aCardSurvivesARoundTrip();
    void anEmptyCardIsAbsent();
    void wrongTypesCountAsAbsent_data();
    void wrongTypesCountAsAbsent();
    void namesAreMadeHarmless_data();
    void namesAreMadeHarmless();
    void endlessNamesAreCut();
    void notesKeepTheirLines();
    void commentsAreReadWrittenAndErased();
};

namespace {

Card cardOf(const QByteArray &json)
{
    return Card::fromPublic(JsonBlob::fromBytes(json));
}

}

void CardTest::aCardSurvivesARoundTrip()
{
    const Card card{u"Ann"_s, u"Hello\nthere"_s, QByteArray("\x89PNG\x00", 5), u"png"_s,
                    u"/v0/file/s/a.png"_s};
    QCOMPARE(Card::fromPublic(card.toPublic()), card);
    QCOMPARE(
        card.toPublic().bytes(),
        QByteArray(
            R"({"fn":"Ann","note":"Hello\nthere","photo":{"data":"iVBORwA=","ref":"/v0/file/s/a.png","type":"png"}})"));
}

void CardTest::anEmptyCardIsAbsent()
{
    QVERIFY(Card().toPublic().isAbsent());
    QCOMPARE(Card::fromPublic(JsonBlob()), Card());
}

void CardTest::wrongTypesCountAsAbsent_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char *json :
         {"null", "5", "\"painter\"", "[]", R"({"fn":5,"note":[],"photo":"x"})",
          R"({"fn":{},"photo":{"data":7,"type":null,"ref":{}}})",
          R"({"photo":{"data":"*no base64*"}})", R"({"fn":"␡","note":"␡","photo":{"data":"␡"}})"})
        QTest::newRow(json) << QByteArray(json);
}

void CardTest::wrongTypesCountAsAbsent()
{
    QFETCH(QByteArray, json);
    QCOMPARE(cardOf(json), Card());
}

void CardTest::namesAreMadeHarmless_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("shown");
    QTest::newRow("plain") << u"Ann Bee"_s << u"Ann Bee"_s;
    QTest::newRow("lines") << u"Ann\nBee\r\nCee\u2028Dee"_s << u"Ann Bee  Cee Dee"_s;
    QTest::newRow("blanks around") << u"  Ann\t"_s << u"Ann"_s;
    QTest::newRow("controls") << u"A\u0000\u0007\u007f\u009fnn"_s << u"Ann"_s;
    QTest::newRow("direction override") << u"Ann\u202egnp.exe"_s << u"Anngnp.exe"_s;
    QTest::newRow("isolates") << u"\u2066Ann\u2069"_s << u"Ann"_s;
    QTest::newRow("invisible spaces") << u"A\u200bn\u2060n\ufeff"_s << u"Ann"_s;
    QTest::newRow("nothing visible") << u"\u200b \u202e\n"_s << QString();
    QTest::newRow("right to left")
        << u"\u0645\u0631\u062d\u0628\u0627"_s << u"\u0645\u0631\u062d\u0628\u0627"_s;
    QTest::newRow("emoji family") << QString::fromUtf8("👨‍👩‍👧‍👦")
                                  << QString::fromUtf8("👨‍👩‍👧‍👦");
    QTest::newRow("a heap of marks")
        << u'a' + QString(10000, QChar(0x301)) + u'b' << u'a' + QString(8, QChar(0x301)) + u'b';
}

void CardTest::namesAreMadeHarmless()
{
    QFETCH(QString, name);
    QFETCH(QString, shown);
    Card card;
    card.name = name;
    QCOMPARE(Card::fromPublic(card.toPublic()).name, shown);
}

void CardTest::endlessNamesAreCut()
{
    Card card;
    card.name = QString::fromUtf8("😀").repeated(100000);
    const QString name = Card::fromPublic(card.toPublic()).name;
    QVERIFY(name.size() <= 256);
    QVERIFY(!name.isEmpty());
    QVERIFY(name.isValidUtf16());
}

void CardTest::notesKeepTheirLines()
{
    QCOMPARE(cardOf(R"({"note":"one\r\ntwo\rthree\u0007"})").note, u"one\ntwo\nthree"_s);
}

void CardTest::commentsAreReadWrittenAndErased()
{
    QCOMPARE(privateComment(privateWithComment(u"my friend"_s)), u"my friend"_s);
    QCOMPARE(privateComment(JsonBlob::fromBytes(R"({"comment":5})")), QString());
    QCOMPARE(privateComment(JsonBlob()), QString());
    const JsonBlob stored = JsonBlob::fromBytes(R"({"arch":true,"comment":"old"})");
    QCOMPARE(JsonBlob::merged(stored, privateWithComment(QString())).bytes(),
             QByteArray(R"({"arch":true})"));
}

QTEST_GUILESS_MAIN(CardTest)
#include "tst_card.moc"
