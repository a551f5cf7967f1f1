// Makes a profile with one account whose archive holds messages of the corpus, all found by a search, and
// whose server is not there: make_profile DATA-DIR MESSAGES. What start_archive.py starts Confab with. The texts of
// the newest page of the chat that it opens are in DATA-DIR/page.txt, a line each.
#include "corpus.h"

#include "app/common/profile.h"
#include "store/archive/messagecache.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

using namespace confab;

namespace {

constexpr int kAtOnce = 20'000;
constexpr qsizetype kPage = 48;

bool writePage(const QString &path, const QList<Message> &messages)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    for (const Message &message : messages)
        file.write(QString(message.text).replace(u'\n', u' ').toUtf8() + '\n');
    return file.flush();
}

/// Titles, people and rights as a server gives them.
bool saveChats(MessageCache &cache, const QList<Message> &newest)
{
    wire::Card self;
    self.name = QStringLiteral("Bench");
    bool saved = cache.saveSelf(Corpus::senderName(0), self);
    for (int sender = 1; saved && sender < Corpus::kSenders; ++sender) {
        wire::Card card;
        card.name = QStringLiteral("Person %1").arg(sender);
        saved = cache.saveUser(Corpus::senderName(sender), card);
    }
    for (int topic = 0; saved && topic < Corpus::kTopics; ++topic) {
        const Message &last = newest.at(topic);
        TopicInfo info;
        info.name = Corpus::topicName(topic);
        info.card.name = QStringLiteral("Group %1").arg(topic);
        info.seq = last.seq;
        info.read = last.seq;
        info.recv = last.seq;
        info.touched = last.ts;
        saved = cache.saveTopic(info);
    }
    return saved;
}

bool fill(const QString &folder, const QString &pageFile, int count)
{
    MessageCache cache(folder);
    if (!cache.open())
        return false;
    Corpus corpus(42);
    QList<Message> newest(Corpus::kTopics);
    QList<Message> opened; // the newest of the first chat
    for (int done = 0; done < count; done += kAtOnce) {
        QList<QList<Message>> byTopic(Corpus::kTopics);
        for (int i = 0; i < std::min(kAtOnce, count - done); ++i) {
            int topic = 0;
            const Message message = corpus.next(topic);
            byTopic[topic].append(message);
            newest[topic] = message;
            if (topic == 0)
                opened.append(message);
        }
        const bool saved = cache.together([&] {
            for (int topic = 0; topic < Corpus::kTopics; ++topic) {
                if (!cache.saveMessages(Corpus::topicName(topic), byTopic.at(topic)))
                    return false;
            }
            return true;
        });
        if (!saved)
            return false;
    }
    while (!cache.isIndexed()) {
        if (!cache.indexSome([] { return false; }))
            return false;
    }
    return count == 0 || (saveChats(cache, newest) && writePage(pageFile, opened.last(std::min(kPage, opened.size()))));
}

}

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    if (argc < 3) {
        std::fprintf(stderr, "make_profile DATA-DIR MESSAGES\n");
        return 2;
    }
    DataFolders folders;
    folders.root = QString::fromLocal8Bit(argv[1]);
    const auto profile = Profile::open(folders.profile(QStringLiteral("default")));
    if (!profile)
        return 1;
    AccountConfig config;
    config.url = QUrl(QStringLiteral("ws://127.0.0.1:9/v0/channels"));
    config.login = QStringLiteral("bench");
    config.user = Corpus::senderName(0);
    config = (*profile)->add(config);
    (*profile)->setCurrentAccount(config.id);
    (*profile)->setLastChat(config.id, Corpus::topicName(0));
    const QString folder = (*profile)->accountFolder(config.id);
    return fill(folder, folders.root + QStringLiteral("/page.txt"), QByteArray(argv[2]).toInt()) ? 0 : 1;
}
