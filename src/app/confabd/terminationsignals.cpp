#include "terminationsignals.h"

#include <QSocketNotifier>

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace confab {

TerminationSignals::TerminationSignals(QObject *parent)
    : QObject(parent)
{
    sigset_t caught;
    sigemptyset(&caught);
    sigaddset(&caught, SIGTERM);
    sigaddset(&caught, SIGINT);
    pthread_sigmask(SIG_BLOCK, &caught, nullptr);
    m_fd = signalfd(-1, &caught, SFD_NONBLOCK | SFD_CLOEXEC);
    m_notifier = new QSocketNotifier(m_fd, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &TerminationSignals::read);
}

TerminationSignals::~TerminationSignals()
{
    m_notifier->setEnabled(false);
    ::close(m_fd);
}

void TerminationSignals::read()
{
    signalfd_siginfo info;
    if (::read(m_fd, &info, sizeof info) == sizeof info)
        emit received();
}

}
