#pragma once

#include <QByteArray>
#include <QFile>
#include <QList>
#include <QString>

#include <memory>
#include <utility>

namespace confab::server {

/// So many bytes of a file, from where it stands.
struct HttpFile {
    std::shared_ptr<QFile> content;
    qint64 left = 0;
};

/// One answer over HTTP. The connection is closed after it.
struct HttpResponse {
    int status = 200;
    QByteArray contentType = "application/json";
    QByteArray body;
    HttpFile file; ///< in place of the body, where there is one; sent piece by piece
    QList<std::pair<QByteArray, QByteArray>> headers; ///< besides those that every answer carries
    QByteArray cacheControl = "no-store";
    bool headOnly = false; ///< the answer to HEAD: everything but the body
};

/// The bytes to send before the file. No answer is ever shown as a page or guessed at by a browser
/// (T28), and none allows another origin to read it unless its headers say so (T21).
QByteArray encode(const HttpResponse &response);

/// A refusal as Tinode writes it: `{"ctrl":{"code":403,"text":...}}` (protocol.md §9.4).
HttpResponse ctrlResponse(int status, const QString &text);

}
