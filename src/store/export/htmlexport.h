#pragma once

#include "store/export/exportfiles.h"

#include <QCoreApplication>
#include <QDate>

namespace confab {

/// A page to read or print: chats one below the other with a list of them on top, days, names, times,
/// pictures and files: from the folder beside it, or those that travelled inside messages in the page
/// itself. No scripts, nothing loaded from elsewhere, and all text of others escaped.
class HtmlExport : public AbstractExportWriter
{
    Q_DECLARE_TR_FUNCTIONS(HtmlExport)

public:
    HtmlExport(const ExportOrder &order, QIODevice &device, ExportFiles *files);

    void begin() override;
    void beginChat(const ExportOrder::Chat &chat) override;
    void message(const Message &message) override;
    void endChat() override;
    void end() override;

private:
    void write(const QString &html);
    QString nameOf(const UserId &user) const;
    QString attachmentsOf(const Message &message) const;
    QString filesOf(const Message &message) const;
    QString fileOf(const ExportFiles::Place &place, const wire::Attachment &attachment) const;

    const ExportOrder &m_order;
    QIODevice &m_device;
    ExportFiles *m_files;
    const ExportOrder::Chat *m_chat = nullptr; ///< this one
    QDate m_day; ///< of the last message
    UserId m_sender; ///< of the last message
    int m_chats = 0;
    bool m_empty = true; ///< no message in this chat so far
};

}
