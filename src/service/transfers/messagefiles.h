#pragma once

#include "service/storewriter.h"
#include "service/transfers/transfers.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace confab {

/// The files that messages of the outbox carry: they go before their message (F15), small ones inside
/// it. Knows them for one connection; what the server holds is in the rows. GUI thread.
class MessageFiles : public QObject
{
    Q_OBJECT

public:
    MessageFiles(StoreWriter *writer, Transfers *transfers, QObject *parent = nullptr);

    void setMaxMessageSize(int bytes) { m_maxMessageSize = bytes; }
    /// The server holds all that this message points to, or it can be sent with it.
    bool areReady(const PendingMessage &message) const;
    /// Has those brought to the server that are not there yet or not any more; once for each.
    void ask(const PendingMessage &message);
    /// As it is to be sent: with the server's references, or the bytes.
    wire::JsonBlob contentOf(const PendingMessage &message) const;
    void reset(); ///< the link is gone

    void keep(const PendingMessage &message); ///< the server has numbered it
    void drop(const PendingMessage &message); ///< it is not wanted any more
    void forget(const PendingMessage &message); ///< may be asked for again

    /// How much of a file may travel in a message of this server (protocol.md §6.2).
    static qint64 inBandLimit(int maxMessageSize) { return maxMessageSize * 3LL / 4 - 1024; }

signals:
    void held(const confab::Upload &upload); ///< the row is to know its reference
    void loaded(const QString &id); ///< ready to travel inside
    void failed(const QString &id, const confab::ServiceError &error);

private:
    StoreWriter *m_writer;
    Transfers *m_transfers;
    QSet<QString> m_asked;
    QHash<QString, QByteArray> m_inBand; ///< by upload, base64
    int m_maxMessageSize = 0; ///< 0: not told
};

/// The references that a server has to know of with a message (protocol.md §4).
QStringList attachmentsOf(const wire::JsonBlob &content);

}
