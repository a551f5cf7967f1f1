#include "widgets/composer/emojipixmap.h"

#include "widgets/conversation/emojispans.h"

#include <QPainter>

namespace confab {

QPixmap emojiPixmap(const QString &emoji, int glyph, int box, const Theme &theme, qreal ratio)
{
    QPixmap pixmap(QSize(box, box) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QFont font;
    font.setFamilies({QStringLiteral("Noto Color Emoji")});
    font.setPixelSize(glyph);
    painter.setFont(font);
    painter.setPen(theme.colors().text);
    painter.drawText(QRect(0, 0, box, box), Qt::AlignCenter, paintableEmoji(emoji));
    return pixmap;
}

}
