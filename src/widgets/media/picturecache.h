#pragma once

#include <QCache>
#include <QHash>
#include <QList>
#include <QObject>
#include <QPixmap>
#include <QSet>
#include <QSize>
#include <QString>
#include <QThreadPool>

namespace confab {

/// A picture as it is to be painted.
struct PictureRequest {
    QString id; ///< the same id, the same bytes
    QString path; ///< of the file; or else
    QString base64; ///< the bytes themselves
    QSize size; ///< device pixels: the most; it is fitted in
    int radius = 0; ///< of its corners, device pixels
    bool isFilling = false; ///< a small preview in the place of a larger picture: grown to its size
};

/// Decoded pictures, at most kBytes of them; those not painted for the longest time go first.
/// Decodes one after another on a thread of its own. GUI thread.
class PictureCache : public QObject
{
    Q_OBJECT

public:
    explicit PictureCache(QObject *parent = nullptr);
    ~PictureCache() override;

    /// nullptr while it is not there; ready() follows unless it can't be decoded.
    const QPixmap *find(const PictureRequest &request);
    bool isBroken(const QString &id) const { return m_broken.contains(id); }
    void clear();

    qsizetype bytes() const { return m_pixmaps.totalCost(); }
    int decoded() const { return m_decoded; } ///< since it was made

    static constexpr qsizetype kBytes = 64 * 1024 * 1024;

signals:
    void ready(const QString &id);
    void failed(const QString &id);

private:
    struct Key {
        QString id;
        QSize size;
        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed = 0)
        {
            return qHashMulti(seed, key.id, key.size.width(), key.size.height());
        }
    };

    void decodeNext();
    void take(const PictureRequest &request, const QImage &image);

    QCache<Key, QPixmap> m_pixmaps;
    QList<PictureRequest> m_waiting; ///< the last one is next
    QSet<Key> m_known; ///< waiting, or being decoded
    QSet<QString> m_broken;
    QThreadPool m_pool;
    int m_decoded = 0;
    bool m_busy = false;
};

}
