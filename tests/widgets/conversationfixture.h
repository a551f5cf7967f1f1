#pragma once

#include "models/messagelistmodel.h"
#include "store/topiclist.h"

#include <QTimeZone>

namespace confab {

/// An account "usrMe" with one conversation, to be filled by a test. Times count from noon of a fixed
/// day, so that groups and days are the same whenever the test runs.
class ConversationFixture
{
public:
    explicit ConversationFixture(const QString &name = QStringLiteral("grpTeam"))
        : topic(addTopic(name, QStringLiteral("Team")))
    {
        wire::Card card;
        card.name = QStringLiteral("Me");
        topics.setSelf(QStringLiteral("usrMe"), card);
        noteUser(QStringLiteral("usrAnn"), QStringLiteral("Ann"));
        noteUser(QStringLiteral("usrBob"), QStringLiteral("Bob"));
        model.setTopic(topic);
    }

    Topic *addTopic(const QString &name, const QString &title)
    {
        TopicInfo info;
        info.name = name;
        info.card.name = title;
        return topics.add(info);
    }

    static QDateTime at(int seconds)
    {
        return QDateTime(QDate(2024, 3, 14), QTime(12, 0), QTimeZone::utc()).addSecs(seconds);
    }

    static Message message(Seq seq, const QString &from, const QString &text, int seconds)
    {
        Message message;
        message.seq = seq;
        message.from = from;
        message.text = text;
        message.ts = at(seconds);
        return message;
    }

    /// Messages first..last, of Ann and Bob by turns, one every six minutes; all read.
    void fill(Seq first, Seq last)
    {
        QList<Message> messages;
        for (Seq seq = first; seq <= last; ++seq) {
            const QString from = seq % 2 ? QStringLiteral("usrAnn") : QStringLiteral("usrBob");
            messages.append(message(seq, from, textOf(seq), seq * 360));
        }
        topic->timeline().insert(messages);
        const Seq newest = qMax(last, topic->info().seq);
        setSeq(newest, newest);
    }

    void add(Seq seq, const QString &from, const QString &text, int seconds)
    {
        topic->timeline().insert({message(seq, from, text, seconds)});
        setSeq(qMax(seq, topic->info().seq), topic->info().read);
    }

    void addPending(const QString &cid, Delivery state, const QString &text, const QString &error = {})
    {
        PendingMessage pending;
        pending.cid = cid;
        pending.topic = topic->name();
        pending.text = text;
        pending.created = at(1'000'000);
        pending.state = state;
        pending.error = error;
        topic->timeline().addPending(pending);
    }

    void setSeq(Seq seq, Seq read)
    {
        TopicInfo info = topic->info();
        info.seq = seq;
        info.recv = seq;
        info.read = read;
        topic->setInfo(info);
    }

    /// Of different lengths, so that rows have different heights.
    static QString textOf(Seq seq)
    {
        return QStringLiteral("Message %1 ").arg(seq)
            + QStringLiteral("and some more words ").repeated(seq % 7);
    }

    TopicList topics;
    Topic *topic;
    MessageListModel model{topics};

private:
    void noteUser(const QString &id, const QString &name)
    {
        wire::Card card;
        card.name = name;
        topics.noteUser(id, card);
    }
};

}
