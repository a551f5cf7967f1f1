#include "store/archive/chatexport.h"

#include "store/archive/messagecache.h"

#include <QDir>
#include <QSet>

namespace confab {

ChatExport::ChatExport(ExportOrder order)
    : m_order(std::move(order))
    , m_file(m_order.file)
{
}

bool ChatExport::begin(MessageCache &cache)
{
    QList<ChatSize> sizes;
    if (!cache.sizes(sizes))
        return false;
    QSet<TopicName> wanted;
    for (const ExportOrder::Chat &chat : std::as_const(m_order.chats))
        wanted.insert(chat.name);
    for (const ChatSize &size : std::as_const(sizes))
        m_total += wanted.contains(size.topic) ? size.messages : 0;
    if (!m_file.open(QIODevice::WriteOnly)) {
        fail();
        return true;
    }
    // Private talk: for its owner only, until they decide otherwise.
    m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    m_writer = makeExportWriter(m_order, m_file);
    m_writer->begin();
    return true;
}

bool ChatExport::writeSome(MessageCache &cache)
{
    constexpr int kAtOnce = 300;
    if (!m_writer && !begin(cache))
        return false;
    if (!m_error.isEmpty())
        return true;
    if (m_chat == int(m_order.chats.size())) {
        m_writer->end();
        m_done = m_file.commit();
        if (!m_done)
            fail();
        return true;
    }
    const ExportOrder::Chat &chat = m_order.chats.at(m_chat);
    QList<Message> messages;
    if (!cache.readOn(chat.name, m_from, kAtOnce, messages))
        return false;
    if (m_from == 0)
        m_writer->beginChat(chat);
    for (const Message &message : std::as_const(messages))
        m_writer->message(message);
    m_written += messages.size();
    m_from = messages.isEmpty() ? 1 : messages.last().seq + 1;
    if (messages.size() < kAtOnce) {
        m_writer->endChat();
        ++m_chat;
        m_from = 0;
    }
    if (m_file.error() != QFileDevice::NoError)
        fail();
    return true;
}

void ChatExport::fail()
{
    m_error = tr("%1 cannot be written: %2. Choose another place, or free some space.")
                  .arg(QDir::toNativeSeparators(m_order.file), m_file.errorString());
}

}
