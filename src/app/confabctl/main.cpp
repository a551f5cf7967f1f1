#include "app/confabctl/client.h"
#include "app/confabctl/options.h"

#include <QCoreApplication>
#include <QLoggingCategory>
#include <QSocketNotifier>

#include <csignal>
#include <sys/stat.h>
#include <unistd.h>

namespace {

int signalPipe[2];

/// A signal handler may do next to nothing: a byte wakes the event loop.
void onSignal(int)
{
    const char byte = 0;
    [[maybe_unused]] const auto written = write(signalPipe[1], &byte, 1);
}

void quitOnSignals(QCoreApplication &application)
{
    if (pipe(signalPipe) != 0)
        return;
    auto *notifier = new QSocketNotifier(signalPipe[0], QSocketNotifier::Read, &application);
    QObject::connect(notifier, &QSocketNotifier::activated, &application, &QCoreApplication::quit);
    std::signal(SIGINT, onSignal);
    std::signal(SIGTERM, onSignal);
}

}

int main(int argc, char *argv[])
{
    umask(077); // before any file is made (reliability.md T34)
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("confabctl"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CONFAB_VERSION));
    // Standard error is for the person; QT_LOGGING_RULES still shows everything.
    QLoggingCategory::setFilterRules(QStringLiteral("confab.*.info=false"));
    quitOnSignals(application);

    int exitCode = confab::exitcode::kDone;
    const auto options = confab::readOptions(QCoreApplication::arguments(), exitCode);
    if (!options)
        return exitCode;

    confab::Client client(*options);
    // Queued, so that an end inside run() finds the loop running.
    QObject::connect(&client, &confab::Client::finished, &application,
        [](int code) { QCoreApplication::exit(code); }, Qt::QueuedConnection);
    QMetaObject::invokeMethod(&client, &confab::Client::run, Qt::QueuedConnection);
    return application.exec();
}
