#include "widgets/avatar.h"

#include <QBuffer>
#include <QCryptographicHash>
#include <QImageReader>
#include <QPainterPath>
#include <QPixmapCache>
#include <QTextBoundaryFinder>

namespace confab {

namespace {

/// Pictures come from the network: what is bigger is not worth decoding on the GUI thread.
constexpr qint64 kMaxPhotoPixels = 4'000'000;

bool isSafeFormat(const QByteArray &format)
{
    return format == "png" || format == "jpeg" || format == "gif" || format == "webp";
}

QImage decodePhoto(const QByteArray &bytes, const QSize &size)
{
    QBuffer buffer;
    buffer.setData(bytes);
    if (!buffer.open(QIODevice::ReadOnly))
        return {};
    QImageReader reader(&buffer);
    const QSize full = reader.size();
    if (!isSafeFormat(reader.format()) || !full.isValid()
        || qint64(full.width()) * full.height() > kMaxPhotoPixels)
        return {};
    reader.setAutoTransform(true);
    const QImage image = reader.read().scaled(
        size, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    const QPoint corner((image.width() - size.width()) / 2, (image.height() - size.height()) / 2);
    return image.copy(QRect(corner, size));
}

/// Null where the bytes are no picture that we show; that too is remembered.
QPixmap photoPixmap(const QByteArray &bytes, const QSize &size)
{
    const QByteArray digest = QCryptographicHash::hash(bytes, QCryptographicHash::Sha1).toHex();
    const QString key =
        QStringLiteral("confab/photo/%1/%2").arg(QLatin1String(digest)).arg(size.width());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap.width() > 1 ? pixmap : QPixmap();
    pixmap = QPixmap::fromImage(decodePhoto(bytes, size));
    QPixmapCache::insert(key, pixmap.isNull() ? QPixmap(1, 1) : pixmap);
    return pixmap;
}

int initialsPixels(qreal diameter)
{
    return qRound(diameter >= 80 ? diameter * 0.34 : 4.5 + diameter * 0.24);
}

/// The word's first letter or digit as it is read: a whole grapheme cluster.
QString firstLetter(const QString &word, int from = 0)
{
    int start = from;
    while (start < word.size() && !word.at(start).isLetterOrNumber() && !word.at(start).isSurrogate())
        ++start;
    if (start >= word.size())
        return {};
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, word);
    finder.setPosition(start);
    const qsizetype end = finder.toNextBoundary();
    return word.mid(start, end > start ? end - start : 1);
}

bool joinsLetters(const QString &letter)
{
    const QChar::JoiningType type = letter.isEmpty() ? QChar::Joining_None : letter.at(0).joiningType();
    return type == QChar::Joining_Dual || type == QChar::Joining_Right || type == QChar::Joining_Left;
}

}

QString initialsOf(const QString &title)
{
    const QStringList words = title.simplified().split(u' ', Qt::SkipEmptyParts);
    QStringList letters;
    for (const QString &word : words) {
        const QString letter = firstLetter(word);
        if (!letter.isEmpty())
            letters.append(letter);
    }
    if (letters.isEmpty())
        return {};
    const QString first = letters.first();
    if (joinsLetters(first))
        return first;
    if (letters.size() > 1)
        return (first + letters.last()).toUpper();
    for (const QString &word : words) {
        const qsizetype at = word.indexOf(first);
        if (at >= 0)
            return (first + firstLetter(word, int(at + first.size()))).toUpper();
    }
    return first.toUpper();
}

namespace {

void paintLetters(QPainter &painter, const QRectF &circle, const AvatarSource &source, const Theme &theme)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.colors().hueFill[size_t(Theme::hueOf(source.id))]);
    painter.drawEllipse(circle);
    const QColor white(Qt::white);
    if (source.savedMessages) {
        const int size = circle.width() >= 44 ? 20 : 16;
        const QPointF corner = circle.center() - QPointF(size, size) / 2;
        painter.drawPixmap(corner,
            theme.pixmap(QStringLiteral("bookmark"), size, white, painter.device()->devicePixelRatioF()));
        return;
    }
    QFont font = theme.font(TextStyle::BodyStrong);
    font.setPixelSize(initialsPixels(circle.width()));
    painter.setFont(font);
    painter.setPen(white);
    painter.drawText(circle, Qt::AlignCenter | Qt::TextSingleLine, initialsOf(source.title));
}

/// Circle with initials, kept: lists and conversations show the same ones again and again.
QPixmap letterPixmap(const AvatarSource &source, const QSizeF &size, const Theme &theme, qreal ratio)
{
    // Made for every avatar that is painted, so from whole numbers and in one go.
    const int kind = (theme.isDark() ? 1 : 0) + (source.savedMessages ? 2 : 0);
    const QString key = QStringLiteral("confab/letters/%1/%2/%3/%4/%5")
                            .arg(source.id, source.title, QString::number(kind),
                                QString::number(qRound(size.width() * 64)), QString::number(qRound(ratio * 64)));
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap((size * ratio).toSize());
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    paintLetters(painter, QRectF(QPointF(), size), source, theme);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

}

void paintAvatar(QPainter &painter, const QRectF &circle, const AvatarSource &source, const Theme &theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const qreal ratio = painter.device()->devicePixelRatioF();
    const QPixmap photo = source.photo.isEmpty()
        ? QPixmap()
        : photoPixmap(source.photo, (circle.size() * ratio).toSize());
    painter.setPen(Qt::NoPen);
    if (!photo.isNull()) {
        QBrush brush(photo);
        brush.setTransform(QTransform::fromTranslate(circle.x(), circle.y())
                               .scale(circle.width() / photo.width(), circle.height() / photo.height()));
        painter.setBrush(brush);
        painter.drawEllipse(circle);
        painter.restore();
        return;
    }
    painter.drawPixmap(circle.topLeft(), letterPixmap(source, circle.size(), theme, ratio));
    painter.restore();
}

void paintPresence(QPainter &painter, const QRectF &circle, const Theme &theme, const QColor &behind)
{
    if (circle.width() < 32)
        return;
    constexpr qreal kRing = 2;
    const qreal dot = circle.width() < 40 ? 8 : 12;
    const QRectF box(circle.right() - dot, circle.bottom() - dot, dot, dot);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(behind);
    painter.drawEllipse(box.adjusted(-kRing, -kRing, kRing, kRing));
    painter.setBrush(theme.colors().online);
    painter.drawEllipse(box);
    painter.restore();
}

}
