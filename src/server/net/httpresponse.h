#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

#include <utility>

namespace confab::server {

/// One answer over HTTP. The connection is closed after it.
struct HttpResponse {
    int status = 200;
    QByteArray contentType = "application/json";
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> headers; ///< besides those that every answer carries
    bool headOnly = false; ///< the answer to HEAD: everything but the body
};

/// The bytes to send. No answer is ever shown as a page, guessed at or kept by a browser (T28), and
/// none allows another origin to read it (T21).
QByteArray encode(const HttpResponse &response);

/// A refusal as Tinode writes it: `{"ctrl":{"code":403,"text":...}}` (protocol.md §9.4).
HttpResponse ctrlResponse(int status, const QString &text);

}
