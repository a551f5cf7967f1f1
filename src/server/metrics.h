#pragma once

#include <QByteArray>

#include <array>
#include <chrono>

namespace confab::server {

/// Why somebody was turned away (reliability.md §3).
enum class Refusal {
    Head, ///< malformed or over the limit (T25)
    Slow, ///< head or body took too long (T25)
    Host, ///< T21
    Origin, ///< T20
    ApiKey,
    Handshake, ///< not a complete WebSocket opening (RFC 6455 §4.1)
    Connections, ///< too many of one address or in total (T25)
    Tls, ///< no handshake came about
    Frame, ///< malformed packets
    Rate, ///< over the rate limit (T24)
    Flood, ///< disconnected, because it went on over the limit (T24)
    NoLogin, ///< connected, but not signed in in time (T25)
    Silent, ///< no answer to pings
    SlowReader, ///< did not read what it was sent (T24)
    Login, ///< wrong secret or token (T22, T31)
    LoginRate, ///< too many tries (T22)
    Upload, ///< too large, over quota, or no space (T26)
    Metrics, ///< read from outside
    kCount
};

/// Durations in buckets that double, for quantiles by Prometheus.
class Histogram
{
public:
    static constexpr int kBuckets = 16; ///< from 0.25 ms to 8 s, the last one open

    void add(std::chrono::microseconds duration);
    /// Lines of the text format, cumulative as it wants them.
    QByteArray text(const QByteArray &name) const;

private:
    std::array<quint64, kBuckets> m_counts{};
    quint64 m_total = 0;
    std::chrono::microseconds m_sum{};
};

/// What the server counts, for /metrics. Plain numbers on the hub's thread: counting is an
/// increment.
struct Metrics {
    void refused(Refusal reason) { ++refusals[size_t(reason)]; }

    std::array<quint64, size_t(Refusal::kCount)> refusals{};
    Histogram publishLatency; ///< from a `pub` to its acknowledgement, commit included
    quint64 accepted = 0; ///< connections
    quint64 requests = 0; ///< over plain HTTP
    quint64 packets = 0; ///< from clients
    quint64 messages = 0; ///< stored
    quint64 uploadedFiles = 0;
    quint64 uploadedBytes = 0;
    quint64 downloadedBytes = 0;
    quint64 collectedFiles = 0;
};

/// What is looked up when somebody asks.
struct Gauges {
    qint64 connections = 0;
    qint64 sessions = 0;
    qint64 topics = 0; ///< in memory
    qint64 queuedBytes = 0; ///< sent to clients that have not read it yet
    quint64 commits = 0;
};

/// In the text format of Prometheus, version 0.0.4.
QByteArray metricsText(const Metrics &metrics, const Gauges &gauges);

}
