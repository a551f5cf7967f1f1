#pragma once

#include "store/topiclist.h"

#include <QDate>
#include <QDateTime>
#include <QString>

// Words of the conversation pane that are made from values. Local time, the user's locale.
namespace confab {

QString timeText(const QDateTime &time); ///< hours and minutes
QString dayText(const QDate &day); ///< "Today", "Yesterday" or the date
/// Second line of the header: typing, presence, members.
QString subtitleText(const TopicList &topics, const Topic &topic);
/// What stands in place of messages while there are none.
QString emptyText(const Topic &topic);
/// Why nothing can be written; empty where it can.
QString writeRefusal(const Topic &topic);
/// The button that asks for the right to write; empty where asking would not help.
QString writeHelp(const Topic &topic);
}
