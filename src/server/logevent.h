#pragma once

#include <QByteArrayView>
#include <QString>

#include <concepts>

namespace confab::server {

/// One event of the server's log: a name and facts, written when the object goes.
///     LogEvent::info("signed-in").with("user", id).with("address", address);
/// becomes the message `event=signed-in user=usrX address=192.0.2.1` of the category confab.server.
/// Facts say what happened and where from; never a secret, a token, the text of a message or what
/// somebody typed as a login. Values are made harmless here, so nothing that a client sends can
/// look like another fact or another event. Any thread.
class LogEvent
{
public:
    static LogEvent info(const char *name) { return LogEvent(name, false); }
    static LogEvent warning(const char *name) { return LogEvent(name, true); }
    ~LogEvent();
    LogEvent(const LogEvent &) = delete;
    LogEvent &operator=(const LogEvent &) = delete;

    LogEvent &with(const char *key, const QString &value);
    LogEvent &with(const char *key, std::integral auto value)
    {
        return with(key, QString::number(value));
    }

    /// A value as it stands behind a key: bare if it is a plain word, otherwise in quotes, in which
    /// everything that could end them or the line, or move a terminal's cursor, is escaped.
    static QString quoted(const QString &value);
    /// The name of the category.
    static QByteArrayView category();

private:
    LogEvent(const char *name, bool isWarning);

    const bool m_isWarning;
    const bool m_isWanted;
    QString m_line;
};

}
