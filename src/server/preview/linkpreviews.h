#pragma once

#include "server/preview/webfetch.h"

#include <QCache>
#include <QNetworkAccessManager>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>

namespace confab::server {

/// What is told about a link; empty fields are not known. docs/extensions.md has the form on the
/// wire.
struct LinkPreview {
    QUrl url;
    QString title;
    QString description;
    QString site;
    QUrl imageUrl;
    QByteArray imageType; ///< as "image/png"
    QByteArray image; ///< the file itself

    bool isEmpty() const { return title.isEmpty() && description.isEmpty() && image.isEmpty(); }
    /// As a client gets it.
    QByteArray json() const;
};

/// Finds out what is behind links: the head of a page and the picture that it names, or a picture
/// itself. What was found is kept for a while, in bounded memory. Hub's thread.
class LinkPreviews : public QObject
{
    Q_OBJECT

public:
    enum class Failure {
        BadAddress,
        NotPublic,
        Nothing, ///< there is something, but nothing to show of it
        Unreachable,
        TooSlow,
        Busy, ///< too many are being looked at
    };
    using Found = wire::Result<LinkPreview, Failure>;
    using Done = std::function<void(const Found &)>;

    explicit LinkPreviews(WebAccess access, QObject *parent = nullptr);
    ~LinkPreviews() override;

    /// Ends with done(), later, unless `context` is gone by then.
    void find(const QUrl &url, QObject *context, Done done);

private:
    struct Kept {
        LinkPreview preview;
        std::chrono::steady_clock::time_point until;
    };
    struct Search;
    using SearchPtr = std::shared_ptr<Search>;

    void readPage(const SearchPtr &search, const FetchedPage &page);
    void readPicture(const SearchPtr &search);
    void finish(const SearchPtr &search, const Found &found);
    void fetch(const QUrl &url, const char *accept, WebFetch::Done done);

    WebAccess m_access;
    QNetworkAccessManager m_network;
    QCache<QUrl, Kept> m_kept;
    int m_running = 0;
};

}
