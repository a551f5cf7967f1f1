#include "widgets/composer/linkpreviews.h"

#include <QBuffer>
#include <QImage>
#include <QImageReader>
#include <QPainter>

namespace confab {

namespace {

constexpr int kPauseMs = 1000;
constexpr int kEdge = 240; ///< of the picture in a message
constexpr int kQuality = 75;
constexpr qint64 kMaxPixels = 24'000'000;

/// The first address of the web, and where it ends; empty if there is none.
struct FirstLink {
    QString url;
    qsizetype end = 0;
};

FirstLink firstLink(const wire::Drafty &content)
{
    for (const wire::Span &span : content.spans()) {
        const auto *link = content.as<wire::Link>(span);
        if (link && link->url.startsWith(QLatin1String("http"), Qt::CaseInsensitive))
            return {link->url, span.end()};
    }
    return {};
}

/// On a thread of the pool. Only kinds that the server says it finds (docs/extensions.md).
SmallPicture shrink(QByteArray bytes)
{
    QBuffer buffer(&bytes);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    const QByteArray format = reader.format();
    const bool isKnown = format == "png" || format == "jpeg" || format == "jpg" || format == "gif"
        || format == "webp";
    const QSize size = reader.size();
    if (!isKnown || size.isEmpty() || qint64(size.width()) * size.height() > kMaxPixels)
        return {};
    if (size.width() > kEdge || size.height() > kEdge)
        reader.setScaledSize(size.scaled(kEdge, kEdge, Qt::KeepAspectRatio).expandedTo({1, 1}));
    const QImage image = reader.read();
    if (image.isNull())
        return {};
    // What is transparent would be black in a JPEG.
    QImage flat(image.size(), QImage::Format_RGB32);
    flat.fill(Qt::white);
    QPainter(&flat).drawImage(0, 0, image);
    SmallPicture small;
    QBuffer out(&small.jpeg);
    if (!flat.save(&out, "jpeg", kQuality))
        return {};
    small.pixels = {flat.width(), flat.height()};
    return small;
}

}

LinkPreviews::LinkPreviews(QObject *parent)
    : QObject(parent)
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(kPauseMs);
    connect(&m_pause, &QTimer::timeout, this, &LinkPreviews::ask);
    m_pool.setMaxThreadCount(1);
}

LinkPreviews::~LinkPreviews()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void LinkPreviews::setEnabled(bool on)
{
    m_enabled = on;
    if (!on)
        reset();
}

void LinkPreviews::look(const wire::Drafty &content)
{
    if (!m_enabled)
        return;
    const FirstLink link = firstLink(content);
    if (link.url != m_url) {
        m_url = link.url;
        clear();
    }
    if (m_url.isEmpty() || m_done.contains(m_url))
        m_pause.stop();
    else if (link.end < content.text().size())
        ask();
    else
        m_pause.start();
}

void LinkPreviews::ask()
{
    if (m_done.contains(m_url))
        return;
    m_done.insert(m_url);
    emit requested(m_url);
}

void LinkPreviews::take(const QString &url, const wire::LinkPreview &found)
{
    if (found.base64.isEmpty()) {
        show(url, found);
        return;
    }
    m_pool.start([this, url, found] {
        const SmallPicture picture = shrink(QByteArray::fromBase64(found.base64.toLatin1()));
        QMetaObject::invokeMethod(
            this,
            [this, url, found, picture] {
                wire::LinkPreview preview = found;
                preview.base64 = QString::fromLatin1(picture.jpeg.toBase64());
                preview.mime = picture.jpeg.isEmpty() ? QString() : QStringLiteral("image/jpeg");
                preview.pixels = picture.pixels;
                show(url, preview);
            },
            Qt::QueuedConnection);
    });
}

void LinkPreviews::show(const QString &url, const wire::LinkPreview &preview)
{
    if (url != m_url || !m_enabled || preview.title.isEmpty())
        return;
    m_preview = preview;
    emit changed();
}

void LinkPreviews::drop()
{
    m_done.insert(m_url);
    clear();
}

void LinkPreviews::reset()
{
    m_pause.stop();
    m_url.clear();
    m_done.clear();
    clear();
}

void LinkPreviews::clear()
{
    if (m_preview.isEmpty())
        return;
    m_preview = {};
    emit changed();
}

wire::Drafty LinkPreviews::added(const wire::Drafty &content) const
{
    if (m_preview.isEmpty())
        return content;
    QList<wire::Entity> entities = content.entities();
    for (wire::Entity &entity : entities) {
        auto *link = std::get_if<wire::Link>(&entity);
        if (link && link->url == m_url)
            link->preview = m_preview;
    }
    return wire::Drafty::fromParts(
        content.text(), content.spans(), entities, content.attachments());
}

}
