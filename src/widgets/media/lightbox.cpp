#include "widgets/media/lightbox.h"

#include "widgets/conversation/mediumwords.h"
#include "widgets/media/abstractsound.h"
#include "widgets/media/picturedecoder.h"
#include "widgets/shapes.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QKeyEvent>
#include <QPainter>
#include <QSlider>
#include <QToolButton>

#include <cmath>

namespace confab {

namespace {

const QColor kScrim(11, 13, 15, 235); // look.md §9: 92 % of near-black in both themes
const QColor kInk(0xF2, 0xF5, 0xF6);
const QColor kFaintInk(0xB4, 0xBE, 0xC4);
const QColor kHover(255, 255, 255, 36);
constexpr int kButton = 36;
constexpr int kIcon = 20;
constexpr int kEdge = 12;
constexpr int kTop = 60;
constexpr int kFoot = 68;
constexpr int kSides = 64;
constexpr qreal kZoomStep = 1.25;
constexpr int kMostPixels = 4096; // a side of what is decoded

/// Icon button that is light on the scrim in both themes.
class LightboxButton final : public QToolButton
{
public:
    using QToolButton::QToolButton;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        if (isEnabled() && (underMouse() || isDown()))
            fillRound(painter, rect(), 8, kHover);
        if (hasFocus())
            strokeRound(painter, QRectF(rect()), 8, kInk, 2);
        painter.setOpacity(isEnabled() ? 1 : 0.4);
        const QPoint corner((width() - kIcon) / 2, (height() - kIcon) / 2);
        icon().paint(&painter, QRect(corner, QSize(kIcon, kIcon)));
    }
};

}

Lightbox::Lightbox(const Theme &theme, QWidget *window)
    : QWidget(window)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("lightbox"));
    setAccessibleName(tr("Picture"));
    setAttribute(Qt::WA_DeleteOnClose);
    setFocusPolicy(Qt::StrongFocus);
    m_pool.setMaxThreadCount(1);
    buildButtons();
    window->installEventFilter(this);
    setGeometry(window->rect());
}

Lightbox::~Lightbox()
{
    m_pool.waitForDone();
}

QToolButton *Lightbox::addButton(const char *name, const QString &icon, const QString &text)
{
    auto *button = new LightboxButton(this);
    button->setObjectName(QLatin1String(name));
    button->setIcon(QIcon(m_theme.pixmap(icon, kIcon, kInk, devicePixelRatioF())));
    button->setToolTip(text);
    button->setAccessibleName(text);
    button->setFocusPolicy(Qt::TabFocus);
    button->setCursor(Qt::ArrowCursor);
    button->resize(kButton, kButton);
    return button;
}

void Lightbox::buildButtons()
{
    m_older = addButton("lightboxOlder", QStringLiteral("chevron-left"), tr("Previous"));
    m_newer = addButton("lightboxNewer", QStringLiteral("chevron-right"), tr("Next"));
    m_play = addButton("lightboxPlay", QStringLiteral("play"), tr("Play"));
    m_seek = new QSlider(Qt::Horizontal, this);
    m_seek->setObjectName(QStringLiteral("lightboxSeek"));
    m_seek->setAccessibleName(tr("Position"));
    m_zoomOut = addButton("lightboxZoomOut", QStringLiteral("zoom-out"), tr("Zoom out"));
    m_zoomIn = addButton("lightboxZoomIn", QStringLiteral("zoom-in"), tr("Zoom in"));
    m_rotate = addButton("lightboxRotate", QStringLiteral("rotate-cw"), tr("Rotate"));
    m_save = addButton("lightboxSave", QStringLiteral("download"), tr("Save as"));
    m_copy = addButton("lightboxCopy", QStringLiteral("copy"), tr("Copy"));
    m_close = addButton("lightboxClose", QStringLiteral("x"), tr("Close"));
    connect(m_zoomOut, &QToolButton::clicked, this, [this] { zoomBy(-1, room().center()); });
    connect(m_zoomIn, &QToolButton::clicked, this, [this] { zoomBy(1, room().center()); });
    connect(m_rotate, &QToolButton::clicked, this, &Lightbox::rotate);
    connect(m_save, &QToolButton::clicked, this, &Lightbox::saveRequested);
    connect(m_copy, &QToolButton::clicked, this, &Lightbox::copy);
    connect(m_close, &QToolButton::clicked, this, &Lightbox::close);
    connect(m_older, &QToolButton::clicked, this, [this] { step(-1); });
    connect(m_newer, &QToolButton::clicked, this, [this] { step(1); });
    connect(m_play, &QToolButton::clicked, this, &Lightbox::togglePlaying);
    connect(m_seek, &QSlider::sliderMoved, this, [this](int position) {
        if (m_player)
            m_player->seek(position);
    });
}

