#include "server/preview/webaccess.h"

#include "server/preview/publicaddress.h"

#include <QHostInfo>

#include <algorithm>
#include <array>

namespace confab::server {

namespace {

/// No others: the server must not be a tool to look for open ports with.
constexpr std::array<quint16, 4> kWebPorts{80, 443, 8080, 8443};

}

WebAccess WebAccess::publicWeb()
{
    WebAccess access;
    access.resolve = [](const QString &host, QObject *context, const Resolved &resolved) {
        QHostInfo::lookupHost(
            host, context, [resolved](const QHostInfo &info) { resolved(info.addresses()); });
    };
    access.mayConnect = [](const QHostAddress &address, quint16 port) {
        return std::find(kWebPorts.begin(), kWebPorts.end(), port) != kWebPorts.end()
            && isPublicAddress(address);
    };
    return access;
}

}
