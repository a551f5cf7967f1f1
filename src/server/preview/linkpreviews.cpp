#include "server/preview/linkpreviews.h"

#include "server/files/filetype.h"
#include "server/preview/pagehead.h"
#include "wire/jsonline.h"

#include <QNetworkProxy>
#include <QPointer>

#include <utility>

namespace confab::server {

namespace {

using namespace std::chrono_literals;

constexpr int kMaxRunning = 16;
constexpr qint64 kMaxBytes = 512 * 1024; // of a page, and of a picture
constexpr int kMaxKept = 8 * 1024 * 1024; // bytes
constexpr int kKeptOverhead = 1024;
constexpr auto kKeptFor = 10min;
constexpr char kPages[] = "text/html,application/xhtml+xml,image/*;q=0.5";
constexpr char kPictures[] = "image/png,image/jpeg,image/webp,image/gif";

/// By its first bytes: what the other server says about it counts for nothing. Empty if it is none.
QByteArray pictureType(const QByteArray &bytes)
{
    const QByteArray mime = sniffFileType(bytes.left(kSniffedBytes)).mime;
    const bool isPicture = mime == "image/png" || mime == "image/jpeg" || mime == "image/gif"
        || mime == "image/webp";
    return isPicture ? mime : QByteArray();
}

LinkPreviews::Failure failureOf(FetchError error)
{
    switch (error) {
    case FetchError::BadAddress:
        return LinkPreviews::Failure::BadAddress;
    case FetchError::NotPublic:
        return LinkPreviews::Failure::NotPublic;
    case FetchError::Unreachable:
        return LinkPreviews::Failure::Unreachable;
    case FetchError::TooSlow:
        break;
    }
    return LinkPreviews::Failure::TooSlow;
}

}

struct LinkPreviews::Search {
    QUrl asked;
    QPointer<QObject> context;
    Done done;
    LinkPreview preview;
};

QByteArray LinkPreview::json() const
{
    wire::JsonLineWriter writer;
    const auto text = [&](const char *key, const QString &value) {
        if (!value.isEmpty())
            writer.text(QLatin1String(key), value);
    };
    text("url", url.toString(QUrl::FullyEncoded));
    text("title", title);
    text("description", description);
    text("site", site);
    text("image_url", imageUrl.toString(QUrl::FullyEncoded));
    if (!image.isEmpty()) {
        wire::JsonLineWriter picture;
        picture.text(QStringLiteral("mime"), QString::fromLatin1(imageType));
        picture.text(QStringLiteral("val"), QString::fromLatin1(image.toBase64()));
        writer.bytes(QStringLiteral("image"), picture.line());
    }
    return writer.line();
}

LinkPreviews::LinkPreviews(WebAccess access, QObject *parent)
    : QObject(parent)
    , m_access(std::move(access))
    , m_kept(kMaxKept)
{
    // A proxy would go where it wants to.
    m_network.setProxy(QNetworkProxy::NoProxy);
}

LinkPreviews::~LinkPreviews()
{
    // Before what they use.
    qDeleteAll(findChildren<WebFetch *>(Qt::FindDirectChildrenOnly));
}

void LinkPreviews::find(const QUrl &url, QObject *context, Done done)
{
    const auto search = std::make_shared<Search>(Search{url, context, std::move(done), {}});
    const Kept *kept = m_kept.object(url);
    const bool isKept = kept && kept->until > std::chrono::steady_clock::now();
    if (isKept || m_running >= kMaxRunning) {
        const Found found = isKept ? Found(kept->preview) : Found(Failure::Busy);
        QMetaObject::invokeMethod(
            context, [search, found] { search->done(found); }, Qt::QueuedConnection);
        return;
    }
    ++m_running;
    fetch(url, kPages, [this, search](const wire::Result<FetchedPage, FetchError> &page) {
        if (page)
            readPage(search, *page);
        else
            finish(search, failureOf(page.error()));
    });
}

void LinkPreviews::readPage(const SearchPtr &search, const FetchedPage &page)
{
    LinkPreview &preview = search->preview;
    preview.url = page.url;
    preview.site = page.url.host();
    if (preview.site.startsWith(QLatin1String("www.")))
        preview.site.remove(0, 4);
    if (page.type == "text/html" || page.type == "application/xhtml+xml") {
        const PageHead head = readPageHead(page.body, page.charset, page.url);
        preview.title = head.title;
        preview.description = head.description;
        if (!head.site.isEmpty())
            preview.site = head.site;
        preview.imageUrl = head.image;
    } else if (page.isWhole) {
        preview.imageType = pictureType(page.body);
        if (!preview.imageType.isEmpty()) {
            preview.image = page.body;
            preview.imageUrl = page.url;
        }
    }
    if (preview.image.isEmpty() && !preview.imageUrl.isEmpty())
        readPicture(search);
    else
        finish(search, preview.isEmpty() ? Found(Failure::Nothing) : Found(preview));
}

void LinkPreviews::readPicture(const SearchPtr &search)
{
    fetch(search->preview.imageUrl, kPictures,
        [this, search](const wire::Result<FetchedPage, FetchError> &picture) {
            LinkPreview &preview = search->preview;
            if (picture && picture->isWhole) {
                preview.imageType = pictureType(picture->body);
                if (!preview.imageType.isEmpty())
                    preview.image = picture->body;
            }
            finish(search, preview.isEmpty() ? Found(Failure::Nothing) : Found(preview));
        });
}

void LinkPreviews::finish(const SearchPtr &search, const Found &found)
{
    --m_running;
    if (found) {
        const int cost = int(found->image.size()) + kKeptOverhead;
        m_kept.insert(
            search->asked, new Kept{*found, std::chrono::steady_clock::now() + kKeptFor}, cost);
    }
    if (search->context)
        search->done(found);
}

void LinkPreviews::fetch(const QUrl &url, const char *accept, WebFetch::Done done)
{
    auto *fetch = new WebFetch(m_network, m_access, this);
    fetch->start(url, kMaxBytes, accept, std::move(done));
}

}
