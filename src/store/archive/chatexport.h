#pragma once

#include "store/export/exportfiles.h"

#include <QCoreApplication>
#include <QSaveFile>

#include <memory>

namespace confab {

class MessageCache;

/// One export under way, in small steps: looks for what files the server has, waits until they have been
/// brought, reads the archive and writes. The file, and the folder beside it, appear when all of it is
/// written; deleted before, this leaves none. Database thread.
class ChatExport
{
    Q_DECLARE_TR_FUNCTIONS(ChatExport)

public:
    explicit ChatExport(ExportOrder order);

    /// False if the archive could not be read. What is wrong with the file is told by error(). Does
    /// nothing while isWaiting().
    bool writeSome(MessageCache &cache);
    /// For files(), which have to be put into filesFolder().
    bool isWaiting() const { return m_stage == Stage::Waiting; }
    const QList<ExportFile> &files() const { return m_files->wanted(); }
    QString filesFolder() const { return m_files->folder(); }
    void setMissing(const QHash<QString, QString> &sentences); ///< by reference; all others are there
    bool isDone() const { return m_done; }
    QString error() const { return m_error; } ///< a sentence; empty: none
    qint64 written() const { return m_written; } ///< messages
    qint64 total() const { return m_total; }

private:
    enum class Stage { Beginning, Looking, Waiting, Writing };

    bool begin(MessageCache &cache);
    bool look(MessageCache &cache);
    bool write(MessageCache &cache);
    bool goOn(const QList<Message> &messages);
    void end();
    void fail();

    ExportOrder m_order;
    QSaveFile m_file;
    std::unique_ptr<ExportFiles> m_files; ///< only if they are wanted
    std::unique_ptr<AbstractExportWriter> m_writer;
    Stage m_stage = Stage::Beginning;
    QString m_error;
    qint64 m_written = 0;
    qint64 m_total = 0;
    int m_chat = 0;
    Seq m_from = 0; ///< next message of that chat; 0: the chat has not been begun
    bool m_done = false;
};

}
