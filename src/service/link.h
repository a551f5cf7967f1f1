#pragma once

#include "socket/jsonchannel.h"

#include <QObject>
#include <QThread>

#include <memory>
#include <optional>

namespace confab {

/// The GUI thread's end of one channel. Whoever releases it hears nothing of that connection any more,
/// not even what was already on its way between the threads (design.md I6): queued deliveries die with
/// this object, and its signals are disconnected at once. The channel is ended and deleted on its own
/// thread.
class LinkBase : public QObject
{
    Q_OBJECT

public:
    ~LinkBase() override;

    void open();
    void probe();
    void setKeepAlive(const KeepAliveOptions &options);
    bool comesAgain() const { return m_comesAgain; } ///< what has come is not all taken
    /// Says goodbye with a close frame; without it the connection is aborted when released.
    void sayGoodbye();
    /// Lets go of the channel. Only for ReleaseLink.
    void release();

signals:
    void opened(const confab::PeerInfo &peer);
    void batchReady();
    void frameRejected(const QString &error);
    void ended(const confab::CloseInfo &info);

protected:
    /// Takes the channel over. thread: where it runs; nullptr leaves it on this one.
    LinkBase(ChannelBase *channel, QThread *thread);

    /// There may be more in the mailbox: batchReady() is emitted again, in the next turn of the
    /// event loop, and `ended` waits until all has been taken.
    void comeAgain();

private:
    void end(const CloseInfo &info);

    bool m_comesAgain = false;
    std::optional<CloseInfo> m_ending; ///< told by the channel, and not yet by us
    ChannelBase *m_channel; ///< nullptr once released
    QThread *m_thread;
    bool m_goodbye = false;
};

template <typename Sending, typename Receiving>
class Link final : public LinkBase
{
public:
    using Channel = JsonChannel<Sending, Receiving>;

    Link(SessionFactory sessions, ChannelOptions options, ChannelCodec<Sending, Receiving> codec,
        QThread *thread)
        : Link(new Channel(std::move(sessions), std::move(options), std::move(codec)), thread)
    {
    }

    void send(const Sending &message) { m_typed->send(message); }
    /// Some of what has come, so that a flood leaves the event loop room for keys and painting;
    /// batchReady() tells again while there is more.
    typename Channel::Batch takeBatch()
    {
        typename Channel::Batch batch = m_typed->takeBatch(kMostAtOnce);
        if (batch.size() == kMostAtOnce)
            comeAgain();
        return batch;
    }

    static constexpr int kMostAtOnce = 200;

private:
    Link(Channel *channel, QThread *thread)
        : LinkBase(channel, thread)
        , m_typed(channel)
    {
    }

    Channel *m_typed;
};

/// A link may be on the stack below its release, so the object itself goes later.
struct ReleaseLink {
    void operator()(LinkBase *link) const
    {
        link->disconnect();
        link->release(); // now: the thread may not outlive the service for long
        link->deleteLater();
    }
};
using LinkPtr = std::unique_ptr<LinkBase, ReleaseLink>;

}
