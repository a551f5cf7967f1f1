#pragma once

#include "socket/keepalive.h"
#include "socket/sessionfactory.h"

#include <QElapsedTimer>
#include <QList>
#include <QMutex>
#include <QObject>
#include <QUrl>

#include <functional>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

namespace confab {

enum class FrameKind { Text, Binary };

struct Frame {
    FrameKind kind = FrameKind::Text;
    QByteArray bytes{};
};

/// What a codec makes of one frame: a message, or the reason why not.
template <typename Receiving>
struct Decoded {
    std::optional<Receiving> message{};
    QString error{}; ///< kind and field, no content; goes to logs
    bool foreign = false; ///< the peer can't be speaking our protocol: close with 1003
};

/// Both directions of one protocol; called on the channel's thread, so it holds no shared state.
template <typename Sending, typename Receiving>
struct ChannelCodec {
    std::function<Frame(const Sending &)> encode;
    std::function<Decoded<Receiving>(const Frame &)> decode;
};

struct ChannelOptions {
    QUrl url{};
    SessionOptions session{};
    KeepAliveOptions keepAlive{};
    int badFramesPerMinute = 20; ///< more than these end the channel with 1003 (reliability.md T2)
};

/// The untyped half of a channel: owns one session and its keep-alive, sorts frames, ends exactly
/// once. Commands may be called from any thread and run on the channel's own; signals are emitted
/// there, so that receivers elsewhere get them queued. Deleted on its own thread, which deleteLater()
/// does from anywhere, and never directly inside one of its signals; an open session says 1001 (going
/// away) to the peer and `ended` is not emitted any more.
class ChannelBase : public QObject
{
    Q_OBJECT

public:
    ~ChannelBase() override;

    /// Opens the one session. Called once.
    void open();
    void close(int code, const QString &reason);
    void abort();
    void probe();
    void setKeepAlive(const KeepAliveOptions &options);

signals:
    void opened(const confab::PeerInfo &peer);
    void batchReady();
    /// A frame was dropped or refused; error is for logs and counters.
    void frameRejected(const QString &error);
    void ended(const confab::CloseInfo &info); ///< exactly once, last of all

protected:
    ChannelBase(SessionFactory factory, ChannelOptions options);

    void sendFrame(const Frame &frame); ///< channel's thread
    /// Decodes one frame into this turn's messages.
    virtual void take(const Frame &frame) = 0;
    /// Moves this turn's messages to the mailbox; true if it was empty before and is not now. Called
    /// once per turn of the event loop that took any, and before `ended`.
    virtual bool deliver() = 0;
    void reject(const QString &error, bool foreign);
    bool isEnded() const { return m_ended; }

private:
    void openNow();
    void connectSession();
    void watchLink();
    void closeNow(int code, const QString &reason);
    void arrived(FrameKind kind, const QByteArray &bytes);
    bool isTakingTooMuch();
    void flush();
    void end(const CloseInfo &info);

    SessionFactory m_factory;
    ChannelOptions m_options;
    SessionPtr m_session;
    std::unique_ptr<KeepAlive> m_keepAlive;
    bool m_opened = false;
    bool m_deliveryQueued = false;
    bool m_ended = false;
    std::optional<CloseInfo> m_ending; ///< our own reason, set before the session says closed
    QElapsedTimer m_age; ///< since openNow()
    QList<qint64> m_rejectedAt; ///< of the last minute, in ms of m_age
};

/// A typed stream over one WebSocket connection: encodes what is sent, decodes what arrives, keeps
/// alive. Made on the GUI thread and moved to the network thread before open(); a test may leave it
/// on its own. Decoded messages gather in a mailbox: `batchReady` is emitted when it stops being
/// empty, at most once per turn of the channel's event loop, and the receiver empties it with
/// takeBatch() from its own thread. So a blocked receiver costs memory only, and `ended` always comes
/// after the last batchReady.
template <typename Sending, typename Receiving>
class JsonChannel final : public ChannelBase
{
public:
    using Batch = QList<Receiving>;

    JsonChannel(
        SessionFactory factory, ChannelOptions options, ChannelCodec<Sending, Receiving> codec)
        : ChannelBase(std::move(factory), std::move(options))
        , m_codec(std::move(codec))
    {
    }

    /// Any thread; encoded on the channel's own. Ignored before `opened` and after `ended`.
    void send(const Sending &message)
    {
        QMetaObject::invokeMethod(this, [this, message] { sendFrame(m_codec.encode(message)); });
    }

    /// What was decoded so far, in order; not more than `most`, and the rest stays. Any thread.
    Batch takeBatch(qsizetype most = std::numeric_limits<qsizetype>::max())
    {
        const QMutexLocker lock(&m_mutex);
        if (m_mailbox.size() <= most)
            return std::exchange(m_mailbox, {});
        const auto end = m_mailbox.begin() + most;
        Batch batch(std::make_move_iterator(m_mailbox.begin()), std::make_move_iterator(end));
        m_mailbox.erase(m_mailbox.begin(), end);
        return batch;
    }

protected:
    void take(const Frame &frame) override
    {
        Decoded<Receiving> decoded = m_codec.decode(frame);
        if (decoded.message)
            m_turn.append(*std::move(decoded.message));
        else
            reject(decoded.error, decoded.foreign);
    }

    bool deliver() override
    {
        const QMutexLocker lock(&m_mutex);
        const bool wasEmpty = m_mailbox.isEmpty();
        m_mailbox += std::exchange(m_turn, {});
        return wasEmpty && !m_mailbox.isEmpty();
    }

private:
    ChannelCodec<Sending, Receiving> m_codec;
    Batch m_turn; ///< decoded in this turn; channel's thread only
    QMutex m_mutex;
    Batch m_mailbox; ///< guarded by m_mutex
};

}
