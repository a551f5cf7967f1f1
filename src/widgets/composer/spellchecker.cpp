#include "widgets/composer/spellchecker.h"

#include "widgets/composer/spellworker.h"

#include <QTimer>

namespace confab {

namespace {

/// More words than a long draft has; then all are forgotten and asked for again.
constexpr qsizetype kMaxKnown = 50'000;

}

SpellChecker::SpellChecker(QObject *parent)
    : QObject(parent)
{
}

SpellChecker::~SpellChecker()
{
    m_thread.quit();
    m_thread.wait();
}

const QList<Dictionary> &SpellChecker::dictionaries()
{
    if (!m_hasLooked)
        m_found = findDictionaries();
    m_hasLooked = true;
    return m_found;
}

void SpellChecker::setLanguages(const QStringList &languages)
{
    QStringList known;
    QList<Dictionary> chosen;
    for (const QString &language : languages) {
        for (const Dictionary &dictionary : dictionaries()) {
            if (dictionary.language == language && !known.contains(language)) {
                known += language;
                chosen += dictionary;
            }
        }
    }
    if (known == m_languages)
        return;
    m_languages = known;
    ++m_round;
    m_isWrong.clear();
    m_questions.clear();
    if (!known.isEmpty())
        startWorker();
    if (m_worker)
        QMetaObject::invokeMethod(m_worker, [worker = m_worker, chosen] { worker->load(chosen); });
    emit changed();
}

void SpellChecker::setWordFile(const QString &path)
{
    m_wordFile = path;
    if (m_worker)
        QMetaObject::invokeMethod(m_worker, [worker = m_worker, path] { worker->readWords(path); });
}

void SpellChecker::startWorker()
{
    if (m_worker)
        return;
    m_worker = new SpellWorker;
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    connect(m_worker, &SpellWorker::checked, this, &SpellChecker::takeVerdicts);
    connect(m_worker, &SpellWorker::suggestionsFound, this, &SpellChecker::suggestionsFound);
    m_thread.setObjectName(QStringLiteral("spelling"));
    m_thread.start(QThread::LowPriority);
    if (!m_wordFile.isEmpty())
        setWordFile(m_wordFile);
}

bool SpellChecker::isWrong(const QString &word)
{
    const auto known = m_isWrong.constFind(word);
    if (known != m_isWrong.constEnd())
        return *known;
    if (!isActive())
        return false;
    if (m_isWrong.size() > kMaxKnown)
        m_isWrong.clear();
    m_isWrong.insert(word, false);
    if (m_questions.isEmpty())
        QTimer::singleShot(0, this, &SpellChecker::askWorker);
    m_questions += word;
    return false;
}

void SpellChecker::askWorker()
{
    if (m_questions.isEmpty() || !m_worker)
        return;
    QMetaObject::invokeMethod(m_worker,
        [worker = m_worker, round = m_round, words = m_questions] { worker->check(round, words); });
    m_questions.clear();
}

void SpellChecker::takeVerdicts(int round, const QHash<QString, bool> &areRight)
{
    if (round != m_round)
        return;
    QStringList wrong;
    for (auto it = areRight.begin(); it != areRight.end(); ++it) {
        m_isWrong.insert(it.key(), !it.value());
        if (!it.value())
            wrong += it.key();
    }
    if (!wrong.isEmpty())
        emit wrongWordsFound(wrong);
}

void SpellChecker::suggest(const QString &word)
{
    if (m_worker)
        QMetaObject::invokeMethod(m_worker, [worker = m_worker, word] { worker->suggest(word); });
}

void SpellChecker::addWord(const QString &word)
{
    m_isWrong.insert(word, false);
    if (m_worker)
        QMetaObject::invokeMethod(m_worker, [worker = m_worker, word] { worker->addWord(word); });
    emit changed();
}

}
