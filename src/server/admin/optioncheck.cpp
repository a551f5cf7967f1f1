#include "server/admin/optioncheck.h"

#include "server/net/tlssettings.h"

#include <QCoreApplication>

namespace confab::server {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("OptionCheck", text);
}

}

QStringList flawsOf(const ServerOptions &options)
{
    QStringList sentences;
    if (options.tlsCertificate.isEmpty() != options.tlsKey.isEmpty()) {
        sentences.append(tr("tls-cert and tls-key go together: give both or neither."));
    } else if (TlsSettings tls(options.tlsCertificate, options.tlsKey); tls.isOn()) {
        if (const auto sentence = tls.load())
            sentences.append(*sentence);
    }
    if (options.maxConnectionsPerAddress > options.maxConnections)
        sentences.append(tr("connections-per-address is more than max-connections."));
    return sentences;
}

}
