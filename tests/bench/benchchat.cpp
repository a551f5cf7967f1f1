#include "benchchat.h"

#include "corpus.h"

#include <QTimeZone>

namespace confab {

namespace {

constexpr int kTexts = 5000; // different ones; a million messages share them

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
    topic = topics.add(info);
    topics.setSelf(Corpus::senderName(0), {});
    topic->setAtStart(true);
    add(1, count);
    model.setTopic(topic);
}

void BenchChat::add(Seq first, Seq last)
{
    static const QDateTime start(QDate(2020, 1, 1), QTime(), QTimeZone::utc());
    QList<Message> messages;
    messages.reserve(last - first + 1);
    for (Seq seq = first; seq <= last; ++seq) {
        Message message = texts().at(seq % kTexts);
        message.seq = seq;
        message.ts = start.addSecs(qint64(seq) * 70);
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
