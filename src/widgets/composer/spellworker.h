#pragma once

#include "widgets/composer/dictionaries.h"

#include <QHash>
#include <QLocale>
#include <QObject>
#include <QSet>
#include <QStringConverter>

#include <memory>

class Hunspell;

namespace confab {

/// Reads and asks the dictionaries of a SpellChecker, on its thread.
class SpellWorker : public QObject
{
    Q_OBJECT

public:
    SpellWorker();
    ~SpellWorker() override;

    void load(const QList<Dictionary> &dictionaries);
    void readWords(const QString &path);
    void addWord(const QString &word); ///< also to the file
    void check(int round, const QStringList &words);
    void suggest(const QString &word);

signals:
    void checked(int round, const QHash<QString, bool> &areRight);
    void suggestionsFound(const QString &word, const QStringList &suggestions);

private:
    struct Book;

    bool isRight(const QString &word) const;

    std::vector<std::unique_ptr<Book>> m_books;
    QString m_wordFile;
    QSet<QString> m_words;
};

}
