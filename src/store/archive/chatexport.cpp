#include "store/archive/chatexport.h"

#include "store/archive/messagecache.h"

#include <QDir>
#include <QSet>

namespace confab {

namespace {

constexpr int kAtOnce = 300; ///< messages

}

ChatExport::ChatExport(ExportOrder order)
    : m_order(std::move(order))
    , m_file(m_order.file)
{
}

bool ChatExport::writeSome(MessageCache &cache)
{
    switch (m_stage) {
    case Stage::Beginning:
        return begin(cache);
    case Stage::Looking:
        return look(cache);
    case Stage::Waiting:
        return true;
    case Stage::Writing:
        break;
    }
    return write(cache);
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
    if (m_order.withFiles)
        m_files = std::make_unique<ExportFiles>(m_order);
    if (!m_file.open(QIODevice::WriteOnly) || (m_files && !m_files->begin())) {
        fail();
        return true;
    }
    // Private talk: for its owner only, until they decide otherwise.
    m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    m_writer = makeExportWriter(m_order, m_file, m_files.get());
    m_writer->begin();
    m_stage = m_files ? Stage::Looking : Stage::Writing;
    return true;
}

bool ChatExport::look(MessageCache &cache)
{
    if (m_chat == int(m_order.chats.size())) {
        m_chat = 0;
        m_stage = m_files->wanted().isEmpty() ? Stage::Writing : Stage::Waiting;
        return true;
    }
    const ExportOrder::Chat &chat = m_order.chats.at(m_chat);
    QList<Message> messages;
    if (!cache.readOn(chat.name, m_from, kAtOnce, messages, MessageCache::Content::NotPlain))
        return false;
    for (const Message &message : std::as_const(messages))
        m_files->look(chat, message);
    goOn(messages);
    return true;
}

void ChatExport::setMissing(const QHash<QString, QString> &sentences)
{
    m_files->setMissing(sentences);
    m_stage = Stage::Writing;
}

bool ChatExport::write(MessageCache &cache)
{
    if (m_chat == int(m_order.chats.size())) {
        end();
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
    if (goOn(messages))
        m_writer->endChat();
    if (m_file.error() != QFileDevice::NoError)
        fail();
    return true;
}

/// After these of a chat; whether they were its last.
bool ChatExport::goOn(const QList<Message> &messages)
{
    const bool isLast = messages.size() < kAtOnce;
    m_chat += isLast ? 1 : 0;
    m_from = isLast ? 0 : messages.last().seq + 1;
    return isLast;
}

void ChatExport::end()
{
    m_writer->end();
    m_done = (!m_files || m_files->finish()) && m_file.commit();
    if (!m_done)
        fail();
}

void ChatExport::fail()
{
    const QString reason = m_file.error() != QFileDevice::NoError
        ? m_file.errorString()
        : tr("the folder for its files cannot be made");
    m_error = tr("%1 cannot be written: %2. Choose another place, or free some space.")
                  .arg(QDir::toNativeSeparators(m_order.file), reason);
}

}
