#include "benchchat.h"

#include "corpus.h"

#include <QTimeZone>

namespace confab {

namespace {

constexpr int kTexts = 5000; // different ones; a million messages share them
constexpr int kSeconds = 70; // between two messages

const QList<Message> &texts()
{
    static const QList<Message> made = [] {
        Corpus corpus(1);
        QList<Message> messages;
        int unused = 0;
        for (int i = 0; i < kTexts; ++i)
            messages.append(corpus.next(unused));
        return messages;
    }();
    return made;
}

}

BenchChat::BenchChat(int count)
{
    TopicInfo info;
    info.name = QStringLiteral("grpBench");
    info.card.name = QStringLiteral("Bench");
    info.seq = count;
    info.recv = count;
    info.read = count;
    m_shift = kTexts - count % kTexts;
    m_start = QDateTime(QDate(2024, 6, 1), QTime(20, 0), QTimeZone::utc()).addSecs(-qint64(count) * kSeconds);
    topic = topics.add(info);
    topics.setSelf(Corpus::senderName(0), {});
    topic->setAtStart(true);
    add(1, count);
    model.setTopic(topic);
}

void BenchChat::add(Seq first, Seq last)
{
    QList<Message> messages;
    messages.reserve(last - first + 1);
    for (Seq seq = first; seq <= last; ++seq) {
        Message message = texts().at((seq + m_shift) % kTexts);
        message.seq = seq;
        message.ts = m_start.addSecs(qint64(seq) * kSeconds);
        messages.append(message);
    }
    topic->timeline().insert(messages);
}

void BenchChat::append(int count)
{
    const Seq last = topic->timeline().lastSeq();
    add(last + 1, last + count);
}

}
