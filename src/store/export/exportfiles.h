#pragma once

#include "store/export/exportformat.h"
#include "wire/drafty/attachments.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <memory>

namespace confab {

/// The files of an export, in a folder beside it that has its name: what each is called, and which
/// are missing. They gather in a hidden folder that is gone with this object and takes its final
/// name in finish(). In it lie files of strangers, so nothing of it may be run, and only the owner
/// reads it. Blocks: database thread.
class ExportFiles
{
    Q_DECLARE_TR_FUNCTIONS(ExportFiles)

public:
    explicit ExportFiles(const ExportOrder &order); ///< outlives this

    bool begin(); ///< whether the folder could be made
    /// Where files of the server have to be put before the export can go on.
    QString folder() const;
    /// In the order of the export: notes what this message has at the server, and makes room for it.
    void look(const ExportOrder::Chat &chat, const Message &message);
    const QList<ExportFile> &wanted() const { return m_wanted; }
    void setMissing(const QHash<QString, QString> &sentences); ///< by reference

    /// What an export says of an attachment.
    struct Place {
        QString name;
        QString path; ///< from the export's own folder, with '/'; empty if it is missing
        QString missing;
    };
    /// Of the nth of a message. Writes it if it travelled inside the message.
    Place place(const ExportOrder::Chat &chat, const Message &message, int nth,
        const wire::Attachment &what);
    bool finish(); ///< whether the folder stands beside the file

private:
    QString pathOf(const ExportOrder::Chat &chat, const Message &message, int nth,
        const wire::Attachment &what) const;
    static QString nameOf(const wire::Attachment &what);
    bool write(const QString &path, const QByteArray &bytes) const;

    const ExportOrder &m_order;
    const QString m_name; ///< of the final folder
    std::unique_ptr<QTemporaryDir> m_folder;
    QList<ExportFile> m_wanted;
    QHash<QString, qsizetype> m_byReference; ///< place in m_wanted
};

}
