#include "service/transfers/filecopier.h"

#include <QFile>

namespace confab {

namespace {

constexpr qint64 kAtOnce = 1024 * 1024;

bool copyBytes(QFile &source, const QString &to, const std::atomic<bool> &isWanted)
{
    QFile target(to);
    if (!target.open(QIODevice::WriteOnly, QFile::ReadOwner | QFile::WriteOwner))
        return false;
    while (isWanted && !source.atEnd()) {
        const QByteArray bytes = source.read(kAtOnce);
        if (bytes.isEmpty() || target.write(bytes) != bytes.size())
            return false;
    }
    return isWanted && target.flush();
}

}

FileCopier::FileCopier(QObject *parent)
    : QObject(parent)
    , m_wanted(std::make_shared<std::atomic<bool>>(true))
{
    m_pool.setMaxThreadCount(1);
}

FileCopier::~FileCopier()
{
    cancel();
    m_pool.waitForDone();
}

void FileCopier::copy(const QString &id, const QString &from, const QString &to)
{
    const auto source = std::make_shared<QFile>(from);
    const bool isOpen = source->open(QIODevice::ReadOnly);
    m_pool.start([this, id, source, to, isOpen, wanted = m_wanted] {
        const bool copied = isOpen && copyBytes(*source, to, *wanted);
        QMetaObject::invokeMethod(
            this,
            [this, id, copied, wanted] {
                if (*wanted)
                    emit ended(id, copied);
            },
            Qt::QueuedConnection);
    });
}

void FileCopier::cancel()
{
    *m_wanted = false;
    m_wanted = std::make_shared<std::atomic<bool>>(true);
    // Behind the others on the one thread.
    m_pool.start(
        [this] { QMetaObject::invokeMethod(this, &FileCopier::cancelled, Qt::QueuedConnection); });
}

}
