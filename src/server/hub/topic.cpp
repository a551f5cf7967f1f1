#include "server/hub/topic.h"

#include <QRandomGenerator>

#include <algorithm>

namespace confab::server {

namespace {

constexpr int kIdSize = 11; // characters after the prefix
constexpr QLatin1String kDirectPrefix("p2p");
constexpr QLatin1String kSelfPrefix("slf");
constexpr QLatin1String kUserPrefix("usr");
constexpr QLatin1String kGroupPrefix("grp");
constexpr QLatin1String kChannelPrefix("chn");
constexpr QLatin1String kSystem("sys");

} // namespace

Topic::Kind Topic::kind() const
{
    if (record.key.startsWith(kDirectPrefix))
        return Kind::Direct;
    if (record.key.startsWith(kSelfPrefix))
        return Kind::Self;
    return record.key == kSystem ? Kind::System : Kind::Group;
}

wire::TopicName Topic::nameFor(const wire::UserId &user) const
{
    switch (kind()) {
    case Kind::Direct:
        return partnerOf(user);
    case Kind::Self:
        return kSelfPrefix;
    case Kind::Group:
        return isReader(user) ? channelName(record.key) : record.key;
    case Kind::System:
        break;
    }
    return record.key;
}

wire::TopicName Topic::nameFor(const MemberRecord &member) const
{
    if (kind() != Kind::Group)
        return nameFor(member.user);
    return member.reader ? channelName(record.key) : record.key;
}

wire::UserId Topic::partnerOf(const wire::UserId &user) const
{
    if (kind() != Kind::Direct)
        return {};
    const QStringView first = QStringView(record.key).mid(kDirectPrefix.size(), kIdSize);
    const QStringView second = QStringView(record.key).mid(kDirectPrefix.size() + kIdSize);
    return kUserPrefix
        + (QStringView(user).mid(kUserPrefix.size()) == first ? second : first).toString();
}

const MemberRecord *Topic::member(const wire::UserId &user) const
{
    const auto found = members.constFind(user);
    return found != members.constEnd() && !found->isDeleted() ? &*found : nullptr;
}

wire::AccessMode Topic::modeOf(const wire::UserId &user) const
{
    const MemberRecord *found = member(user);
    return found ? found->mode() : wire::AccessMode();
}

bool Topic::isReader(const wire::UserId &user) const
{
    const auto found = members.constFind(user);
    return found != members.constEnd() && found->reader;
}

int Topic::memberCount() const
{
    return int(std::count_if(members.begin(), members.end(),
        [](const MemberRecord &m) { return !m.isDeleted() && !m.reader; }));
}

int Topic::subscriberCount() const
{
    return int(std::count_if(
        members.begin(), members.end(), [](const MemberRecord &m) { return !m.isDeleted(); }));
}

bool Topic::isUserAttached(const wire::UserId &user, const Session *except) const
{
    return std::any_of(sessions.begin(), sessions.end(),
        [&](const Session *session) { return session != except && session->userId() == user; });
}

QList<Session *> Topic::sessionsOf(const wire::UserId &user, const Session *except) const
{
    QList<Session *> result;
    for (Session *session : sessions) {
        if (session != except && session->userId() == user)
            result.append(session);
    }
    return result;
}

TopicKey directKey(const wire::UserId &a, const wire::UserId &b)
{
    const auto [first, second] = std::minmax(a, b);
    return kDirectPrefix + first.mid(kUserPrefix.size()) + second.mid(kUserPrefix.size());
}

TopicKey selfKey(const wire::UserId &owner)
{
    return kSelfPrefix + owner.mid(kUserPrefix.size());
}

wire::TopicName channelName(const TopicKey &key)
{
    return kChannelPrefix + key.mid(kGroupPrefix.size());
}

TopicKey topicKey(const wire::TopicName &name, const wire::UserId &user)
{
    switch (wire::topicKind(name)) {
    case wire::TopicKind::Direct:
        return wire::isUserId(name) && name != user ? directKey(name, user) : TopicKey();
    case wire::TopicKind::Group:
        return name;
    case wire::TopicKind::Self:
        return selfKey(user);
    case wire::TopicKind::System:
        return kSystem;
    case wire::TopicKind::Channel:
        return kGroupPrefix + name.mid(kChannelPrefix.size());
    case wire::TopicKind::Me:
    case wire::TopicKind::Find:
    case wire::TopicKind::NewGroup:
    case wire::TopicKind::NewChannel:
    case wire::TopicKind::Unknown:
        break;
    }
    return {};
}

QString randomId(QLatin1String prefix)
{
    const quint64 number = QRandomGenerator::system()->generate64();
    const QByteArray bytes(reinterpret_cast<const char *>(&number), sizeof number);
    return prefix
        + QString::fromLatin1(
            bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
}

} // namespace confab::server
