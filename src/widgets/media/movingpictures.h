#pragma once

#include "widgets/media/picturecache.h"

#include <QHash>
#include <QObject>
#include <QPixmap>
#include <QString>
#include <QThreadPool>

#include <memory>

namespace confab {

/// Animations, each a frame at a time, decoded on a thread of its own. Only those that were painted
/// since their last frame go on: what is scrolled away, covered or in a hidden window stands still
/// and costs nothing. GUI thread.
class MovingPictures : public QObject
{
    Q_OBJECT

public:
    explicit MovingPictures(QObject *parent = nullptr);
    ~MovingPictures() override;

    /// The frame to paint now; nullptr while there is none, or if this picture does not move.
    const QPixmap *frame(const PictureRequest &request);
    void clear();
    int shown() const { return m_shown; } ///< frames since it was made

    static constexpr int kMostAtOnce = 4;

signals:
    void changed(const QString &id);

private:
    struct Source; ///< of frames; used by one job at a time
    struct Movie {
        std::shared_ptr<Source> source;
        QPixmap frame;
        QSize size;
        bool painted = true;
        bool decoding = false;
        bool still = false; ///< has one frame only, or can't be read
        bool due = false; ///< its time has come, but nobody looks
    };

    void decode(const QString &id, Movie &movie);
    void take(
        const QString &id, const std::shared_ptr<Source> &source, const QImage &image, int delay);
    void forgetUnseen();

    QHash<QString, Movie> m_movies;
    QThreadPool m_pool;
    int m_shown = 0;
};

}
