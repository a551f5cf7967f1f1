#pragma once

#include "store/export/exportformat.h"

#include <QCoreApplication>
#include <QDate>

namespace confab {

/// A page to read or print: chats one below the other with a list of them on top, days, names, times,
/// pictures and files that travelled inside messages. No scripts, nothing loaded from anywhere, and all
/// text of others escaped.
class HtmlExport : public AbstractExportWriter
{
    Q_DECLARE_TR_FUNCTIONS(HtmlExport)

public:
    HtmlExport(const ExportOrder &order, QIODevice &device);

    void begin() override;
    void beginChat(const ExportOrder::Chat &chat) override;
    void message(const Message &message) override;
    void endChat() override;
    void end() override;

private:
    void write(const QString &html);
    QString nameOf(const UserId &user) const;
    QString attachmentsOf(const Message &message) const;

    const ExportOrder &m_order;
    QIODevice &m_device;
    QDate m_day; ///< of the last message
    UserId m_sender; ///< of the last message
    int m_chats = 0;
    bool m_empty = true; ///< no message in this chat so far
};

}
