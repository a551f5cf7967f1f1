#pragma once

#include "server/hub/actionlimits.h"
#include "server/net/httprequest.h"
#include "server/net/httpresponse.h"
#include "server/preview/linkpreviews.h"

#include <QObject>

namespace confab::server {

class Hub;
class IncomingConnection;

/// GET /v0/urlpreview?url=... for those who are signed in, so many a minute (docs/extensions.md).
/// Hub's thread; the hub outlives it.
class PreviewEndpoint : public QObject
{
    Q_OBJECT

public:
    PreviewEndpoint(const ServerOptions &options, Hub &hub);

    /// Answers now or later.
    void serve(IncomingConnection *connection, const HttpRequest &request);

private:
    static HttpResponse responseTo(const LinkPreviews::Found &found);

    Hub &m_hub;
    const bool m_isOn;
    ActionLimits m_limits;
    LinkPreviews m_previews;
};

}
