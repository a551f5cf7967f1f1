#pragma once

#include "widgets/media/zoomedpicture.h"
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
/// Keys: + - 0 arrows R Space Esc Ctrl+S Ctrl+C. Closes and deletes itself. GUI thread.
class Lightbox : public QWidget
{
    Q_OBJECT

public:
    Lightbox(const Theme &theme, QWidget *window);
    ~Lightbox() override;

    void show(const LightboxItem &item);
    const ZoomedPicture &place() const { return m_place; } ///< of the picture
    const QPixmap &pixmap() const { return m_pixmap; } ///< null until it is decoded

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
    void setPixmap(const QPixmap &pixmap);
    void setZoom(qreal zoom, const QPointF &around);
    void zoomBy(qreal steps, const QPointF &around);
    void rotate();
    void showPlace();
    void step(int step);
    void copy();
    void close();
    void decode();
    void play();
    void togglePlaying();
    void showPosition(int position);
    QRectF room() const; ///< for the picture

    const Theme &m_theme;
    LightboxItem m_item;
    QPixmap m_pixmap;
    ZoomedPicture m_place;
    QPointF m_grabbed;
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
