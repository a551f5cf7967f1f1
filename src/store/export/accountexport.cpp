#include "store/export/accountexport.h"

namespace confab {

ExportOrder exportOrder(ExportFormat format, const QString &file, const QString &account,
                        const TopicList &topics, const QList<const Topic *> &chats)
{
    ExportOrder order;
    order.format = format;
    order.file = file;
    order.account = account;
    order.self = topics.self();
    for (const Topic *chat : chats)
        order.chats.append({chat->name(), chat->title()});
    for (const UserId &user : topics.people()) {
        const QString name = topics.nameOf(user);
        if (name != user)
            order.names.insert(user, name);
    }
    order.written = QDateTime::currentDateTimeUtc();
    return order;
}

}