void Lightbox::show(const LightboxItem &item)
{
    m_item = item;
    setPixmap({});
    m_place.reset();
    m_place.setRoom(room());
    m_failed = false;
    m_playing = false;
    m_older->setVisible(item.hasOlder);
    m_newer->setVisible(item.hasNewer);
    m_play->setVisible(item.isFilm);
    m_seek->setVisible(item.isFilm);
    if (m_player)
        m_player->pause();
    placeButtons();
    QWidget::show();
    raise();
    setFocus();
    showPlace();
    if (item.isFilm)
        play();
    else
        decode();
}

/// Larger than the screen, so that there is something to zoom into.
void Lightbox::decode()
{
    m_pool.start([this, path = m_item.path] {
        QFile file(path);
        QImage image;
        if (file.open(QIODevice::ReadOnly))
            image = decodePicture(file, {kMostPixels, kMostPixels});
        QMetaObject::invokeMethod(
            this,
            [this, path, image] {
                if (path != m_item.path)
                    return;
                m_failed = image.isNull();
                setPixmap(QPixmap::fromImage(image));
            },
            Qt::QueuedConnection);
    });
}

void Lightbox::play()
{
    if (!m_player) {
        AbstractSound *module = soundModule();
        if (!module) {
            emit problem(noSoundSentence());
            m_failed = true;
            return;
        }
        m_player = module->makePlayer(this);
        connect(m_player, &AbstractSoundPlayer::frameChanged, this,
            [this](const QImage &frame) { setPixmap(QPixmap::fromImage(frame)); });
        connect(m_player, &AbstractSoundPlayer::durationChanged, this, [this](int duration) {
            m_duration = duration;
            m_seek->setRange(0, duration);
        });
        connect(m_player, &AbstractSoundPlayer::positionChanged, this, &Lightbox::showPosition);
        connect(m_player, &AbstractSoundPlayer::ended, this, [this] {
            m_player->seek(0);
            m_player->pause();
            m_playing = true;
            togglePlaying();
        });
        connect(m_player, &AbstractSoundPlayer::failed, this, [this](const QString &sentence) {
            m_failed = true;
            update();
            emit problem(sentence);
        });
    }
    m_player->load(m_item.path);
    togglePlaying();
}

void Lightbox::togglePlaying()
{
    if (!m_player)
        return;
    m_playing = !m_playing;
    if (m_playing)
        m_player->play();
    else
        m_player->pause();
    const QString icon = m_playing ? QStringLiteral("pause") : QStringLiteral("play");
    m_play->setIcon(QIcon(m_theme.pixmap(icon, kIcon, kInk, devicePixelRatioF())));
    m_play->setToolTip(m_playing ? tr("Pause") : tr("Play"));
    m_play->setAccessibleName(m_play->toolTip());
}

void Lightbox::showPosition(int position)
{
    if (!m_seek->isSliderDown())
        m_seek->setValue(position);
    update(0, height() - kFoot, width(), kFoot);
}

void Lightbox::placeButtons()
{
    int x = width() - kEdge - kButton;
    for (QToolButton *button : {m_close, m_copy, m_save, m_rotate, m_zoomIn, m_zoomOut}) {
        button->move(x, kEdge);
        x -= kButton + 4;
    }
    const int middle = (height() - kButton) / 2;
    m_older->move(kEdge, middle);
    m_newer->move(width() - kEdge - kButton, middle);
    const int bar = qMin(480, width() - 2 * kSides);
    m_play->move((width() - bar) / 2, height() - kFoot - kButton - 4);
    m_seek->setGeometry((width() - bar) / 2 + kButton + 8, m_play->y(), bar - kButton - 8, kButton);
}

QRectF Lightbox::room() const
{
    const int foot = kFoot + (m_item.isFilm ? kButton + 12 : 0);
    return QRectF(rect()).adjusted(kSides, kTop, -kSides, -foot);
}

void Lightbox::setPixmap(const QPixmap &pixmap)
{
    m_pixmap = pixmap;
    m_place.setOwnSize(QSizeF(pixmap.size()) / devicePixelRatioF());
    update();
}

void Lightbox::setZoom(qreal zoom, const QPointF &around)
{
    m_place.setZoom(zoom, around);
    showPlace();
}

void Lightbox::zoomBy(qreal steps, const QPointF &around)
{
    setZoom(m_place.zoom() * std::pow(kZoomStep, steps), around);
}

