#include "widgets/conversation/conversationtext.h"

#include "models/rowtext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace confab {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(confab::Words)
};

QString typingText(const TopicList &topics, const Topic &topic)
{
    const QList<UserId> people = topic.typing();
    if (people.isEmpty())
        return {};
    if (topic.kind() == wire::TopicKind::Direct)
        return Words::tr("typing…");
    if (people.size() == 1)
        return Words::tr("%1 is typing…").arg(topics.nameOf(people.first()));
    return Words::tr("%n people are typing…", nullptr, int(people.size()));
}

QString lastSeenText(const QDateTime &when)
{
    const QDate day = when.toLocalTime().date();
    if (day == QDate::currentDate())
        return Words::tr("Last seen today at %1").arg(timeText(when));
    if (day == QDate::currentDate().addDays(-1))
        return Words::tr("Last seen yesterday at %1").arg(timeText(when));
    return Words::tr("Last seen on %1").arg(QLocale().toString(day, QLocale::ShortFormat));
}

QString membersText(const Topic &topic)
{
    const QList<Member> &members = topic.members();
    const int count = qMax(topic.info().memberCount, int(members.size()));
    if (count == 0)
        return {};
    const QString all = count == 1 ? Words::tr("1 member") : Words::tr("%n members", nullptr, count);
    const auto online = std::count_if(
        members.begin(), members.end(), [](const Member &member) { return member.online; });
    return online ? Words::tr("%1, %2 online").arg(all).arg(online) : all;
}

/// The right to write is given, or would be asked for: oneself does not want it.
bool isOwnChoice(const Topic &topic)
{
    return topic.info().acs && !topic.info().acs->want.testFlag(wire::Access::Write);
}

}

QString timeText(const QDateTime &time)
{
    return rowtext::timeOfDay(time);
}

QString dayText(const QDate &day)
{
    const QDate today = QDate::currentDate();
    if (day == today)
        return Words::tr("Today");
    if (day == today.addDays(-1))
        return Words::tr("Yesterday");
    if (day < today && day > today.addDays(-7))
        return QLocale().dayName(day.dayOfWeek());
    //: Date of messages in this year: day and month
    const QString format = day.year() == today.year() ? Words::tr("d MMMM") : Words::tr("d MMMM yyyy");
    return QLocale().toString(day, format);
}

QString subtitleText(const TopicList &topics, const Topic &topic)
{
    const QString typing = typingText(topics, topic);
    if (!typing.isEmpty())
        return typing;
    switch (topic.kind()) {
    case wire::TopicKind::Self:
        return Words::tr("Only you can see these");
    case wire::TopicKind::Direct:
        if (topic.isOnline())
            return Words::tr("Online");
        return topic.info().lastSeen.isValid() ? lastSeenText(topic.info().lastSeen) : QString();
    default:
        return membersText(topic);
    }
}

QString emptyText(const Topic &topic)
{
    const bool known = topic.isAtStart() || topic.info().seq == 0;
    if (!known)
        return Words::tr("Loading messages…");
    if (topic.kind() == wire::TopicKind::Self)
        return Words::tr("Nothing saved yet. Write a note below; only you can see it.");
    return topic.canWrite() ? Words::tr("No messages yet. Write the first one below.")
                            : Words::tr("No messages yet. New ones will appear here.");
}

QString writeRefusal(const Topic &topic)
{
    if (topic.canWrite())
        return {};
    if (isOwnChoice(topic) && topic.info().acs->given.testFlag(wire::Access::Write))
        return Words::tr("You have turned off writing in this chat.");
    if (topic.kind() == wire::TopicKind::Direct)
        return Words::tr("%1 does not accept messages from you.").arg(topic.title());
    return Words::tr("You can read here. Ask an administrator for the right to write.");
}

QString writeHelp(const Topic &topic)
{
    if (topic.canWrite() || !isOwnChoice(topic))
        return {};
    return topic.info().acs->given.testFlag(wire::Access::Write) ? Words::tr("Write again")
                                                                 : Words::tr("Ask to write");
}
}
