#include "widgets/conversation/mediumwords.h"

#include "models/rowtext.h"
#include "wire/drafty/labels.h"

#include <QCoreApplication>

namespace confab {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(confab::MediumWords)
};

QString knownSize(qint64 bytes)
{
    return bytes > 0 ? rowtext::sizeText(bytes) : QString();
}

struct Detail {
    QString operator()(const wire::Audio &audio) const { return durationText(audio.duration); }
    QString operator()(const wire::Video &video) const { return durationText(video.duration); }
    QString operator()(const wire::File &file) const { return knownSize(file.source.size); }
    QString operator()(const wire::Image &image) const { return knownSize(image.source.size); }
    QString operator()(const wire::Contact &contact) const
    {
        if (!contact.phones.isEmpty())
            return contact.phones.first();
        return contact.emails.isEmpty() ? Words::tr("Contact") : contact.emails.first();
    }
    QString operator()(const wire::Call &call) const
    {
        const QString kind = call.audioOnly ? Words::tr("Voice") : Words::tr("Video");
        if (call.duration <= 0)
            return kind;
        return Words::tr("%1, %2", "kind of call, duration").arg(kind, durationText(call.duration));
    }
    template <typename Other>
    QString operator()(const Other &) const
    {
        return {};
    }
};

struct Icon {
    QString operator()(const wire::Image &) const { return QStringLiteral("image"); }
    QString operator()(const wire::Video &) const { return QStringLiteral("play"); }
    QString operator()(const wire::Audio &) const { return QStringLiteral("mic"); }
    QString operator()(const wire::Contact &) const { return QStringLiteral("user"); }
    QString operator()(const wire::Call &) const { return QStringLiteral("phone"); }
    QString operator()(const wire::File &file) const
    {
        return fileIcon(file.source.mime, file.source.name);
    }
    template <typename Other>
    QString operator()(const Other &) const
    {
        return QStringLiteral("file");
    }
};

}

QString fileIcon(const QString &mime, const QString &name)
{
    static const QStringList kPacked{QStringLiteral("zip"), QStringLiteral("gz"),
        QStringLiteral("bz2"), QStringLiteral("xz"), QStringLiteral("zst"), QStringLiteral("tar"),
        QStringLiteral("tgz"), QStringLiteral("7z"), QStringLiteral("rar")};
    static const QStringList kWritten{QStringLiteral("pdf"), QStringLiteral("odt"),
        QStringLiteral("doc"), QStringLiteral("docx"), QStringLiteral("ods"), QStringLiteral("xls"),
        QStringLiteral("xlsx"), QStringLiteral("odp"), QStringLiteral("ppt"),
        QStringLiteral("pptx"), QStringLiteral("rtf"), QStringLiteral("md"), QStringLiteral("txt"),
        QStringLiteral("csv")};
    const QString suffix = name.mid(name.lastIndexOf(u'.') + 1).toLower();
    const auto isOf = [&mime](const char *group) { return mime.startsWith(QLatin1String(group)); };
    if (isOf("image/"))
        return QStringLiteral("image");
    if (isOf("audio/"))
        return QStringLiteral("music");
    if (isOf("video/"))
        return QStringLiteral("film");
    if (kPacked.contains(suffix))
        return QStringLiteral("file-archive");
    if (isOf("text/") || isOf("application/pdf") || kWritten.contains(suffix))
        return QStringLiteral("file-text");
    return QStringLiteral("file");
}

QString progressText(qreal share, qint64 size)
{
    return Words::tr("%1 of %2", "bytes so far, all bytes")
        .arg(rowtext::sizeText(qint64(share * qreal(size))), rowtext::sizeText(size));
}

QString durationText(int milliseconds)
{
    if (milliseconds <= 0)
        return {};
    const int seconds = (milliseconds + 500) / 1000;
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

QString mediumTitle(const wire::Entity &medium)
{
    return wire::mediumLabel(medium);
}

QString mediumDetail(const wire::Entity &medium)
{
    return std::visit(Detail(), medium);
}

QString mediumIcon(const wire::Entity &medium)
{
    return std::visit(Icon(), medium);
}

QString forwardedText(const QString &name)
{
    return name.isEmpty() ? Words::tr("Forwarded") : Words::tr("Forwarded from %1").arg(name);
}

}
