#pragma once

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace confab::server {

/// What a web page says about itself, for a preview; empty where it says nothing. Cleaned: one line
/// each, no controls, bounded.
struct PageHead {
    QString title;
    QString description;
    QString site;
    QUrl image; ///< absolute, http or https
};

/// Reads `<title>`, `<meta>` and `<base>` of an HTML page, perhaps cut off: what is made for
/// previews (Open Graph, Twitter cards) before what is made for search engines. `charset` is what
/// the web server said, or empty. Any thread; any bytes; memory and time grow with the page only.
PageHead readPageHead(const QByteArray &html, const QByteArray &charset, const QUrl &url);

}
