#include "service/transfers/messagefiles.h"

#include "wire/drafty/references.h"

#include <algorithm>

namespace confab {

MessageFiles::MessageFiles(StoreWriter *writer, Transfers *transfers, QObject *parent)
    : QObject(parent)
    , m_writer(writer)
    , m_transfers(transfers)
{
    connect(transfers, &Transfers::uploaded, this, [this](const Upload &upload) {
        if (m_asked.remove(upload.id))
            emit held(upload);
    });
    connect(transfers, &Transfers::loadedInBand, this,
        [this](const QString &id, const QByteArray &bytes) {
            if (!m_asked.remove(id))
                return;
            m_inBand.insert(id, bytes.toBase64());
            emit loaded(id);
        });
    connect(transfers, &Transfers::uploadFailed, this,
        [this](const QString &id, const ServiceError &error) {
            if (m_asked.remove(id))
                emit failed(id, error);
        });
}

bool MessageFiles::areReady(const PendingMessage &message) const
{
    const QDateTime now = m_writer->clock().now();
    return std::all_of(message.uploads.begin(), message.uploads.end(),
        [&](const Upload &upload) { return m_inBand.contains(upload.id) || upload.isHeld(now); });
}

void MessageFiles::ask(const PendingMessage &message)
{
    const QDateTime now = m_writer->clock().now();
    qint64 room = inBandLimit(m_maxMessageSize) - message.content.bytes().size() * 3 / 4;
    for (const Upload &upload : message.uploads) {
        // The official clients look for a film on the server only (protocol.md §8).
        const bool isFilm = upload.mime.startsWith(QLatin1String("video/"));
        const bool fits = upload.size <= room && !isFilm;
        if (fits)
            room -= upload.size;
        if (upload.isHeld(now) || m_inBand.contains(upload.id) || m_asked.contains(upload.id))
            continue;
        m_asked.insert(upload.id);
        m_transfers->upload(upload, fits ? upload.size : 0);
    }
}

wire::JsonBlob MessageFiles::contentOf(const PendingMessage &message) const
{
    if (message.uploads.isEmpty())
        return message.content;
    QHash<QString, wire::FilledReference> filled;
    for (const Upload &upload : message.uploads) {
        const QByteArray bytes = m_inBand.value(upload.id);
        filled.insert(upload.placeholder(),
            bytes.isEmpty() ? wire::FilledReference{upload.ref, {}}
                            : wire::FilledReference{{}, QString::fromLatin1(bytes)});
    }
    return wire::withReferences(wire::Drafty::fromContent(message.content), filled).toContent();
}

void MessageFiles::reset()
{
    m_asked.clear();
    m_inBand.clear();
}

void MessageFiles::keep(const PendingMessage &message)
{
    for (const Upload &upload : message.uploads) {
        m_inBand.remove(upload.id);
        m_transfers->keepUpload(upload);
    }
}

void MessageFiles::drop(const PendingMessage &message)
{
    for (const Upload &upload : message.uploads) {
        m_inBand.remove(upload.id);
        m_asked.remove(upload.id);
        m_transfers->dropUpload(upload.id);
    }
}

void MessageFiles::forget(const PendingMessage &message)
{
    for (const Upload &upload : message.uploads) {
        if (m_asked.remove(upload.id))
            m_transfers->cancelUpload(upload.id);
    }
}

QStringList attachmentsOf(const wire::JsonBlob &content)
{
    return content.isString() ? QStringList()
                              : wire::serverReferences(wire::Drafty::fromContent(content));
}

}
