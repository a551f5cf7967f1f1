#include "widgets/composer/emojitable.h"

#include <QFile>

#include <algorithm>

namespace confab {

namespace {

constexpr char32_t kLightSkin = 0x1F3FB;
constexpr int kTones = 5;
constexpr QChar kEmojiStyle(0xFE0F);
constexpr int kNoMatch = 100;

QString toneText(int tone)
{
    const char32_t code = kLightSkin + char32_t(tone - 1);
    return QString::fromUcs4(&code, 1);
}

QString withoutTone(QString emoji)
{
    for (int tone = 1; tone <= kTones; ++tone)
        emoji.remove(toneText(tone));
    return emoji.remove(kEmojiStyle);
}

QStringList linesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n');
    lines.removeLast(); // behind the last line break
    return lines;
}

QString wordsPath(const QString &language)
{
    return QStringLiteral(":/emoji/words/%1.txt").arg(language);
}

/// Of the languages that there are words in, the one for a locale; empty if there is none.
QString languageOf(const QLocale &locale)
{
    QString code = locale.name().section(u'_', 0, 0);
    if (locale.language() == QLocale::NorwegianBokmal
        || locale.language() == QLocale::NorwegianNynorsk)
        code = QStringLiteral("no");
    if (locale.language() == QLocale::Chinese
        && locale.script() == QLocale::TraditionalChineseScript)
        code = QStringLiteral("zh_Hant");
    return QFile::exists(wordsPath(code)) ? code : QString();
}

/// Without case and, in Latin, without accents.
QString folded(const QString &text)
{
    const QString plain = text.toCaseFolded();
    const bool isAscii
        = std::all_of(plain.begin(), plain.end(), [](QChar c) { return c.unicode() < 0x80; });
    if (isAscii)
        return plain;
    QString result;
    for (const QChar c : plain.normalized(QString::NormalizationForm_D)) {
        const bool isAccent = c.unicode() >= 0x300 && c.unicode() < 0x370;
        if (!isAccent)
            result += c;
    }
    return result;
}

bool hasWord(const QString &words, const QString &begin)
{
    return words.contains(u' ' + begin);
}

bool hasPart(const QString &words, const QString &part)
{
    const bool isShort = part.size() < 3 && part.at(0).script() == QChar::Script_Latin;
    return !isShort && words.contains(part);
}

}

QString Emoji::withTone(int tone) const
{
    if (tone == 0 || light.isEmpty())
        return text;
    QString toned = light;
    return toned.replace(toneText(1), toneText(tone));
}

EmojiTable::EmojiTable(const QLocale &locale)
{
    readEmoji();
    readWords(QStringLiteral("en"));
    const QString own = languageOf(locale);
    if (!own.isEmpty() && own != QLatin1String("en"))
        readWords(own);
}

void EmojiTable::readEmoji()
{
    for (const QString &line : linesOf(QStringLiteral(":/emoji/emoji.txt"))) {
        if (line.startsWith(u'>')) {
            m_groups += Group{line.mid(1), int(m_emoji.size()), 0};
            continue;
        }
        QStringList fields = line.split(u'\t');
        Emoji emoji;
        emoji.text = fields.takeFirst();
        emoji.light = fields.takeFirst();
        if (emoji.light == u'-')
            emoji.light.clear();
        emoji.codes = fields;
        const int place = int(m_emoji.size());
        for (const QString &code : std::as_const(emoji.codes))
            m_codes.insert(code, place);
        m_places.insert(withoutTone(emoji.text), place);
        Words words;
        words.codes = u' ' + emoji.codes.join(u' ');
        words.more = QString(words.codes).replace(u'_', u' ');
        m_words += words;
        m_emoji += emoji;
        ++m_groups.last().count;
    }
}

void EmojiTable::readWords(const QString &language)
{
    const QStringList lines = linesOf(wordsPath(language));
    const qsizetype count = std::min(lines.size(), m_emoji.size());
    for (qsizetype i = 0; i < count; ++i) {
        const QString name = lines.at(i).section(u'|', 0, 0);
        if (!name.isEmpty())
            m_emoji[i].name = name;
        m_words[i].names += u' ' + folded(name);
        m_words[i].more += u' ' + folded(lines.at(i).section(u'|', 1)).replace(u'|', u' ');
    }
}

int EmojiTable::find(const QString &emoji) const
{
    return m_places.value(withoutTone(emoji), -1);
}

/// Smaller is better.
int EmojiTable::rank(const Words &words, const QString &query) const
{
    if ((words.codes + u' ').contains(u' ' + query + u' '))
        return 0;
    if (hasWord(words.codes, query))
        return 1;
    if (words.names.startsWith(u' ' + query))
        return 2;
    if (hasWord(words.names, query))
        return 3;
    if (hasWord(words.more, query))
        return 4;
    return hasPart(words.names, query) || hasPart(words.more, query) ? 5 : kNoMatch;
}

QList<int> EmojiTable::search(const QString &query, int limit) const
{
    const QStringList wanted = folded(query).split(u' ', Qt::SkipEmptyParts);
    QList<std::pair<int, int>> hits;
    for (int place = 0; place < int(m_emoji.size()) && !wanted.isEmpty(); ++place) {
        int worst = 0;
        for (const QString &word : wanted)
            worst = std::max(worst, rank(m_words.at(place), word));
        if (worst < kNoMatch)
            hits.append({worst, place});
    }
    std::sort(hits.begin(), hits.end());
    QList<int> places;
    for (qsizetype i = 0; i < std::min<qsizetype>(limit, hits.size()); ++i)
        places += hits.at(i).second;
    return places;
}

}
