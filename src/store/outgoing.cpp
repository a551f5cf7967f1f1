#include "store/outgoing.h"

#include "wire/drafty/plaintext.h"

#include <QUuid>

namespace confab {

PendingMessage toPending(const OutgoingMessage &message, const TopicName &topic)
{
    PendingMessage row;
    row.cid = message.head.cid();
    if (row.cid.isEmpty())
        row.cid = QUuid::createUuid().toString(QUuid::WithoutBraces);
    row.topic = topic;
    row.head = message.head;
    row.head.setCid(row.cid);
    row.content = message.overlong.isEmpty() ? message.content.toContent()
                                             : wire::JsonBlob::fromString(message.overlong);
    if (!row.content.isString())
        row.head.setMime(wire::Drafty::mime());
    row.text = wire::plainText(row.head, row.content);
    row.created = QDateTime::currentDateTimeUtc();
    row.uploads = message.uploads;
    return row;
}

}
