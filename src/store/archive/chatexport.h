#pragma once

#include "store/export/exportformat.h"

#include <QCoreApplication>
#include <QSaveFile>

#include <memory>

namespace confab {

class MessageCache;

/// One export under way: reads the archive and writes the file in small steps. The file appears when
/// all of it is written; deleted before, this leaves none. Database thread.
class ChatExport
{
    Q_DECLARE_TR_FUNCTIONS(ChatExport)

public:
    explicit ChatExport(ExportOrder order);

    /// False if the archive could not be read. What is wrong with the file is told by error().
    bool writeSome(MessageCache &cache);
    bool isDone() const { return m_done; }
    QString error() const { return m_error; } ///< a sentence; empty: none
    qint64 written() const { return m_written; } ///< messages
    qint64 total() const { return m_total; }

private:
    bool begin(MessageCache &cache);
    void fail();

    ExportOrder m_order;
    QSaveFile m_file;
    std::unique_ptr<AbstractExportWriter> m_writer;
    QString m_error;
    qint64 m_written = 0;
    qint64 m_total = 0;
    int m_chat = 0;
    Seq m_from = 0; ///< next message of that chat; 0: the chat has not been begun
    bool m_done = false;
};

}
