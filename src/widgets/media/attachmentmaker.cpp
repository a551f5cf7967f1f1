#include "widgets/media/attachmentmaker.h"

#include "widgets/media/abstractsound.h"
#include "widgets/media/filesaver.h"
#include "widgets/media/picturedecoder.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>
#include <QSaveFile>
#include <QUuid>

#include <optional>

namespace confab {

namespace {

constexpr int kQuality = 85;
constexpr int kPreviewQuality = 60;
constexpr int kPosterSide = 640;
constexpr qint64 kCopyAtOnce = 1024 * 1024;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(confab::AttachmentMaker)
};

QString noRoom()
{
    return Words::tr("The file could not be kept for sending. Check that the disk is not full.");
}

QString unreadable(const QString &path)
{
    return Words::tr("%1 can't be read.").arg(QFileInfo(path).fileName());
}

QByteArray encode(const QImage &image, const char *format, int quality)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    // A fresh image: nothing that was said in the file comes along.
    QImage bare = image.convertToFormat(
        image.hasAlphaChannel() ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    bare.setText({}, {});
    bare.save(&buffer, format, quality);
    return bytes;
}

bool isSeeThrough(const QImage &image)
{
    if (!image.hasAlphaChannel())
        return false;
    for (int y = 0; y < image.height(); ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(image.constScanLine(y));
        for (int x = 0; x < image.width(); ++x) {
            if (qAlpha(line[x]) != 255)
                return true;
        }
    }
    return false;
}

QString previewOf(const QImage &image)
{
    const QImage small
        = image.scaled(kPreviewSide, kPreviewSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    return QString::fromLatin1(
        encode(small.convertToFormat(QImage::Format_RGB32), "jpeg", kPreviewQuality).toBase64());
}

Upload newUpload(const QString &mime, const QString &name)
{
    Upload upload;
    upload.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    upload.mime = mime;
    upload.name = name;
    return upload;
}

bool makeFolder(const QString &uploads)
{
    return QDir().mkpath(uploads)
        && QFile::setPermissions(uploads, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

/// QSaveFile syncs before it renames: the row that names the copy comes later, never sooner.
bool writeCopy(Upload &upload, const QByteArray &bytes, const QString &uploads)
{
    QSaveFile copy(uploads + u'/' + upload.id);
    upload.size = bytes.size();
    return makeFolder(uploads) && copy.open(QIODevice::WriteOnly)
        && copy.write(bytes) == bytes.size() && copy.commit();
}

bool copyFile(Upload &upload, QFile &source, const QString &uploads)
{
    QSaveFile copy(uploads + u'/' + upload.id);
    if (!makeFolder(uploads) || !source.seek(0) || !copy.open(QIODevice::WriteOnly))
        return false;
    while (!source.atEnd()) {
        const QByteArray bytes = source.read(kCopyAtOnce);
        if (bytes.isEmpty() || copy.write(bytes) != bytes.size())
            return false;
        upload.size += bytes.size();
    }
    return copy.commit();
}

wire::MediaSource sourceOf(const Upload &upload)
{
    wire::MediaSource source;
    source.mime = upload.mime;
    source.name = upload.name;
    source.size = upload.size;
    source.ref = upload.placeholder();
    return source;
}

/// The medium, and the caption on the next line, as the web client has it.
OutgoingMessage messageOf(
    const wire::Entity &medium, const QString &caption, const QList<Upload> &uploads)
{
    OutgoingMessage message;
    message.content = wire::Drafty::fromEntity({}, medium);
    const QString words = caption.trimmed();
    if (!words.isEmpty())
        message.content += wire::Drafty(QLatin1Char('\n') + words);
    message.uploads = uploads;
    return message;
}

using Made = wire::Result<OutgoingMessage, QString>;

Made makePicture(
    const QImage &image, const QString &name, const QString &caption, const QString &uploads)
{
    QImage fitted = image;
    if (image.width() > kMostSide || image.height() > kMostSide)
        fitted = image.scaled(kMostSide, kMostSide, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    fitted = fitted.convertToFormat(QImage::Format_ARGB32);
    const bool isPng = isSeeThrough(fitted);
    const QString suffix = isPng ? QStringLiteral(".png") : QStringLiteral(".jpg");
    Upload upload = newUpload(isPng ? QStringLiteral("image/png") : QStringLiteral("image/jpeg"),
        QFileInfo(name).completeBaseName() + suffix);
    if (!isPng)
        fitted = fitted.convertToFormat(QImage::Format_RGB32);
    if (!writeCopy(upload, encode(fitted, isPng ? "png" : "jpeg", isPng ? -1 : kQuality), uploads))
        return noRoom();
    wire::Image entity;
    entity.source = sourceOf(upload);
    entity.source.base64 = previewOf(fitted);
    entity.pixels = {fitted.width(), fitted.height()};
    return messageOf(entity, caption, {upload});
}

/// Animations lose what they are when drawn anew.
Made makeMovingPicture(QFile &file, const wire::ImageHeader &header, const QString &mime,
    const QString &caption, const QString &uploads)
{
    Upload upload = newUpload(mime, QFileInfo(file.fileName()).fileName());
    const QImage first = decodePicture(file, {kPreviewSide * 2, kPreviewSide * 2});
    if (!copyFile(upload, file, uploads))
        return noRoom();
    wire::Image entity;
    entity.source = sourceOf(upload);
    entity.source.base64 = first.isNull() ? QString() : previewOf(first);
    entity.pixels = {header.width, header.height};
    return messageOf(entity, caption, {upload});
}

std::optional<Made> makeFilm(
    QFile &file, const QString &mime, const QString &caption, const QString &uploads)
{
    AbstractSound *module = mime.startsWith(QLatin1String("video/")) ? soundModule() : nullptr;
    const FilmFacts facts = module ? module->readFilm(file.fileName()) : FilmFacts();
    if (!facts.isFilm())
        return std::nullopt;
    Upload upload = newUpload(mime, QFileInfo(file.fileName()).fileName());
    if (!copyFile(upload, file, uploads))
        return Made(noRoom());
    wire::Video entity;
    entity.source = sourceOf(upload);
    entity.pixels = {facts.size.width(), facts.size.height()};
    entity.duration = facts.duration;
    QList<Upload> parents{upload};
    if (!facts.poster.isNull()) {
        const QImage poster
            = facts.poster.scaled(facts.poster.size().boundedTo({kPosterSide, kPosterSide}),
                Qt::KeepAspectRatio, Qt::SmoothTransformation);
        Upload picture = newUpload(QStringLiteral("image/jpeg"), QStringLiteral("poster.jpg"));
        if (!writeCopy(picture, encode(poster, "jpeg", kQuality), uploads))
            return Made(noRoom());
        entity.poster.mime = picture.mime;
        entity.poster.ref = picture.placeholder();
        entity.poster.base64 = previewOf(poster);
        parents.append(picture);
    }
    return Made(messageOf(entity, caption, parents));
}

Made makeFile(QFile &file, const QString &mime, const QString &caption, const QString &uploads)
{
    Upload upload = newUpload(mime, QFileInfo(file.fileName()).fileName());
    if (!copyFile(upload, file, uploads))
        return noRoom();
    OutgoingMessage message;
    wire::File entity;
    entity.source = sourceOf(upload);
    message.content = wire::Drafty(caption.trimmed()).withAttachment(entity);
    message.uploads = {upload};
    return message;
}

}

bool isPicture(const Attachment &attachment)
{
    if (!attachment.image.isNull())
        return true;
    QFile file(attachment.path);
    return file.open(QIODevice::ReadOnly) && wire::isDecodable(headerOf(file));
}

QImage thumbnailOf(const Attachment &attachment, const QSize &size)
{
    if (!attachment.image.isNull())
        return attachment.image.scaled(size, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    QFile file(attachment.path);
    return file.open(QIODevice::ReadOnly) ? decodePicture(file, size) : QImage();
}

Made makeMessage(const Attachment &attachment, const QString &caption, const QString &uploads)
{
    const QString pasted = Words::tr("picture", "name of a pasted picture");
    if (!attachment.image.isNull()) {
        if (!attachment.asFile)
            return makePicture(attachment.image, pasted, caption, uploads);
        Upload upload = newUpload(QStringLiteral("image/png"), pasted + QStringLiteral(".png"));
        if (!writeCopy(upload, encode(attachment.image, "png", -1), uploads))
            return noRoom();
        wire::File entity;
        entity.source = sourceOf(upload);
        OutgoingMessage message;
        message.content = wire::Drafty(caption.trimmed()).withAttachment(entity);
        message.uploads = {upload};
        return message;
    }
    QFile file(attachment.path);
    if (!QFileInfo(attachment.path).isFile() || !file.open(QIODevice::ReadOnly))
        return unreadable(attachment.path);
    const QString mime = QMimeDatabase().mimeTypeForFile(attachment.path).name();
    if (attachment.asFile)
        return makeFile(file, mime, caption, uploads);
    const wire::ImageHeader header = headerOf(file);
    if (wire::isDecodable(header)) {
        if (header.mayMove)
            return makeMovingPicture(file, header, mime, caption, uploads);
        const QImage image = decodePicture(file, {kMostSide, kMostSide});
        if (!image.isNull())
            return makePicture(image, attachment.path, caption, uploads);
    }
    if (const auto film = makeFilm(file, mime, caption, uploads))
        return *film;
    return makeFile(file, mime, caption, uploads);
}

Made makeVoiceMessage(
    const QString &path, int duration, const QByteArray &bars, const QString &uploads)
{
    Upload upload = newUpload(QStringLiteral("audio/mp4"), QStringLiteral("voice.m4a"));
    QFile file(path);
    const bool copied = file.open(QIODevice::ReadOnly) && copyFile(upload, file, uploads);
    file.remove();
    if (!copied || upload.size == 0)
        return noRoom();
    wire::Audio entity;
    entity.source = sourceOf(upload);
    entity.duration = duration;
    entity.waveform = QString::fromLatin1(bars.toBase64());
    return messageOf(entity, {}, {upload});
}

}
