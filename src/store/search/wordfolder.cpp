#include "store/search/wordfolder.h"

namespace confab {

namespace {

constexpr int kMostKnown = 20'000; ///< the usual characters of any few languages

bool isUnspacedScript(QChar::Script script)
{
    switch (script) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Bopomofo:
    case QChar::Script_Thai:
    case QChar::Script_Lao:
    case QChar::Script_Khmer:
    case QChar::Script_Myanmar:
        return true;
    default:
        return false;
    }
}

/// Accents and vowel points. In other scripts, as Devanagari, such marks are half of the word.
bool isOptionalMark(char32_t character)
{
    if (QChar::category(character) != QChar::Mark_NonSpacing)
        return false;
    switch (QChar::script(character)) {
    case QChar::Script_Inherited:
    case QChar::Script_Latin:
    case QChar::Script_Greek:
    case QChar::Script_Cyrillic:
    case QChar::Script_Arabic:
    case QChar::Script_Hebrew:
        return true;
    default:
        return false;
    }
}

bool isAsciiWord(char16_t unit)
{
    return (unit >= u'a' && unit <= u'z') || (unit >= u'A' && unit <= u'Z')
        || (unit >= u'0' && unit <= u'9');
}

int endOfAsciiWord(QStringView text, int at)
{
    while (at < int(text.size()) && isAsciiWord(text.at(at).unicode()))
        ++at;
    return at;
}

QString asciiLowered(QStringView text)
{
    QString result = text.toString();
    for (QChar &letter : result) {
        if (letter >= u'A' && letter <= u'Z')
            letter = QChar(letter.unicode() + (u'a' - u'A'));
    }
    return result;
}
}

WordFolder::Folded WordFolder::folded(char32_t character)
{
    constexpr char32_t kTatweel = 0x640; // stretches Arabic words, means nothing
    const QChar::Category category = QChar::category(character);
    if (isOptionalMark(character) || character == kTatweel || category == QChar::Other_Format)
        return {Kind::Ignored, {}};
    constexpr char32_t kSharpS = 0xdf; // the one letter of Europe that folds to two; Qt leaves it
    constexpr char32_t kCapitalSharpS = 0x1e9e;
    if (character == kSharpS || character == kCapitalSharpS)
        return {Kind::Letter, QStringLiteral("ss")};
    const QString source = QString::fromUcs4(&character, 1);
    if (category == QChar::Symbol_Other)
        return {Kind::Symbol, source};
    if (!QChar::isLetterOrNumber(character) && !QChar::isMark(character))
        return {Kind::Space, {}};
    if (QChar::script(character) == QChar::Script_Hangul)
        return {Kind::Letter, source}; // in parts a syllable would be three times as long
    QString text;
    const QList<uint> parts = source.normalized(QString::NormalizationForm_KD).toCaseFolded().toUcs4();
    for (const char32_t part : parts) {
        if (!isOptionalMark(part) && (QChar::isLetterOrNumber(part) || QChar::isMark(part)))
            text += QString::fromUcs4(&part, 1);
    }
    if (text.isEmpty())
        return {Kind::Ignored, {}};
    return {isUnspacedScript(QChar::script(character)) ? Kind::Unspaced : Kind::Letter, text};
}

const WordFolder::Folded &WordFolder::fold(char32_t character)
{
    const auto known = m_known.constFind(character);
    if (known != m_known.constEnd())
        return *known;
    if (m_known.size() >= kMostKnown)
        m_known.clear();
    return *m_known.insert(character, folded(character));
}

bool WordFolder::isUnspaced(const QString &word)
{
    if (word.isEmpty() || word.at(0).unicode() < 0x80)
        return false;
    const bool pair = word.size() > 1 && word.at(0).isHighSurrogate() && word.at(1).isLowSurrogate();
    return isUnspacedScript(
        QChar::script(pair ? QChar::surrogateToUcs4(word.at(0), word.at(1)) : word.at(0).unicode()));
}

QList<FoldedWord> WordFolder::words(QStringView text, bool whole)
{
    QList<FoldedWord> words;
    FoldedWord word; // being read
    QList<FoldedWord> run; // of characters without spaces
    const auto endWord = [&] {
        if (!word.word.isEmpty())
            words.append(std::exchange(word, {}));
        if (!run.isEmpty()) {
            addPairs(run, whole, words);
            run.clear();
        }
    };
    const auto grow = [&word](const QString &part, int begin, int end) {
        if (word.word.isEmpty())
            word.begin = begin;
        if (word.word.isEmpty() && part.size() <= kLongestWord)
            word.word = part;
        else if (word.word.size() < kLongestWord)
            word.word += part.left(kLongestWord - word.word.size());
        word.end = end;
    };
    const int size = int(text.size());
    for (int at = 0; at < size;) {
        const char16_t unit = text.at(at).unicode();
        if (unit < 0x80) {
            if (!isAsciiWord(unit) || !run.isEmpty())
                endWord();
            const int end = isAsciiWord(unit) ? endOfAsciiWord(text, at + 1) : at + 1;
            if (isAsciiWord(unit))
                grow(asciiLowered(text.mid(at, end - at)), at, end);
            at = end;
            continue;
        }
        const bool pair = QChar::isHighSurrogate(unit) && at + 1 < size && text.at(at + 1).isLowSurrogate();
        const char32_t character = pair ? QChar::surrogateToUcs4(unit, text.at(at + 1).unicode()) : unit;
        const int end = at + (pair ? 2 : 1);
        const Folded &known = fold(character);
        if (known.kind == Kind::Letter) {
            if (!run.isEmpty())
                endWord();
            grow(known.text, at, end);
        } else if (known.kind == Kind::Ignored) {
            if (!word.word.isEmpty())
                word.end = end;
        } else {
            if (known.kind != Kind::Unspaced || !word.word.isEmpty())
                endWord();
            if (known.kind == Kind::Unspaced)
                run.append({known.text, at, end});
            else if (known.kind == Kind::Symbol)
                words.append({known.text, at, end});
        }
        at = end;
    }
    endWord();
    return words;
}

void WordFolder::addPairs(const QList<FoldedWord> &run, bool whole, QList<FoldedWord> &words)
{
    for (int i = 0; i + 1 < int(run.size()); ++i)
        words.append({run.at(i).word + run.at(i + 1).word, run.at(i).begin, run.at(i + 1).end});
    if (whole || run.size() == 1)
        words.append(run.last());
}

}
