#include "app/confabd/processsignals.h"

#include <QSocketNotifier>

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace confab {

ProcessSignals::ProcessSignals(QObject *parent)
    : QObject(parent)
{
    sigset_t caught;
    sigemptyset(&caught);
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        sigaddset(&caught, number);
    pthread_sigmask(SIG_BLOCK, &caught, nullptr);
    m_fd = signalfd(-1, &caught, SFD_NONBLOCK | SFD_CLOEXEC);
    m_notifier = new QSocketNotifier(m_fd, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &ProcessSignals::read);
}

ProcessSignals::~ProcessSignals()
{
    m_notifier->setEnabled(false);
    ::close(m_fd);
}

void ProcessSignals::read()
{
    signalfd_siginfo info;
    if (::read(m_fd, &info, sizeof info) != sizeof info)
        return;
    if (info.ssi_signo == SIGHUP)
        emit reloadRequested();
    else
        emit terminationRequested();
}

}
