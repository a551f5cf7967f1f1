#include "store/search/wordfolder.h"

#include <QTest>

using namespace confab;

namespace {

QStringList wordsOf(const QString &text, bool whole = true)
{
    QStringList result;
    WordFolder folder;
    const QList<FoldedWord> words = folder.words(text, whole);
    for (const FoldedWord &word : words)
        result.append(word.word);
    return result;
}

}

class TestWordFolder : public QObject
{
    Q_OBJECT

private slots:
    void foldsWords_data();
    void foldsWords();
    void aPairIsEnoughToFindWordsWithoutSpaces();
    void wordsKnowTheirPlaces();
    void longWordsAreCut();
    void brokenSurrogatesAreHarmless();
};

void TestWordFolder::foldsWords_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("case") << u"Hello WORLD"_qs << QStringList{u"hello"_qs, u"world"_qs};
    QTest::newRow("accents") << u"Crème brûlée"_qs << QStringList{u"creme"_qs, u"brulee"_qs};
    QTest::newRow("combining accents") << u"cre\u0300me"_qs << QStringList{u"creme"_qs};
    QTest::newRow("sharp s") << u"Straße"_qs << QStringList{u"strasse"_qs};
    QTest::newRow("ligature") << u"ﬁn"_qs << QStringList{u"fin"_qs};
    QTest::newRow("punctuation") << u"a-b_c.d"_qs << QStringList{u"a"_qs, u"b"_qs, u"c"_qs, u"d"_qs};
    QTest::newRow("Arabic points and tatweel")
        << u"مُحَمَّـد أحمد"_qs << QStringList{u"محمد"_qs, u"احمد"_qs};
    QTest::newRow("Hebrew points") << u"שָׁלוֹם"_qs << QStringList{u"שלום"_qs};
    QTest::newRow("Devanagari keeps its vowels") << u"हिन्दी"_qs << QStringList{u"हिन्दी"_qs};
    QTest::newRow("Chinese in pairs") << u"我爱你"_qs << QStringList{u"我爱"_qs, u"爱你"_qs, u"你"_qs};
    QTest::newRow("Chinese beside Latin")
        << u"用Qt写"_qs << QStringList{u"用"_qs, u"qt"_qs, u"写"_qs};
    QTest::newRow("Korean") << u"한국어 말"_qs << QStringList{u"한국어"_qs, u"말"_qs};
    QTest::newRow("emoji") << u"yes🎉🎉 ❤️"_qs
                           << QStringList{u"yes"_qs, u"🎉"_qs, u"🎉"_qs, u"❤"_qs};
    QTest::newRow("quotes and operators") << u"\"a\" AND (b*)"_qs
                                          << QStringList{u"a"_qs, u"and"_qs, u"b"_qs};
    QTest::newRow("private use") << u"a\ue000t1"_qs << QStringList{u"a"_qs, u"t1"_qs};
    QTest::newRow("nothing") << u" \t\n…!"_qs << QStringList();
}

void TestWordFolder::foldsWords()
{
    QFETCH(QString, text);
    QFETCH(QStringList, words);
    QCOMPARE(wordsOf(text), words);
}

void TestWordFolder::aPairIsEnoughToFindWordsWithoutSpaces()
{
    QCOMPARE(wordsOf(u"爱你"_qs, false), QStringList{u"爱你"_qs});
    QCOMPARE(wordsOf(u"爱"_qs, false), QStringList{u"爱"_qs});
}

void TestWordFolder::wordsKnowTheirPlaces()
{
    WordFolder folder;
    const QString text = u"🎈 Grüße, 你好!"_qs;
    const QList<FoldedWord> words = folder.words(text);
    QCOMPARE(words.size(), 4);
    QCOMPARE(words.at(0), (FoldedWord{u"🎈"_qs, 0, 2}));
    QCOMPARE(words.at(1), (FoldedWord{u"grusse"_qs, 3, 8}));
    QCOMPARE(words.at(2), (FoldedWord{u"你好"_qs, 10, 12}));
    QCOMPARE(words.at(3), (FoldedWord{u"好"_qs, 11, 12}));
}

void TestWordFolder::longWordsAreCut()
{
    const QStringList words = wordsOf(QString(100'000, u'x') + u" y"_qs);
    QCOMPARE(words.size(), 2);
    QCOMPARE(words.first().size(), WordFolder::kLongestWord);
}

void TestWordFolder::brokenSurrogatesAreHarmless()
{
    const QString text = QString(QChar(0xd83c)) + u'a' + QChar(0xdf89) + QChar(0xd83c);
    QCOMPARE(wordsOf(text), QStringList{u"a"_qs});
}

QTEST_GUILESS_MAIN(TestWordFolder)
#include "tst_wordfolder.moc"
