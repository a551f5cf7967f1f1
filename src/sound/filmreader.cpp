#include "sound/filmreader.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libswscale/swscale.h>
}

#include <QFile>
#include <QTransform>

#include <cmath>
#include <memory>

namespace confab {

namespace {

constexpr qint64 kMostPixels = 16'000'000;
constexpr int kMostPackets = 600; // of all streams, until there is a frame

struct CloseFile {
    void operator()(AVFormatContext *file) const { avformat_close_input(&file); }
};
struct FreeCodec {
    void operator()(AVCodecContext *codec) const { avcodec_free_context(&codec); }
};
struct FreeFrame {
    void operator()(AVFrame *frame) const { av_frame_free(&frame); }
};
struct FreePacket {
    void operator()(AVPacket *packet) const { av_packet_free(&packet); }
};
using File = std::unique_ptr<AVFormatContext, CloseFile>;

/// Nothing but this file: no list of others, no address.
File openFile(const QString &path)
{
    av_log_set_level(AV_LOG_FATAL); // what matters comes back as an error
    AVDictionary *options = nullptr;
    av_dict_set(&options, "protocol_whitelist", "file", 0);
    av_dict_set(&options, "format_whitelist",
        "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,ogg,mpegts,mpeg,wav,mp3,flac,aac,amr", 0);
    AVFormatContext *file = nullptr;
    const QByteArray name = "file:" + QFile::encodeName(path);
    const int opened = avformat_open_input(&file, name.constData(), nullptr, &options);
    av_dict_free(&options);
    File result(opened < 0 ? nullptr : file);
    if (result && avformat_find_stream_info(result.get(), nullptr) < 0)
        result.reset();
    return result;
}

int turnOf(const AVStream &stream)
{
    const auto *matrix = reinterpret_cast<const int32_t *>(
        av_stream_get_side_data(&stream, AV_PKT_DATA_DISPLAYMATRIX, nullptr));
    if (!matrix)
        return 0;
    const int turn = int(std::lround(-av_display_rotation_get(matrix) / 90)) * 90;
    return (turn % 360 + 360) % 360;
}

QImage toImage(const AVFrame &frame)
{
    QImage image(frame.width, frame.height, QImage::Format_RGB32);
    SwsContext *scaler = sws_getContext(frame.width, frame.height, AVPixelFormat(frame.format),
        frame.width, frame.height, AV_PIX_FMT_BGRA, SWS_BILINEAR, nullptr, nullptr, nullptr);
    if (!scaler || image.isNull())
        return {};
    uint8_t *lines[] = {image.bits()};
    const int strides[] = {int(image.bytesPerLine())};
    sws_scale(scaler, frame.data, frame.linesize, 0, frame.height, lines, strides);
    sws_freeContext(scaler);
    return image;
}

QImage firstFrame(AVFormatContext *file, int index, const AVCodec *decoder)
{
    const std::unique_ptr<AVCodecContext, FreeCodec> codec(avcodec_alloc_context3(decoder));
    const std::unique_ptr<AVFrame, FreeFrame> frame(av_frame_alloc());
    const std::unique_ptr<AVPacket, FreePacket> packet(av_packet_alloc());
    codec->thread_count = 1;
    if (avcodec_parameters_to_context(codec.get(), file->streams[index]->codecpar) < 0
        || avcodec_open2(codec.get(), decoder, nullptr) < 0)
        return {};
    for (int i = 0; i < kMostPackets; ++i) {
        const bool isEnd = av_read_frame(file, packet.get()) < 0;
        if (!isEnd && packet->stream_index != index) {
            av_packet_unref(packet.get());
            continue;
        }
        avcodec_send_packet(codec.get(), isEnd ? nullptr : packet.get());
        av_packet_unref(packet.get());
        if (avcodec_receive_frame(codec.get(), frame.get()) >= 0)
            return toImage(*frame);
        if (isEnd)
            break;
    }
    return {};
}

}

FilmContents readFilmFile(const QString &path)
{
    FilmContents contents;
    const File file = openFile(path);
    if (!file)
        return contents;
    if (file->duration > 0)
        contents.duration = int(qMin<qint64>(file->duration / (AV_TIME_BASE / 1000), INT_MAX));
    const AVCodec *decoder = nullptr;
    const int index = av_find_best_stream(file.get(), AVMEDIA_TYPE_VIDEO, -1, -1, &decoder, 0);
    if (index < 0 || !decoder)
        return contents;
    const AVStream &stream = *file->streams[index];
    const QSize size(stream.codecpar->width, stream.codecpar->height);
    const bool isCover = stream.disposition & AV_DISPOSITION_ATTACHED_PIC;
    if (isCover || size.isEmpty() || qint64(size.width()) * size.height() > kMostPixels)
        return contents;
    const int turn = turnOf(stream);
    contents.size = turn % 180 == 0 ? size : size.transposed();
    contents.poster = firstFrame(file.get(), index, decoder);
    if (turn != 0 && !contents.poster.isNull())
        contents.poster = contents.poster.transformed(QTransform().rotate(turn));
    return contents;
}

}
