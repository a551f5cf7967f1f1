#pragma once

#include "store/message.h"

#include <QHash>
#include <QList>
#include <QString>

#include <memory>

class QIODevice;

namespace confab {

enum class ExportFormat {
    Json, ///< everything, for programs
    Html, ///< one page that needs nothing else, for people
};

/// A file of the server that an export has beside it, or should.
struct ExportFile {
    QString reference;
    QString path; ///< within the folder of the files
    QString missing; ///< a sentence that says why it is not there; empty: it is
};

/// What is to be written where, and how chats and people are called.
struct ExportOrder {
    struct Chat {
        TopicName name;
        QString title;
    };
    ExportFormat format = ExportFormat::Json;
    QString file;
    QString account; ///< whose chats these are
    UserId self;
    QList<Chat> chats;
    QHash<UserId, QString> names;
    bool withFiles = false; ///< pictures, voice messages and the like go into a folder beside the file
    QDateTime written; ///< now, UTC
};

/// Turns chats into one kind of file, piece by piece. Called in the order begin, (beginChat, message...,
/// endChat)..., end. Write errors are the device's.
class AbstractExportWriter
{
public:
    virtual ~AbstractExportWriter() = default;
    virtual void begin() = 0;
    virtual void beginChat(const ExportOrder::Chat &chat) = 0;
    virtual void message(const Message &message) = 0;
    virtual void endChat() = 0;
    virtual void end() = 0;
};

class ExportFiles;

/// All of them outlive the writer. No `files`: what travelled inside messages stays there, and of the
/// rest the name is told.
std::unique_ptr<AbstractExportWriter> makeExportWriter(
    const ExportOrder &order, QIODevice &device, ExportFiles *files);

}

Q_DECLARE_METATYPE(confab::ExportFile)
Q_DECLARE_METATYPE(confab::ExportOrder)
