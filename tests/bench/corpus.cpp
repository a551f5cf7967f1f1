#include "corpus.h"

#include <algorithm>
#include <cmath>

namespace confab {

namespace {

constexpr int kWords = 50'000;
constexpr qint64 kBegin = 1'600'000'000'000; // ms

}

Corpus::Corpus(quint32 seed)
    : m_random(seed)
    , m_seqs(kTopics, 0)
    , m_time(kBegin)
{
    const QString latin = QStringLiteral("aeiouäöünrtslmdgkbpfchwvz");
    const QString cyrillic = QStringLiteral("аеиоунртслмдгкбпвзш");
    const QString arabic = QStringLiteral("ابتجحدرسعفقكلمنهوي");
    double sum = 0;
    for (int i = 0; i < kWords; ++i) {
        const int kind = i % 20;
        const QString &letters = kind < 16 ? latin : kind < 18 ? cyrillic : arabic;
        QString word;
        for (int length = 2 + int(uniform() * 9); length > 0; --length)
            word += letters.at(int(uniform() * double(letters.size() - 1)));
        m_words.append(word);
        QString chinese;
        for (int length = uniform() < 0.2 ? 1 : uniform() < 0.8 ? 2 : 3; length > 0; --length)
            chinese += QChar(0x4e00 + int(uniform() * uniform() * 3000));
        m_chineseWords.append(chinese);
        sum += 1.0 / (i + 1.5);
        m_zipf.append(sum);
    }
}

TopicName Corpus::topicName(int topic)
{
    return QStringLiteral("grpBench%1").arg(topic, 6, 10, QLatin1Char('0'));
}

UserId Corpus::senderName(int sender)
{
    return QStringLiteral("usrBench%1").arg(sender, 6, 10, QLatin1Char('0'));
}

qsizetype Corpus::rank()
{
    const double at = uniform() * m_zipf.last();
    return std::lower_bound(m_zipf.cbegin(), m_zipf.cend(), at) - m_zipf.cbegin();
}

QString Corpus::word()
{
    return m_words.at(std::min(rank(), m_words.size() - 1));
}

QString Corpus::chinese(int length)
{
    QString result;
    while (result.size() < length)
        result += m_chineseWords.at(std::min(rank(), m_chineseWords.size() - 1));
    return result;
}

QString Corpus::text()
{
    const double kind = uniform();
    const int bytes = std::clamp(int(std::exp(std::log(45.0) + 0.7 * (uniform() + uniform() + uniform() - 1.5) * 2)), 4, 600);
    QString text;
    if (kind < 0.1) {
        text = chinese(std::max(2, bytes / 3));
    } else {
        while (text.size() < bytes)
            text += word() + u' ';
        if (kind > 0.95)
            text += QStringLiteral("🎉👍");
    }
    if (m_count % 10 == 3)
        text += u' ' + commonWord();
    if (m_count % 1000 == 3)
        text += u' ' + partnerWord();
    if (m_count % 100'000 == 7)
        text += u' ' + rareWord();
    if (m_count % 5000 == 11)
        text += chinesePair();
    return text.trimmed();
}

Message Corpus::next(int &topic)
{
    topic = int(kTopics * uniform() * uniform());
    Message message;
    message.seq = ++m_seqs[topic];
    message.from = senderName(int(kSenders * uniform()));
    m_time += qint64(120'000 * uniform());
    message.ts = QDateTime::fromMSecsSinceEpoch(m_time, Qt::UTC);
    message.text = text();
    message.content = wire::JsonBlob::fromString(message.text);
    ++m_count;
    return message;
}

}
