#pragma once

#include "server/metrics.h"
#include "server/net/fileendpoint.h"
#include "server/net/httprequest.h"
#include "server/net/httpresponse.h"
#include "server/net/previewendpoint.h"
#include "server/serveroptions.h"

#include <functional>

namespace confab::server {

class Admission;
class Files;
class Hub;
class IncomingConnection;

/// Everything the server answers over plain HTTP; any other path is 404 at once, never silence
/// (protocol.md §9.5):
///   GET /healthz
///   GET /metrics                                     for Prometheus, from allowed networks only
///   GET /v0/chat/TOPIC/messages?before=SEQ&limit=N   a JSON array of `{"data":...}`, newest first
///   /v0/file/u, /v0/file/s/...                       FileEndpoint
///   /v0/urlpreview?url=ADDRESS                       PreviewEndpoint
/// Hub's thread; everything passed in outlives it.
class HttpHandler
{
public:
    using CountGauges = std::function<Gauges()>;

    HttpHandler(const ServerOptions &options, Hub &hub, Files &files, const Admission &admission,
        CountGauges countGauges);

    /// Answers now or later.
    void serve(IncomingConnection *connection, const HttpRequest &request);

private:
    HttpResponse metrics(const QHostAddress &client, const HttpRequest &request) const;
    HttpResponse history(const HttpRequest &request, const QByteArray &topic) const;

    Hub &m_hub;
    FileEndpoint m_files;
    PreviewEndpoint m_previews;
    const QList<std::pair<QHostAddress, int>> m_metricsFrom;
    const CountGauges m_countGauges;
};

}
