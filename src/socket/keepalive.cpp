#include "socket/keepalive.h"

#include <QRandomGenerator>
#include <QtEndian>

#include <algorithm>
#include <utility>

namespace confab {

namespace {

/// A deadline is counted down in slices. However long the event loop stood still, it costs one slice,
/// because the next slice starts only when the loop runs again.
constexpr int kSlices = 8;
constexpr double kJitter = 0.1;

std::chrono::milliseconds scaled(std::chrono::milliseconds value, double factor)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(value * factor);
}

QByteArray nonceBytes(quint64 nonce)
{
    QByteArray bytes(sizeof nonce, Qt::Uninitialized);
    qToBigEndian(nonce, bytes.data());
    return bytes;
}

}

KeepAlive::KeepAlive(const KeepAliveOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_interval(this)
    , m_deadline(this)
{
    m_interval.setSingleShot(true);
    m_deadline.setSingleShot(true);
    connect(&m_interval, &QTimer::timeout, this, &KeepAlive::checkSilence);
    connect(&m_deadline, &QTimer::timeout, this, &KeepAlive::countDown);
}

void KeepAlive::start()
{
    m_first = true;
    m_deadline.stop();
    m_heard.start();
    m_silence = nextInterval();
    waitForSilence();
}

void KeepAlive::stop()
{
    m_interval.stop();
    m_deadline.stop();
    m_heard.invalidate();
}

void KeepAlive::setOptions(const KeepAliveOptions &options)
{
    if (options == m_options)
        return;
    m_options = options;
    if (!m_heard.isValid())
        return;
    m_silence = nextInterval();
    if (!isAwaitingAnswer())
        waitForSilence();
    else if (remainingDeadline() > options.deadline)
        expectAnswer(options.deadline);
}

void KeepAlive::noteActivity()
{
    if (!m_heard.isValid())
        return;
    m_heard.restart();
    if (!isAwaitingAnswer())
        return; // the interval looks at m_heard when it runs out: no timer is restarted per frame
    m_deadline.stop();
    m_silence = nextInterval();
    waitForSilence();
}

void KeepAlive::probe()
{
    if (!m_heard.isValid())
        return;
    if (!isAwaitingAnswer())
        sendPing(m_options.probeDeadline);
    else if (remainingDeadline() > m_options.probeDeadline)
        expectAnswer(m_options.probeDeadline);
}

void KeepAlive::checkSilence()
{
    if (heardAgo() < m_silence)
        waitForSilence();
    else
        sendPing(m_options.deadline);
}

void KeepAlive::waitForSilence()
{
    m_interval.start(std::max(m_silence - heardAgo(), std::chrono::milliseconds{0}));
}

void KeepAlive::sendPing(std::chrono::milliseconds deadline)
{
    m_interval.stop();
    expectAnswer(deadline);
    emit pingDue(nonceBytes(++m_nonce));
}

void KeepAlive::expectAnswer(std::chrono::milliseconds deadline)
{
    m_slicesLeft = kSlices;
    m_deadline.start(std::max(deadline / kSlices, std::chrono::milliseconds{1}));
}

void KeepAlive::countDown()
{
    if (m_slicesLeft > 0) {
        --m_slicesLeft;
        // After the last slice one more turn: an answer that already waits in the socket counts.
        if (m_slicesLeft > 0)
            m_deadline.start();
        else
            m_deadline.start(std::chrono::milliseconds{0});
        return;
    }
    stop();
    emit failed();
}

std::chrono::milliseconds KeepAlive::heardAgo() const
{
    return std::chrono::milliseconds{m_heard.elapsed()};
}

std::chrono::milliseconds KeepAlive::remainingDeadline() const
{
    return m_deadline.intervalAsDuration() * m_slicesLeft;
}

std::chrono::milliseconds KeepAlive::nextInterval()
{
    if (!m_options.jitter)
        return m_options.interval;
    const double random = QRandomGenerator::global()->generateDouble();
    if (std::exchange(m_first, false))
        return scaled(m_options.interval, random);
    return scaled(m_options.interval, 1 - kJitter + 2 * kJitter * random);
}

}
