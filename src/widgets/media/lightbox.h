#pragma once

#include "widgets/theme.h"

#include <QImage>
#include <QPixmap>
#include <QThreadPool>
#include <QWidget>

class QSlider;
class QToolButton;

namespace confab {

class AbstractSoundPlayer;

/// What the lightbox shows at a time.
struct LightboxItem {
    QString path; ///< a file of ours
    bool isFilm = false;
    QString sender;
    QString caption;
    bool hasOlder = false;
    bool hasNewer = false;
};

/// One picture or film over the whole window (look.md §9): fitted, zoomed, turned, saved, copied.
/// Keys:
/// + - 0 arrows R Space Esc Ctrl+S Ctrl+C. Closes and deletes itself. GUI thread.
class Lightbox : public QWidget
{
    Q_OBJECT

public:
    Lightbox(const Theme &theme, QWidget *window);
    ~Lightbox() override;

    void show(const LightboxItem &item);
    qreal zoom() const { return m_zoom; } ///< 1: fitted
    int rotation() const { return m_rotation; } ///< degrees
    const QPixmap &pixmap() const { return m_pixmap; } ///< null until it is decoded

    static constexpr qreal kMostZoom = 8;

signals:
    void stepRequested(int step); ///< -1 older, 1 newer
    void saveRequested();
    void problem(const QString &sentence);
    void closed();

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QToolButton *addButton(const char *name, const QString &icon, const QString &text);
    void buildButtons();
    void placeButtons();
    void setZoom(qreal zoom, const QPointF &around);
    void zoomBy(int steps);
    void rotate();
    void step(int step);
    void copy();
    void close();
    void decode();
    void play();
    void togglePlaying();
    void showPosition(int position);
    QRectF room() const; ///< for the picture
    QSizeF fittedSize() const;
    QPointF boundOffset(const QPointF &offset) const;

    const Theme &m_theme;
    LightboxItem m_item;
    QPixmap m_pixmap;
    QPointF m_offset; ///< of the picture's centre from the room's
    QPointF m_grabbed;
    qreal m_zoom = 1;
    int m_rotation = 0;
    bool m_failed = false;
    bool m_playing = false;
    int m_duration = 0;
    QThreadPool m_pool;
    AbstractSoundPlayer *m_player = nullptr;
    QToolButton *m_zoomOut;
    QToolButton *m_zoomIn;
    QToolButton *m_rotate;
    QToolButton *m_save;
    QToolButton *m_copy;
    QToolButton *m_close;
    QToolButton *m_older;
    QToolButton *m_newer;
    QToolButton *m_play;
    QSlider *m_seek;
};

}
