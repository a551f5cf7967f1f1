#pragma once

#include "store/export/exportformat.h"

namespace confab {

/// {"account", "user", "exported", "chats": [{"topic", "title", "messages": [{"seq", "from", "name",
/// "ts", "text", "edited", "head", "content", "files": [{"name", "mime", "path" or "missing"}]}]}]}. Times
/// are ISO 8601 in UTC; `text` is the plain text, `content` and `head` are as the server sent them; `path`
/// is from the folder of the export, `missing` says why there is none; what is absent is left out. One
/// message a line.
class JsonExport : public AbstractExportWriter
{
public:
    JsonExport(const ExportOrder &order, QIODevice &device, ExportFiles *files);

    void begin() override;
    void beginChat(const ExportOrder::Chat &chat) override;
    void message(const Message &message) override;
    void endChat() override;
    void end() override;

private:
    QByteArray filesOf(const Message &message);

    const ExportOrder &m_order;
    QIODevice &m_device;
    ExportFiles *m_files;
    const ExportOrder::Chat *m_chat = nullptr; ///< this one
    bool m_firstChat = true;
    bool m_firstMessage = true;
};

}
