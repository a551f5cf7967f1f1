#include "widgets/settings/qrcode.h"

#include <QPainter>

#include <qrencode.h>

#include <memory>

namespace confab {

namespace {

constexpr int kQuietZone = 4; // modules, as ISO/IEC 18004 asks for
constexpr int kPixels = 4; // of a module
constexpr int kDark = 1; // the bit of libqrencode

QImage encoded(const QString &text)
{
    if (text.isEmpty())
        return {};
    const std::unique_ptr<QRcode, void (*)(QRcode *)> code(
        QRcode_encodeString(text.toUtf8().constData(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), &QRcode_free);
    if (!code)
        return {};
    const int side = code->width + 2 * kQuietZone;
    QImage image(side, side, QImage::Format_RGB32);
    image.fill(Qt::white);
    for (int y = 0; y < code->width; ++y) {
        for (int x = 0; x < code->width; ++x) {
            if (code->data[y * code->width + x] & kDark)
                image.setPixelColor(x + kQuietZone, y + kQuietZone, Qt::black);
        }
    }
    return image;
}

}

QrCode::QrCode(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void QrCode::setContent(const QString &text)
{
    m_text = text;
    m_modules = encoded(text);
    setAccessibleName(m_modules.isNull() ? QString() : tr("QR code with the address %1").arg(text));
    setVisible(!m_modules.isNull());
    updateGeometry();
    update();
}

QSize QrCode::sizeHint() const
{
    return m_modules.size() * kPixels;
}

void QrCode::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.drawImage(rect(), m_modules); // without smoothing: edges stay sharp
}

}
