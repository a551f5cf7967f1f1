#include "store/export/jsonexport.h"

#include "store/export/exportfiles.h"
#include "wire/jsonblob.h"

#include <QIODevice>

namespace confab {

namespace {

QByteArray json(const QString &text)
{
    return wire::JsonBlob::fromString(text).bytes();
}

QByteArray json(const QDateTime &time)
{
    return json(time.toUTC().toString(Qt::ISODateWithMs));
}

QByteArray member(const char *key, const QByteArray &value)
{
    return value.isEmpty() ? QByteArray() : QByteArray(",\"") + key + "\":" + value;
}

}

JsonExport::JsonExport(const ExportOrder &order, QIODevice &device, ExportFiles *files)
    : m_order(order)
    , m_device(device)
    , m_files(files)
{
}

void JsonExport::begin()
{
    m_device.write("{\"account\":" + json(m_order.account) + member("user", json(m_order.self))
                   + member("exported", json(m_order.written)) + ",\"chats\":[");
}

void JsonExport::beginChat(const ExportOrder::Chat &chat)
{
    m_chat = &chat;
    m_device.write(std::exchange(m_firstChat, false) ? "\n" : ",\n");
    m_device.write("{\"topic\":" + json(chat.name) + member("title", json(chat.title)) + ",\"messages\":[");
    m_firstMessage = true;
}

void JsonExport::message(const Message &message)
{
    m_device.write(std::exchange(m_firstMessage, false) ? "\n" : ",\n");
    QByteArray line = "{\"seq\":" + QByteArray::number(message.seq);
    if (!message.from.isEmpty())
        line += member("from", json(message.from));
    if (m_order.names.contains(message.from))
        line += member("name", json(m_order.names.value(message.from)));
    if (message.ts.isValid())
        line += member("ts", json(message.ts));
    line += member("text", json(message.text));
    if (message.edited)
        line += member("edited", "true");
    line += member("head", message.head.blob().bytes()) + member("content", message.content.bytes());
    m_device.write(line + member("files", filesOf(message)) + '}');
}

QByteArray JsonExport::filesOf(const Message &message)
{
    const QList<wire::Attachment> attachments
        = m_files ? wire::attachments(message.content) : QList<wire::Attachment>();
    QByteArray list;
    int nth = 0;
    for (const wire::Attachment &what : attachments) {
        const ExportFiles::Place place = m_files->place(*m_chat, message, ++nth, what);
        list += (list.isEmpty() ? "[{\"name\":" : ",{\"name\":") + json(place.name)
            + member("mime", json(what.mime))
            + (place.missing.isEmpty() ? member("path", json(place.path))
                                       : member("missing", json(place.missing)))
            + '}';
    }
    return list.isEmpty() ? list : list + ']';
}

void JsonExport::endChat()
{
    m_device.write("\n]}");
}

void JsonExport::end()
{
    m_device.write("\n]}\n");
}

}
