#include "widgets/conversation/mediumpainter.h"

#include "widgets/avatar.h"
#include "widgets/conversation/mediumwords.h"
#include "widgets/media/medialibrary.h"
#include "widgets/media/voiceplayer.h"
#include "widgets/shapes.h"

#include <cmath>

namespace confab {

namespace {

constexpr qreal kRadius = 8;
constexpr int kCardIcon = 20;
constexpr int kPictureIcon = 24;
constexpr qreal kBarWidth = 2;
constexpr qreal kBarStep = 4;
constexpr qreal kUnplayed = 0.55;

bool isRound(const wire::Entity &medium)
{
    return std::holds_alternative<wire::Audio>(medium) || std::holds_alternative<wire::Call>(medium)
        || std::holds_alternative<wire::Contact>(medium);
}

/// What the emblem of a medium says of its file, and what a click would do about it.
struct Progress {
    qreal share = -1; ///< 0 to 1 while it is on its way
    QString icon; ///< instead of the medium's own; empty: none
};

Progress progressOf(MediaLibrary &media, const wire::MediaSource &source, Delivery delivery)
{
    // One that is stuck goes nowhere.
    if (source.ref.isEmpty() || delivery == Delivery::Failed)
        return {};
    const qreal sent = media.files().uploaded(source.ref);
    if (sent >= 0)
        return {sent, QStringLiteral("x")};
    const MediaFile &file = media.files().file(source.ref);
    switch (file.state) {
    case MediaFile::State::Loading: {
        const qint64 total = file.total > 0 ? file.total : source.size;
        return {total > 0 ? qMin(1.0, qreal(file.done) / qreal(total)) : 0, QStringLiteral("x")};
    }
    case MediaFile::State::Missing:
        return {-1, QStringLiteral("download")};
    case MediaFile::State::Failed:
        return {
            -1, file.isElsewhere ? QStringLiteral("external-link") : QStringLiteral("refresh-cw")};
    case MediaFile::State::Unknown:
    case MediaFile::State::Asked:
    case MediaFile::State::Ready:
        break;
    }
    return {};
}

qint64 automaticLimit(const wire::Entity &medium)
{
    const auto *audio = std::get_if<wire::Audio>(&medium);
    return audio ? MediaLibrary::kAutomaticVoice : 0;
}

}

MediumPainter::MediumPainter(QPainter &painter, const Theme &theme, MediaLibrary *media)
    : m_painter(painter)
    , m_theme(theme)
    , m_colors(theme.colors())
    , m_media(media)
{
}

void MediumPainter::paint(const MessageLayout &layout, const PartLayout &part)
{
    const wire::Entity &medium = *layout.text().parts().at(part.part()).medium;
    const wire::MediaSource *source = wire::mediaSource(medium);
    // Pictures ask for themselves.
    if (m_media && source && !std::holds_alternative<wire::Image>(medium))
        m_media->files().want(source->ref, automaticLimit(medium));
    switch (part.shape()) {
    case PartLayout::Shape::Picture:
        paintPicture(layout, part);
        break;
    case PartLayout::Shape::Voice:
        paintVoice(layout, part);
        break;
    case PartLayout::Shape::Card:
        paintCard(layout, part);
        break;
    }
}

QColor MediumPainter::meta(const MessageLayout &layout) const
{
    return layout.isOnOwnFill() ? m_colors.ownMeta : m_colors.otherMeta;
}

void MediumPainter::paintPicture(const MessageLayout &layout, const PartLayout &part)
{
    const wire::Entity &medium = *layout.text().parts().at(part.part()).medium;
    const auto *video = std::get_if<wire::Video>(&medium);
    const wire::MediaSource &source = *wire::mediaSource(medium);
    const wire::MediaSource &shown = video ? video->poster : source;
    const QRectF &rect = part.rect();
    const qreal ratio = m_painter.device()->devicePixelRatioF();
    const QPixmap *pixmap = m_media ? m_media->picture(shown, part.mediumId(),
                                (rect.size() * ratio).toSize(), qRound(kRadius * ratio))
                                    : nullptr;
    const QSizeF size = pixmap ? QSizeF(pixmap->size()) / ratio : QSizeF();
    const bool covers
        = pixmap && size.width() >= rect.width() - 1 && size.height() >= rect.height() - 1;
    if (!covers)
        fillRound(
            m_painter, rect, kRadius, layout.isOnOwnFill() ? m_colors.codeOwn : m_colors.code);
    if (pixmap) {
        const QPointF corner(rect.left() + std::floor((rect.width() - size.width()) / 2),
            rect.top() + std::floor((rect.height() - size.height()) / 2));
        m_painter.drawPixmap(QRectF(corner, size), *pixmap, QRectF(QPointF(), pixmap->size()));
    }
    const Progress progress
        = m_media ? progressOf(*m_media, source, layout.item().delivery) : Progress();
    if (part.caption())
        paintPill(part);
    if (!progress.icon.isEmpty()) {
        paintEmblem(part.emblem(), true, progress.icon);
        paintProgress(part.emblem(), true, progress.share);
    } else if (video) {
        paintEmblem(part.emblem(), true, QStringLiteral("play"));
    } else if (!pixmap) {
        const bool isBroken = m_media && m_media->isBroken(part.mediumId());
        paintIcon(isBroken ? QStringLiteral("image-off") : QStringLiteral("image"),
            part.emblem().center(), kPictureIcon, meta(layout));
    }
}

/// How long a film is.
void MediumPainter::paintPill(const PartLayout &part)
{
    constexpr qreal kSide = 6;
    const QTextLine line = part.caption()->lineAt(0);
    const QRectF pill(part.captionOrigin().x() - kSide, part.captionOrigin().y() - 1,
        std::ceil(line.naturalTextWidth()) + 2 * kSide, line.height() + 2);
    fillRound(m_painter, pill, pill.height() / 2, m_colors.raised);
    m_painter.setPen(m_colors.text);
    part.caption()->draw(&m_painter, part.captionOrigin());
}

void MediumPainter::paintVoice(const MessageLayout &layout, const PartLayout &part)
{
    const auto &audio = std::get<wire::Audio>(*layout.text().parts().at(part.part()).medium);
    const QString &id = part.mediumId();
    const bool isCurrent = m_media && m_media->voice().isCurrent(id);
    const bool isPlaying = m_media && m_media->voice().isPlaying(id);
    const Progress progress
        = m_media ? progressOf(*m_media, audio.source, layout.item().delivery) : Progress();
    QString icon = progress.icon;
    if (icon.isEmpty())
        icon = isPlaying ? QStringLiteral("pause") : QStringLiteral("play");
    paintEmblem(part.emblem(), true, icon);
    paintProgress(part.emblem(), true, progress.share);
    paintBars(part, audio.bars(), isCurrent ? m_media->voice().progress() : 0);

    m_painter.setPen(meta(layout));
    if (!isCurrent) {
        if (part.caption())
            part.caption()->draw(&m_painter, part.captionOrigin());
        return;
    }
    // Only the one that is played has words of its own at every moment.
    m_painter.setFont(m_theme.font(TextStyle::Meta));
    m_painter.drawText(part.timeRect(), int(Qt::AlignLeft | Qt::AlignVCenter) | Qt::TextSingleLine,
        durationText(qMax(1, m_media->voice().position())) + QStringLiteral(" / ")
            + durationText(audio.duration));
    const QRectF &speed = part.speedRect();
    strokeRound(m_painter, speed, speed.height() / 2, m_colors.accentText);
    m_painter.setPen(m_colors.accentText);
    m_painter.drawText(speed, Qt::AlignCenter | Qt::TextSingleLine,
        QLocale().toString(m_media->voice().rate(), 'g', 2) + QChar(0x00d7));
}

/// As many bars as there is room for, each the loudest of the samples it stands for.
void MediumPainter::paintBars(const PartLayout &part, const QByteArray &bars, qreal played)
{
    const QRectF &rect = part.bars();
    const int count = qMax(1, int(rect.width() / kBarStep));
    int loudest = 1;
    for (const char bar : bars)
        loudest = qMax(loudest, int(uchar(bar)));
    QColor unplayed = m_colors.accentText;
    unplayed.setAlphaF(float(kUnplayed));
    for (int i = 0; i < count; ++i) {
        const qsizetype from = bars.size() * i / count;
        const qsizetype to = qMax(from + 1, bars.size() * (i + 1) / count);
        int level = 0;
        for (qsizetype at = from; at < to && at < bars.size(); ++at)
            level = qMax(level, int(uchar(bars.at(at))));
        const qreal height = qMax(kBarWidth, std::round(rect.height() * level / loudest));
        const QRectF bar(
            rect.left() + i * kBarStep, rect.center().y() - height / 2, kBarWidth, height);
        const bool isPlayed = played > 0 && (i + 0.5) / count <= played;
        fillRound(m_painter, bar, 1, isPlayed ? m_colors.accentText : unplayed);
    }
}

void MediumPainter::paintCard(const MessageLayout &layout, const PartLayout &part)
{
    const wire::Entity &medium = *layout.text().parts().at(part.part()).medium;
    const wire::MediaSource *source = wire::mediaSource(medium);
    const Progress progress
        = m_media && source ? progressOf(*m_media, *source, layout.item().delivery) : Progress();
    const bool round = isRound(medium);
    if (const auto *contact = std::get_if<wire::Contact>(&medium)) {
        const wire::Card &card = contact->card;
        paintAvatar(m_painter, part.emblem(),
            {contact->user.isEmpty() ? card.name : contact->user, card.name, card.photo}, m_theme);
    } else {
        paintEmblem(
            part.emblem(), round, progress.icon.isEmpty() ? mediumIcon(medium) : progress.icon);
        paintProgress(part.emblem(), round, progress.share);
    }
    m_painter.setPen(m_colors.text);
    part.lines().draw(&m_painter, part.origin());
    if (!part.caption())
        return;
    m_painter.setPen(meta(layout));
    if (progress.share >= 0 && source && source->size > 0) {
        const QRectF line(part.captionOrigin(),
            QSizeF(part.rect().right() - part.captionOrigin().x() + kRadius,
                part.emblem().height() / 2));
        m_painter.setFont(m_theme.font(TextStyle::Meta));
        m_painter.drawText(line, int(Qt::AlignLeft | Qt::AlignTop) | Qt::TextSingleLine,
            progressText(progress.share, source->size));
        return;
    }
    part.caption()->draw(&m_painter, part.captionOrigin());
}

void MediumPainter::paintEmblem(const QRectF &rect, bool isRound, const QString &icon)
{
    fillRound(m_painter, rect, isRound ? rect.height() / 2 : kRadius, m_colors.accent);
    paintIcon(icon, rect.center(), kCardIcon, m_colors.onAccent);
}

void MediumPainter::paintProgress(const QRectF &rect, bool isRound, qreal share)
{
    if (share < 0)
        return;
    constexpr qreal kLine = 2;
    constexpr qreal kInset = 3;
    if (!isRound) {
        const QRectF track(
            rect.left() + kInset, rect.bottom() - kInset - kLine, rect.width() - 2 * kInset, kLine);
        m_painter.fillRect(
            QRectF(track.topLeft(), QSizeF(track.width() * share, kLine)), m_colors.onAccent);
        return;
    }
    constexpr int kTop = 90 * 16;
    constexpr int kCircle = 360 * 16;
    const QPen pen(m_colors.onAccent, kLine, Qt::SolidLine, Qt::RoundCap);
    m_painter.setRenderHint(QPainter::Antialiasing);
    m_painter.setPen(pen);
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawArc(
        rect.adjusted(kInset, kInset, -kInset, -kInset), kTop, -int(kCircle * qMax(share, 0.02)));
}

void MediumPainter::paintIcon(
    const QString &icon, const QPointF &center, int size, const QColor &color)
{
    const qreal ratio = m_painter.device()->devicePixelRatioF();
    const QPointF corner(std::floor(center.x() - size / 2.0), std::floor(center.y() - size / 2.0));
    m_painter.drawPixmap(corner, m_theme.pixmap(icon, size, color, ratio));
}

}
