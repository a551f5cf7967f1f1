#pragma once

#include "store/outgoing.h"
#include "wire/result.h"

#include <QImage>
#include <QList>
#include <QString>

// Files and pictures of a person made into messages. Blocks: for worker threads.
namespace confab {

/// Something chosen to be sent: a file, or a picture that is nowhere but in memory.
struct Attachment {
    QString path;
    QImage image; ///< where there is no path
    bool asFile = false; ///< as it is, with all that is in it
};

/// A message with this attachment, its copy written below `uploads` (store/upload.h), and synced. A
/// picture is drawn anew, upright, at most kMostSide large, so that nothing of its file goes along
/// but its look; one that moves goes as it is. The error is a sentence. `caption` stands below.
wire::Result<OutgoingMessage, QString> makeMessage(
    const Attachment &attachment, const QString &caption, const QString &uploads);

/// A voice note from a recording of ours; the file is moved.
wire::Result<OutgoingMessage, QString> makeVoiceMessage(
    const QString &path, int duration, const QByteArray &bars, const QString &uploads);

/// A small picture of an attachment for a list; null if it is none.
QImage thumbnailOf(const Attachment &attachment, const QSize &size);
bool isPicture(const Attachment &attachment);

inline constexpr int kMostSide
    = 1280; ///< of a picture that is drawn anew (official clients: 1024 to 1280)
inline constexpr int kPreviewSide = 64; ///< of the preview inside the message

}
