#include "sound/voicenote.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/opt.h>
}

#include <QFile>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace confab {

namespace {

constexpr int kBitRate = 48'000;
constexpr int kLevelsASecond = 10;

}

struct VoiceNote::Writer {
    AVFormatContext *file = nullptr;
    AVCodecContext *codec = nullptr;
    AVFrame *frame = nullptr;
    AVPacket *packet = nullptr;
    qint64 written = 0; ///< samples given to the codec

    ~Writer()
    {
        av_packet_free(&packet);
        av_frame_free(&frame);
        avcodec_free_context(&codec);
        if (file && file->pb)
            avio_closep(&file->pb);
        avformat_free_context(file);
    }

    bool openCodec(int sampleRate)
    {
        const AVCodec *aac = avcodec_find_encoder(AV_CODEC_ID_AAC);
        codec = aac ? avcodec_alloc_context3(aac) : nullptr;
        if (!codec)
            return false;
        codec->sample_fmt = AV_SAMPLE_FMT_FLTP;
        codec->sample_rate = sampleRate;
        codec->bit_rate = kBitRate;
        codec->time_base = {1, sampleRate};
        codec->flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT;
        av_channel_layout_default(&codec->ch_layout, 1);
        return avcodec_open2(codec, aac, nullptr) >= 0;
    }

    bool openFile(const QByteArray &path)
    {
        if (avformat_alloc_output_context2(&file, nullptr, "mp4", path.constData()) < 0)
            return false;
        file->flags |= AVFMT_FLAG_BITEXACT; // nothing about this computer goes along
        AVStream *stream = avformat_new_stream(file, nullptr);
        if (!stream || avcodec_parameters_from_context(stream->codecpar, codec) < 0)
            return false;
        stream->time_base = codec->time_base;
        if (avio_open(&file->pb, path.constData(), AVIO_FLAG_WRITE) < 0)
            return false;
        AVDictionary *options = nullptr;
        av_dict_set(&options, "movflags", "+faststart", 0);
        const bool begun = avformat_write_header(file, &options) >= 0;
        av_dict_free(&options);
        return begun;
    }

    bool openFrame()
    {
        frame = av_frame_alloc();
        packet = av_packet_alloc();
        if (!frame || !packet)
            return false;
        frame->nb_samples = codec->frame_size;
        frame->format = codec->sample_fmt;
        frame->sample_rate = codec->sample_rate;
        return av_channel_layout_copy(&frame->ch_layout, &codec->ch_layout) >= 0
            && av_frame_get_buffer(frame, 0) >= 0;
    }

    /// nullptr: no more come.
    bool send(const AVFrame *next)
    {
        if (avcodec_send_frame(codec, next) < 0)
            return false;
        for (;;) {
            const int got = avcodec_receive_packet(codec, packet);
            if (got == AVERROR(EAGAIN) || got == AVERROR_EOF)
                return true;
            if (got < 0)
                return false;
            av_packet_rescale_ts(packet, codec->time_base, file->streams[0]->time_base);
            packet->stream_index = 0;
            if (av_interleaved_write_frame(file, packet) < 0)
                return false;
        }
    }
};

VoiceNote::VoiceNote() = default;

VoiceNote::~VoiceNote() = default;

bool VoiceNote::open(const QString &path, int sampleRate)
{
    av_log_set_level(AV_LOG_FATAL); // what matters comes back as an error
    m_writer = std::make_unique<Writer>();
    m_sampleRate = sampleRate;
    if (!m_writer->openCodec(sampleRate) || !m_writer->openFile(QFile::encodeName(path))
        || !m_writer->openFrame()) {
        m_writer.reset();
        return false;
    }
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner);
    return true;
}

bool VoiceNote::add(const QList<float> &samples)
{
    if (!m_writer)
        return false;
    m_samples += samples.size();
    m_waiting += samples;
    m_tenth += samples;
    const qsizetype tenth = m_sampleRate / kLevelsASecond;
    while (m_tenth.size() >= tenth) {
        m_levels.append(quint8(std::lround(100 * levelOf(m_tenth.first(tenth)))));
        m_tenth.remove(0, tenth);
    }
    return encode(false);
}

bool VoiceNote::encode(bool isLast)
{
    const qsizetype size = m_writer->codec->frame_size;
    while (m_waiting.size() >= size || (isLast && !m_waiting.isEmpty())) {
        if (av_frame_make_writable(m_writer->frame) < 0)
            return false;
        const qsizetype count = qMin(size, m_waiting.size());
        auto *target = reinterpret_cast<float *>(m_writer->frame->data[0]);
        std::fill(std::copy_n(m_waiting.constBegin(), count, target), target + size, 0.0F);
        m_waiting.remove(0, count);
        m_writer->frame->pts = m_writer->written;
        m_writer->written += size;
        if (!m_writer->send(m_writer->frame))
            return false;
    }
    return true;
}

bool VoiceNote::finish()
{
    const bool written = m_writer && encode(true) && m_writer->send(nullptr)
        && av_write_trailer(m_writer->file) >= 0;
    m_writer.reset();
    return written;
}

int VoiceNote::duration() const
{
    return m_sampleRate > 0 ? int(m_samples * 1000 / m_sampleRate) : 0;
}

QByteArray VoiceNote::bars() const
{
    const qsizetype count = qMin<qsizetype>(kBars, m_levels.size());
    QByteArray bars(count, 0);
    for (qsizetype i = 0; i < count; ++i) {
        const auto from = m_levels.begin() + m_levels.size() * i / count;
        const auto to = m_levels.begin() + m_levels.size() * (i + 1) / count;
        bars[i] = char(*std::max_element(from, to));
    }
    return bars;
}

/// The root mean square on a scale of loudness: speech lies around the middle, silence at 0.
qreal VoiceNote::levelOf(const QList<float> &samples)
{
    if (samples.isEmpty())
        return 0;
    double sum = 0;
    for (const float sample : samples)
        sum += double(sample) * double(sample);
    constexpr double kSilence = -50; // dB
    const double loudness = 10 * std::log10(sum / double(samples.size()) + 1e-9);
    return std::clamp((loudness - kSilence) / -kSilence, 0.0, 1.0);
}

}
