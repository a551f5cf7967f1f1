#pragma once

#include "store/message.h"

#include <QList>
#include <QStringList>

#include <random>

namespace confab {

/// Seeded messages for benchmarks (performance.md §7): words by Zipf's law out of 50,000, 70 % Latin
/// with German accents, 15 % Cyrillic or Arabic, 10 % Chinese of words by the same law, 5 % with emoji; lengths lognormal around
/// 45 bytes; time goes on by a minute or so. The same seed gives the same messages.
class Corpus
{
public:
    explicit Corpus(quint32 seed);

    /// The next one in time. Its number goes up within its topic.
    Message next(int &topic);

    static constexpr int kTopics = 200;
    static constexpr int kSenders = 50;
    static TopicName topicName(int topic);
    static UserId senderName(int sender);
    /// Planted: in one of 100,000 messages; in one of ten; side by side with `common` in one of 1,000.
    static QString rareWord() { return QStringLiteral("quokkasaurus"); }
    static QString commonWord() { return QStringLiteral("meeting"); }
    static QString partnerWord() { return QStringLiteral("agenda"); }
    static QString chinesePair() { return QStringLiteral("苹果"); }

private:
    QString word();
    QString chinese(int length);
    qsizetype rank(); ///< of a word, by Zipf's law
    QString text();
    double uniform() { return double(m_random()) / double(std::mt19937::max()); }

    std::mt19937 m_random;
    QStringList m_words;
    QStringList m_chineseWords;
    QList<double> m_zipf; ///< cumulative
    QList<Seq> m_seqs;
    qint64 m_time;
    quint64 m_count = 0;
};

}
