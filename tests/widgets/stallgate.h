#pragma once

#include "widgets/stallwatch.h"

#include <QApplication>
#include <QTest>
#include <QThread>

#include <algorithm>

namespace confab {

/// The application of a widget test. Fails the test that runs when what it handles at one stretch,
/// an event or a turn of a loop within it, takes more processor time of the GUI thread than people
/// don't notice; what the test does itself counts for nothing.
class GatedApplication : public QApplication
{
public:
    GatedApplication(int &argc, char **argv)
        : QApplication(argc, argv)
    {
        m_watch.pause();
        connect(&m_watch, &StallWatch::stalled, this,
            [](std::chrono::milliseconds busy, const QString &stack) {
                if (isExpected(stack))
                    return;
                const QString what = QStringLiteral("the GUI thread was busy for %1 ms\n%2")
                                         .arg(busy.count())
                                         .arg(stack);
                QTest::qFail(qPrintable(what), __FILE__, __LINE__);
            });
    }

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (QThread::currentThread() != thread())
            return QApplication::notify(receiver, event);
        if (m_depth++ == 0)
            m_watch.resume();
        const bool handled = QApplication::notify(receiver, event);
        if (--m_depth == 0)
            m_watch.pause();
        return handled;
    }

private:
    /// What a debug build may take long for, once, and how its stack tells of it.
    static bool isExpected(const QString &stack)
    {
        static constexpr QLatin1String kReasons[] = {
            QLatin1String("FcFont"), // a font is read for the first time
            QLatin1String("FT_"),
        };
        return std::any_of(std::begin(kReasons), std::end(kReasons),
            [&stack](QLatin1String reason) { return stack.contains(reason); });
    }

    static constexpr std::chrono::milliseconds kLimit{50};
    StallWatch m_watch{kLimit};
    int m_depth = 0;
};

}

/// QTEST_MAIN for tests of windows: the application is gated.
#define CONFAB_GATED_MAIN(Test)                                                                    \
    int main(int argc, char *argv[])                                                               \
    {                                                                                              \
        const confab::GatedApplication application(argc, argv);                                    \
        QCoreApplication::setAttribute(Qt::AA_Use96Dpi);                                           \
        Test test;                                                                                 \
        QTEST_SET_MAIN_SOURCE_PATH                                                                 \
        return QTest::qExec(&test, argc, argv);                                                    \
    }
