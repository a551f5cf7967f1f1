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

/// `order` and `device` outlive the writer.
std::unique_ptr<AbstractExportWriter> makeExportWriter(const ExportOrder &order, QIODevice &device);

}

Q_DECLARE_METATYPE(confab::ExportOrder)
