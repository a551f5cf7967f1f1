#include "sound/filmframe.h"

extern "C" {
#include <libswscale/swscale.h>
}

#include <array>

namespace confab {

namespace {

AVPixelFormat formatOf(QVideoFrameFormat::PixelFormat format)
{
    switch (format) {
    case QVideoFrameFormat::Format_YUV420P:
    case QVideoFrameFormat::Format_YV12: // with two planes the other way round
        return AV_PIX_FMT_YUV420P;
    case QVideoFrameFormat::Format_YUV422P:
        return AV_PIX_FMT_YUV422P;
    case QVideoFrameFormat::Format_NV12:
        return AV_PIX_FMT_NV12;
    case QVideoFrameFormat::Format_NV21:
        return AV_PIX_FMT_NV21;
    case QVideoFrameFormat::Format_P010:
        return AV_PIX_FMT_P010;
    case QVideoFrameFormat::Format_YUYV:
        return AV_PIX_FMT_YUYV422;
    case QVideoFrameFormat::Format_UYVY:
        return AV_PIX_FMT_UYVY422;
    case QVideoFrameFormat::Format_BGRA8888:
    case QVideoFrameFormat::Format_BGRX8888:
        return AV_PIX_FMT_BGRA;
    case QVideoFrameFormat::Format_ARGB8888:
    case QVideoFrameFormat::Format_XRGB8888:
        return AV_PIX_FMT_ARGB;
    case QVideoFrameFormat::Format_RGBA8888:
    case QVideoFrameFormat::Format_RGBX8888:
        return AV_PIX_FMT_RGBA;
    default:
        return AV_PIX_FMT_NONE;
    }
}

}

QImage imageOf(QVideoFrame frame)
{
    const AVPixelFormat format = formatOf(frame.pixelFormat());
    if (format == AV_PIX_FMT_NONE || !frame.map(QVideoFrame::ReadOnly))
        return {};
    const int width = frame.width();
    const int height = frame.height();
    std::array<const uint8_t *, 4> planes{};
    std::array<int, 4> strides{};
    for (int plane = 0; plane < qMin(frame.planeCount(), 4); ++plane) {
        planes[size_t(plane)] = frame.bits(plane);
        strides[size_t(plane)] = frame.bytesPerLine(plane);
    }
    if (frame.pixelFormat() == QVideoFrameFormat::Format_YV12)
        std::swap(planes[1], planes[2]);
    QImage image(width, height, QImage::Format_RGB32);
    SwsContext *scaler = sws_getContext(width, height, format, width, height, AV_PIX_FMT_BGRA,
        SWS_FAST_BILINEAR, nullptr, nullptr, nullptr);
    if (scaler && !image.isNull()) {
        uint8_t *lines[] = {image.bits()};
        const int lineSizes[] = {int(image.bytesPerLine())};
        sws_scale(scaler, planes.data(), strides.data(), 0, height, lines, lineSizes);
    } else {
        image = {};
    }
    sws_freeContext(scaler);
    frame.unmap();
    return image;
}

}
