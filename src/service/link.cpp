#include "service/link.h"

namespace confab {

namespace {

constexpr int kNormalClosure = 1000; // RFC 6455 §7.4.1

}

LinkBase::LinkBase(ChannelBase *channel, QThread *thread)
    : m_channel(channel)
    , m_thread(thread)
{
    if (thread)
        channel->moveToThread(thread);
    connect(channel, &ChannelBase::opened, this, &LinkBase::opened);
    connect(channel, &ChannelBase::batchReady, this, &LinkBase::batchReady);
    connect(channel, &ChannelBase::frameRejected, this, &LinkBase::frameRejected);
    connect(channel, &ChannelBase::ended, this, &LinkBase::end);
}

LinkBase::~LinkBase()
{
    release();
}

void LinkBase::comeAgain()
{
    if (std::exchange(m_comesAgain, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_comesAgain = false;
            emit batchReady();
            if (!m_comesAgain && m_ending)
                emit ended(*std::exchange(m_ending, std::nullopt));
        },
        Qt::QueuedConnection);
}

void LinkBase::end(const CloseInfo &info)
{
    if (m_comesAgain)
        m_ending = info;
    else
        emit ended(info);
}

void LinkBase::open()
{
    m_channel->open();
}

void LinkBase::probe()
{
    m_channel->probe();
}

void LinkBase::setKeepAlive(const KeepAliveOptions &options)
{
    m_channel->setKeepAlive(options);
}

void LinkBase::sayGoodbye()
{
    m_goodbye = true;
}

void LinkBase::release()
{
    ChannelBase *channel = std::exchange(m_channel, nullptr);
    if (!channel)
        return;
    channel->disconnect(this);
    if (m_thread && m_thread->isFinished()) {
        delete channel;
        return;
    }
    if (!m_goodbye) {
        channel->abort();
        channel->deleteLater();
        return;
    }
    // The close handshake takes its time on the channel's thread; nobody waits for it.
    connect(channel, &ChannelBase::ended, channel, &QObject::deleteLater);
    if (m_thread)
        connect(m_thread, &QThread::finished, channel, &QObject::deleteLater);
    channel->close(kNormalClosure, {});
}

}
