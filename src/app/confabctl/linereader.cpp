#include "app/confabctl/linereader.h"

#include <unistd.h>

namespace confab {

namespace {

QString decoded(QByteArray line)
{
    if (line.endsWith('\r'))
        line.chop(1);
    return QString::fromUtf8(line);
}

}

LineReader::LineReader(int descriptor, QObject *parent)
    : QObject(parent)
    , m_notifier(descriptor, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, &LineReader::readMore);
}

void LineReader::readMore()
{
    constexpr qsizetype kChunk = 64 * 1024;
    QByteArray chunk(kChunk, Qt::Uninitialized);
    const ssize_t count = read(int(m_notifier.socket()), chunk.data(), size_t(chunk.size()));
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    m_rest += chunk.left(qMax<ssize_t>(0, count));
    qsizetype start = 0;
    for (qsizetype end = m_rest.indexOf('\n'); end >= 0; end = m_rest.indexOf('\n', start)) {
        emit lineRead(decoded(m_rest.mid(start, end - start)));
        start = end + 1;
    }
    m_rest.remove(0, start);
    if (count > 0)
        return;
    m_notifier.setEnabled(false);
    if (!m_rest.isEmpty())
        emit lineRead(decoded(std::exchange(m_rest, {})));
    emit finished();
}

}