void Lightbox::rotate()
{
    m_place.rotate();
    showPlace();
}

void Lightbox::showPlace()
{
    m_zoomOut->setEnabled(m_place.zoom() > 1);
    m_zoomIn->setEnabled(m_place.zoom() < ZoomedPicture::kMostZoom);
    update();
}

void Lightbox::step(int step)
{
    if (step < 0 ? m_item.hasOlder : m_item.hasNewer)
        emit stepRequested(step);
}

void Lightbox::copy()
{
    if (!m_pixmap.isNull())
        QApplication::clipboard()->setPixmap(m_pixmap);
}

void Lightbox::close()
{
    hide();
    emit closed();
    deleteLater();
}

/// No shortcut of the window below may take a key away.
bool Lightbox::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

bool Lightbox::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parent() && event->type() == QEvent::Resize)
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

void Lightbox::resizeEvent(QResizeEvent *)
{
    placeButtons();
    m_place.setRoom(room());
}

void Lightbox::keyPressEvent(QKeyEvent *event)
{
    constexpr qreal kPan = 48;
    const auto move = [this](qreal x, qreal y) {
        m_place.moveTo(m_place.offset() + QPointF(x, y));
        update();
    };
    const bool isZoomed = m_place.zoom() > 1;
    if (event->matches(QKeySequence::Save))
        emit saveRequested();
    else if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->key() == Qt::Key_Escape)
        close();
    else if (event->key() == Qt::Key_Plus || event->key() == Qt::Key_Equal)
        zoomBy(1, room().center());
    else if (event->key() == Qt::Key_Minus)
        zoomBy(-1, room().center());
    else if (event->key() == Qt::Key_0)
        setZoom(1, room().center());
    else if (event->key() == Qt::Key_R)
        rotate();
    else if (event->key() == Qt::Key_Space && m_item.isFilm)
        togglePlaying();
    else if (event->key() == Qt::Key_Left)
        isZoomed ? move(kPan, 0) : step(-1);
    else if (event->key() == Qt::Key_Right)
        isZoomed ? move(-kPan, 0) : step(1);
    else if (event->key() == Qt::Key_Up && isZoomed)
        move(0, kPan);
    else if (event->key() == Qt::Key_Down && isZoomed)
        move(0, -kPan);
    else
        return; // stays here: nothing below is to hear of it
}

void Lightbox::mousePressEvent(QMouseEvent *event)
{
    m_grabbed = event->position() - m_place.offset();
    if (event->button() == Qt::LeftButton && !m_place.rect().contains(event->position()))
        close();
}

void Lightbox::mouseMoveEvent(QMouseEvent *event)
{
    if (!event->buttons().testFlag(Qt::LeftButton))
        return;
    m_place.moveTo(event->position() - m_grabbed);
    update();
}

void Lightbox::wheelEvent(QWheelEvent *event)
{
    constexpr qreal kNotch = 120;
    zoomBy(event->angleDelta().y() / kNotch, event->position());
    event->accept();
}

void Lightbox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), kScrim);
    painter.setPen(kInk);
    painter.setFont(m_theme.font(TextStyle::Body));
    if (!m_pixmap.isNull()) {
        painter.save();
        painter.setClipRect(QRectF(0, kTop, width(), height() - kTop - kFoot));
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.translate(m_place.rect().center());
        painter.rotate(m_place.rotation());
        painter.drawPixmap(m_place.target(), m_pixmap, QRectF(m_pixmap.rect()));
        painter.restore();
    } else if (m_failed) {
        painter.drawText(room(), Qt::AlignCenter,
            m_item.isFilm ? tr("This film can't be played.") : tr("This picture can't be shown."));
    }
    const QRectF foot(kSides, height() - kFoot, width() - 2 * kSides, kFoot - kEdge);
    const int line = m_theme.lineHeight(TextStyle::Body);
    const QFontMetrics metrics(painter.font());
    painter.drawText(QRectF(foot.topLeft() + QPointF(0, 8), QSizeF(foot.width(), line)),
        Qt::AlignCenter, metrics.elidedText(m_item.caption, Qt::ElideRight, int(foot.width())));
    painter.setPen(kFaintInk);
    painter.setFont(m_theme.font(TextStyle::Small));
    QString below = m_item.sender;
    if (m_item.isFilm && m_duration > 0)
        below += QStringLiteral("  %1 / %2")
                     .arg(durationText(qMax(1, m_seek->value())), durationText(m_duration));
    painter.drawText(
        QRectF(foot.left(), foot.top() + 8 + line, foot.width(), line), Qt::AlignCenter, below);
}

}
