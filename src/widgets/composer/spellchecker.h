#pragma once

#include "widgets/composer/dictionaries.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QThread>

namespace confab {

class SpellWorker;

/// Knows which words are written wrong, in several languages at once: a word is right if one of
/// them has it. Dictionaries are read and asked on a thread of their own, which begins with the
/// first language; nobody waits for it. GUI thread.
class SpellChecker : public QObject
{
    Q_OBJECT

public:
    explicit SpellChecker(QObject *parent = nullptr);
    ~SpellChecker() override;

    /// Looked for when first asked.
    const QList<Dictionary> &dictionaries();
    /// By Dictionary::language; none: nothing is wrong. Those that are not on this computer do
    /// nothing.
    void setLanguages(const QStringList &languages);
    const QStringList &languages() const { return m_languages; }
    bool isActive() const { return !m_languages.isEmpty(); }
    /// The words that the person has added, one a line; kept there.
    void setWordFile(const QString &path);

    /// Of what is not known yet nothing is wrong; wrongWordsFound() follows, if it is.
    bool isWrong(const QString &word);
    void suggest(const QString &word); ///< suggestionsFound() follows
    void addWord(const QString &word);

signals:
    void changed(); ///< languages or own words: every verdict may differ
    void wrongWordsFound(const QStringList &words);
    void suggestionsFound(const QString &word, const QStringList &suggestions); ///< best first

private:
    void startWorker();
    void askWorker();
    void takeVerdicts(int round, const QHash<QString, bool> &areRight);

    QList<Dictionary> m_found;
    bool m_hasLooked = false;
    QStringList m_languages;
    QString m_wordFile;
    QHash<QString, bool> m_isWrong; ///< false also while the worker is asked
    QStringList m_questions; ///< for the worker, sent together
    int m_round = 0; ///< answers to earlier languages don't count
    QThread m_thread;
    SpellWorker *m_worker = nullptr; ///< lives on m_thread
};

}
