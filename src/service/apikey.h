#pragma once

#include <QString>
#include <QUrl>
#include <QUrlQuery>

namespace confab {

/// The public key that the official clients carry; servers with the sample salt accept it
/// (protocol.md §9.1). It keeps nobody out and is no secret.
inline QString defaultApiKey()
{
    return QStringLiteral("AQEAAAABAAD_rAp4DJh05a1HAwFT3A6K");
}

/// The address to open, with the key where servers look for it (protocol.md §1).
inline QUrl withApiKey(QUrl channels, const QString &apiKey)
{
    QUrlQuery query;
    query.addQueryItem(QStringLiteral("apikey"), apiKey.isEmpty() ? defaultApiKey() : apiKey);
    channels.setQuery(query);
    return channels;
}

}
