#include "server/metrics.h"

namespace confab::server {

namespace {

using namespace std::chrono_literals;

constexpr auto kFirstBound = 250us;

const char *name(Refusal reason)
{
    switch (reason) {
    case Refusal::Head:
        return "head";
    case Refusal::Slow:
        return "slow";
    case Refusal::Host:
        return "host";
    case Refusal::Origin:
        return "origin";
    case Refusal::ApiKey:
        return "apikey";
    case Refusal::Handshake:
        return "handshake";
    case Refusal::Connections:
        return "connections";
    case Refusal::Tls:
        return "tls";
    case Refusal::Frame:
        return "frame";
    case Refusal::Rate:
        return "rate";
    case Refusal::Flood:
        return "flood";
    case Refusal::NoLogin:
        return "nologin";
    case Refusal::Silent:
        return "silent";
    case Refusal::SlowReader:
        return "slowreader";
    case Refusal::Login:
        return "login";
    case Refusal::LoginRate:
        return "loginrate";
    case Refusal::Upload:
        return "upload";
    case Refusal::Metrics:
        return "metrics";
    case Refusal::kCount:
        break;
    }
    return "";
}

QByteArray header(const QByteArray &name, const char *kind, const char *help)
{
    return "# HELP " + name + ' ' + help + "\n# TYPE " + name + ' ' + kind + '\n';
}

template <typename Number>
QByteArray line(const QByteArray &name, Number value)
{
    return name + ' ' + QByteArray::number(value) + '\n';
}

QByteArray counter(const QByteArray &name, const char *help, quint64 value)
{
    return header(name, "counter", help) + line(name, value);
}

QByteArray gauge(const QByteArray &name, const char *help, qint64 value)
{
    return header(name, "gauge", help) + line(name, value);
}

QByteArray seconds(std::chrono::microseconds duration)
{
    return QByteArray::number(std::chrono::duration<double>(duration).count(), 'g', 12);
}

}

void Histogram::add(std::chrono::microseconds duration)
{
    int bucket = 0;
    for (auto bound = kFirstBound; duration > bound && bucket < kBuckets; bound *= 2)
        ++bucket;
    if (bucket < kBuckets)
        ++m_counts[size_t(bucket)];
    ++m_total;
    m_sum += duration;
}

QByteArray Histogram::text(const QByteArray &name) const
{
    QByteArray result;
    quint64 sofar = 0;
    auto bound = kFirstBound;
    for (const quint64 count : m_counts) {
        sofar += count;
        result += line(name + "_bucket{le=\"" + seconds(bound) + "\"}", sofar);
        bound *= 2;
    }
    result += line(name + "_bucket{le=\"+Inf\"}", m_total);
    result += name + "_sum " + seconds(m_sum) + '\n';
    return result + line(name + "_count", m_total);
}

QByteArray metricsText(const Metrics &metrics, const Gauges &gauges)
{
    QByteArray text = gauge("confab_connections", "Open sockets.", gauges.connections)
        + gauge("confab_sessions", "Clients of the chat protocol.", gauges.sessions)
        + gauge("confab_topics", "Topics in memory.", gauges.topics)
        + gauge("confab_queue_bytes", "Sent, but not read by its client yet.", gauges.queuedBytes)
        + counter("confab_connections_total", "Sockets ever accepted.", metrics.accepted)
        + counter("confab_http_requests_total", "Plain HTTP requests.", metrics.requests)
        + counter("confab_packets_total", "Packets from clients.", metrics.packets)
        + counter("confab_messages_total", "Messages stored.", metrics.messages)
        + counter("confab_commits_total", "Database transactions.", gauges.commits)
        + counter("confab_uploads_total", "Files kept.", metrics.uploadedFiles)
        + counter("confab_upload_bytes_total", "Bytes of files kept.", metrics.uploadedBytes)
        + counter("confab_download_bytes_total", "Bytes of files sent.", metrics.downloadedBytes)
        + counter(
            "confab_files_collected_total", "Unlinked files removed.", metrics.collectedFiles);

    const QByteArray latency = "confab_publish_seconds";
    text += header(latency, "histogram", "From a publish to its acknowledgement.")
        + metrics.publishLatency.text(latency);

    const QByteArray refusals = "confab_refusals_total";
    text += header(refusals, "counter", "Turned away, by reason.");
    for (size_t i = 0; i < metrics.refusals.size(); ++i)
        text += line(refusals + "{reason=\"" + name(Refusal(i)) + "\"}", metrics.refusals[i]);
    return text;
}

}
