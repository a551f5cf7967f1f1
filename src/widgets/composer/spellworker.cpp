#include "widgets/composer/spellworker.h"

#include "widgets/widgetslog.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <hunspell/hunspell.hxx>

namespace confab {

namespace {

constexpr int kMaxSuggestions = 7;
constexpr qint64 kMaxWordFile = 1024 * 1024;

}

/// One dictionary, its encoding, and the script of the words that it can judge.
struct SpellWorker::Book {
    explicit Book(const Dictionary &dictionary)
        : hunspell(QFile::encodeName(dictionary.path + QStringLiteral(".aff")).constData(),
            QFile::encodeName(dictionary.path + QStringLiteral(".dic")).constData())
        , script(QLocale(dictionary.language).script())
    {
        const std::string name = hunspell.get_dict_encoding();
        encode = QStringEncoder(name.c_str());
        decode = QStringDecoder(name.c_str());
    }

    /// Whether a word is written in letters that this dictionary knows.
    bool judges(const QString &word) const
    {
        switch (word.at(0).script()) {
        case QChar::Script_Latin:
            return script == QLocale::LatinScript;
        case QChar::Script_Cyrillic:
            return script == QLocale::CyrillicScript;
        case QChar::Script_Greek:
            return script == QLocale::GreekScript;
        case QChar::Script_Arabic:
            return script == QLocale::ArabicScript;
        case QChar::Script_Hebrew:
            return script == QLocale::HebrewScript;
        default:
            return script != QLocale::LatinScript && script != QLocale::CyrillicScript;
        }
    }

    bool knows(const QString &word)
    {
        const QByteArray bytes = encode(word);
        return !encode.hasError() && hunspell.spell(bytes.toStdString());
    }

    QStringList suggestions(const QString &word)
    {
        QStringList found;
        const QByteArray bytes = encode(word);
        for (const std::string &each : hunspell.suggest(bytes.toStdString()))
            found += QString(decode(QByteArrayView(each.data(), qsizetype(each.size()))));
        return found;
    }

    Hunspell hunspell;
    QLocale::Script script;
    QStringEncoder encode;
    QStringDecoder decode;
};

SpellWorker::SpellWorker() = default;
SpellWorker::~SpellWorker() = default;

void SpellWorker::load(const QList<Dictionary> &dictionaries)
{
    m_books.clear();
    for (const Dictionary &dictionary : dictionaries) {
        auto book = std::make_unique<Book>(dictionary);
        if (book->encode.isValid() && book->decode.isValid())
            m_books.push_back(std::move(book));
        else
            qCWarning(lcWidgets) << "Dictionary in an unknown encoding:" << dictionary.language;
    }
}

void SpellWorker::readWords(const QString &path)
{
    m_wordFile = path;
    m_words.clear();
    QFile file(path);
    if (file.size() > kMaxWordFile || !file.open(QIODevice::ReadOnly))
        return;
    const QStringList lines = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    m_words = {lines.begin(), lines.end()};
}

void SpellWorker::addWord(const QString &word)
{
    m_words.insert(word);
    if (m_wordFile.isEmpty())
        return;
    QStringList words(m_words.begin(), m_words.end());
    words.sort();
    QDir().mkpath(QFileInfo(m_wordFile).path());
    QSaveFile file(m_wordFile);
    const bool kept = file.open(QIODevice::WriteOnly)
        && file.write(words.join(u'\n').toUtf8() + '\n') > 0 && file.commit();
    if (!kept)
        qCWarning(lcWidgets) << "Own words cannot be kept:" << file.errorString();
}

bool SpellWorker::isRight(const QString &word) const
{
    if (m_words.contains(word) || m_words.contains(word.toLower()))
        return true;
    QString plain = word;
    plain.replace(u'\u2019', u'\'');
    bool isJudged = false;
    for (const std::unique_ptr<Book> &book : m_books) {
        if (!book->judges(plain))
            continue;
        if (book->knows(plain))
            return true;
        isJudged = true;
    }
    return !isJudged;
}

void SpellWorker::check(int round, const QStringList &words)
{
    QHash<QString, bool> areRight;
    for (const QString &word : words)
        areRight.insert(word, isRight(word));
    emit checked(round, areRight);
}

/// In turn from each language, since nobody knows which one was meant.
void SpellWorker::suggest(const QString &word)
{
    QList<QStringList> each;
    qsizetype longest = 0;
    for (const std::unique_ptr<Book> &book : m_books) {
        if (book->judges(word))
            each += book->suggestions(word);
        longest = each.isEmpty() ? 0 : std::max(longest, each.last().size());
    }
    QStringList found;
    for (qsizetype i = 0; i < longest; ++i) {
        for (const QStringList &list : std::as_const(each)) {
            if (i < list.size() && !found.contains(list.at(i)) && found.size() < kMaxSuggestions)
                found += list.at(i);
        }
    }
    emit suggestionsFound(word, found);
}

}
