#include "population.h"

#include "server/hub/access.h"
#include "server/hub/tokens.h"
#include "server/hub/topic.h"

namespace confab {

using namespace server;

namespace {

constexpr int kTokenDays = 7;

}

Population::Population(const QString &dataDir)
{
    if (const auto sentence = m_database.open(dataDir))
        qFatal("%s", qPrintable(*sentence));
}

Population::User Population::addUser()
{
    UserRecord user;
    user.id = randomId(QLatin1String("usr"));
    user.created = user.updated = m_now;
    user.defaultAuth = access::kNewUserAuth;
    user.wantOfMe = access::kMe;
    user.pub = wire::JsonBlob::fromBytes("{\"fn\":\"Somebody\"}");
    m_database.write(AddUser{user, {}, {}, {}});
    const Tokens tokens(m_database.tokenKey());
    return {
        user.id, tokens.issue({user.id, m_now.addDays(kTokenDays), user.tokenSerial}).toBase64()};
}

Population::Group Population::addGroup(const QList<User> &members, int messages)
{
    TopicRecord topic;
    topic.id = m_database.takeTopicId();
    topic.key = randomId(QLatin1String("grp"));
    topic.created = topic.updated = topic.touched = m_now;
    topic.owner = members.first().id;
    topic.seq = messages;
    topic.defaultAuth = access::kGroupMember;
    QList<MemberRecord> records;
    for (const User &user : members) {
        MemberRecord record;
        record.topicId = topic.id;
        record.user = user.id;
        record.want = record.given = records.isEmpty() ? access::kGroupOwner : access::kGroupMember;
        record.created = record.updated = m_now;
        records.append(record);
    }
    m_database.write(AddTopic{topic, records, {}});
    return {topic.key, topic.id};
}

}
