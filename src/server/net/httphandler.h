#pragma once

#include "server/net/httprequest.h"
#include "server/net/httpresponse.h"

namespace confab::server {

class Hub;

/// Everything the server answers over plain HTTP; any other path is 404 at once, never silence
/// (protocol.md §9.5):
///   GET /healthz
///   GET /v0/chat/TOPIC/messages?before=SEQ&limit=N   a JSON array of `{"data":...}`, newest first
///   /v0/file/u                                       501 until uploads are kept
/// Hub's thread.
class HttpHandler
{
public:
    explicit HttpHandler(const Hub &hub);

    HttpResponse handle(const HttpRequest &request) const;

private:
    HttpResponse history(const HttpRequest &request, const QByteArray &topic) const;

    const Hub &m_hub;
};

}
