// The conversation view with 1,000 and 1,000,000 messages, beside a page that was shaped before and is only
// filled and drawn: bench_view [MESSAGES] [--json] [--gate]. Prints figures. With --gate it fails where counts
// or ratios tell that something is broken; times are never judged.
#include "benchchat.h"
#include "benchreport.h"
#include "corpus.h"
#include "drawnpage.h"
#include "figures.h"
#include "shapings.h"
#include "widgets/confabstyle.h"
#include "widgets/conversation/composer.h"
#include "widgets/conversation/conversationpage.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QTest>

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <random>
#include <thread>

namespace confab {

namespace {

constexpr QSize kPage(980, 700);
constexpr int kRuns = 60;

/// Of each call, in milliseconds.
std::vector<double> timed(int runs, const std::function<void(int)> &action)
{
    std::vector<double> times;
    for (int run = 0; run < runs; ++run) {
        const Stopwatch watch;
        action(run);
        times.push_back(watch.milliseconds());
    }
    return times;
}

double medianOf(int runs, const std::function<void(int)> &action)
{
    return quantile(timed(runs, action), 0.5);
}

/// Tells when a frame has been painted and handed over.
class BenchApplication : public QApplication
{
public:
    using QApplication::QApplication;
    static BenchApplication *instance() { return static_cast<BenchApplication *>(qApp); }

    bool notify(QObject *receiver, QEvent *event) override
    {
        const bool isFrame = event->type() == QEvent::UpdateRequest;
        const bool handled = QApplication::notify(receiver, event);
        if (isFrame && frameDone)
            frameDone();
        return handled;
    }

    std::function<void()> frameDone;
};

class Bench
{
public:
    Bench(BenchChat &chat, const Theme &theme)
        : m_chat(chat)
        , m_view(theme)
    {
        m_view.resize(kPage);
        m_view.show();
        QApplication::processEvents();
    }

    MessageView &view() { return m_view; }
    BenchChat &chat() { return m_chat; }
    void paint() { m_view.viewport()->repaint(); }
    void open()
    {
        m_view.setModel(nullptr);
        m_view.setModel(&m_chat.model);
        paint();
    }

    /// What the program does between two frames: it lays out what the scroll shows next.
    void rest()
    {
        for (int turn = 0; turn < 40 && m_view.isPreparing(); ++turn)
            QApplication::processEvents();
    }

    bool isCovered()
    {
        const auto &rows = m_view.placedRows();
        return !rows.empty() && rows.front().top <= 0
            && (m_view.isPinned() || rows.back().bottom() >= m_view.viewport()->height());
    }

private:
    BenchChat &m_chat;
    MessageView m_view;
};

void measureOpening(Bench &small, Bench &large, double page, Report &report)
{
    QStringList texts;
    const auto &rows = large.view().placedRows();
    for (size_t row = 0; row < 40; ++row)
        texts.append(rows.at(row % rows.size()).layout->text().text());
    const QFont body = MessageStyle(large.view().theme()).body;
    const double shaping = medianOf(kRuns, [&](int) { shapeTexts(texts, body, 500); });
    report.add("shaping 40 texts (floor)", shaping, "ms");
    const auto openTime = [](Bench &bench) {
        bench.open();
        return medianOf(kRuns, [&](int) { bench.open(); });
    };
    const double few = openTime(small);
    const double many = openTime(large);
    report.add("open, of 1,000", few, "ms");
    report.add("open, of all", many, "ms");
    report.gate("open, of all / of 1,000", many / few, "x", 2);
    report.gate("open / (shaping + drawn page)", many / (shaping + page), "x", 60);
}

void measureResizing(Bench &small, Bench &large, Report &report)
{
    const auto resizeTime = [](Bench &bench) {
        return medianOf(kRuns, [&](int run) {
            bench.view().resize(kPage.width() - 40 * (run % 2), kPage.height());
            bench.paint();
        });
    };
    const double few = resizeTime(small);
    const quint64 before = large.view().layoutsMade();
    const double many = resizeTime(large);
    const double layouts = double(large.view().layoutsMade() - before) / kRuns;
    const double rows = double(large.view().placedRows().size());
    report.add("resize, of 1,000", few, "ms");
    report.add("resize, of all", many, "ms");
    report.gate("resize, of all / of 1,000", many / few, "x", 2);
    report.gate("layouts of a resize / rows on screen", layouts / rows, "x", 3);
}

/// A frame is what happens between an event of the person and pixels: moving, laying out, painting.
/// Each page is then drawn from kept glyphs: pages differ in how much stands on them.
void measureScroll(Bench &bench, DrawnPage &drawn, const char *name, int frames,
    const std::function<void(int)> &move, Report &report)
{
    std::vector<double> whole;
    std::vector<double> paints;
    std::vector<double> floors;
    int bare = 0;
    for (int frame = 0; frame < frames; ++frame) {
        const Stopwatch all;
        move(frame);
        const Stopwatch painting;
        bench.paint();
        paints.push_back(painting.milliseconds());
        whole.push_back(all.milliseconds());
        drawn.take(bench.view());
        floors.push_back(quantile(timed(3, [&](int) { drawn.repaint(); }), 0));
        bare += bench.isCovered() ? 0 : 1;
        bench.rest();
    }
    const QByteArray what(name);
    report.add(what + ", frame p50", quantile(whole, 0.5), "ms");
    report.add(what + ", frame p99", quantile(whole, 0.99), "ms");
    report.gate(
        what + ", paint p50 / drawn page", quantile(paints, 0.5) / quantile(floors, 0.5), "x", 60);
    report.add(
        what + ", paint p99 / drawn page", quantile(paints, 0.99) / quantile(floors, 0.99), "x");
    report.gate(what + ", frames with a bare row", bare, "", 0);
}

void measureScrolling(Bench &bench, DrawnPage &drawn, Report &report)
{
    drawn.show();
    MessageView &view = bench.view();
    view.scrollToEnd();
    measureScroll(bench, drawn, "wheel", 1000, [&](int) { view.scrollBy(-60); }, report);
    measureScroll(bench, drawn, "fling", 300,
        [&](int frame) { view.scrollBy(-frame * (300 - frame) / 20); }, report);
    measureScroll(bench, drawn, "page up", 500,
        [&](int) { view.scrollBy(-(view.viewport()->height() - 40)); }, report);
    std::mt19937 random(7);
    QScrollBar *bar = view.verticalScrollBar();
    measureScroll(bench, drawn, "thumb", 200,
        [&](int) { bar->setValue(int(random() % quint32(bar->maximum()))); }, report);
    drawn.hide();
}

void measureAppending(Bench &bench, Report &report)
{
    constexpr int kAppended = 60;
    constexpr int kFrame = 20; // ms: each is a frame of its own
    MessageView &view = bench.view();
    const auto append = [&](const QByteArray &name, double mostLayouts, double mostPaints) {
        const quint64 layouts = view.layoutsMade();
        const quint64 paints = view.paintsMade();
        for (int message = 0; message < kAppended; ++message) {
            bench.chat().append(1);
            QTest::qWait(kFrame);
        }
        report.gate("layouts of an append " + name, double(view.layoutsMade() - layouts) / kAppended,
            "each", mostLayouts);
        report.gate("paints of an append " + name, double(view.paintsMade() - paints) / kAppended, "each",
            mostPaints);
    };
    view.scrollToEnd();
    bench.paint();
    report.add("append while pinned, painted", medianOf(kAppended, [&](int) {
        bench.chat().append(1);
        bench.paint();
    }), "ms");
    append("while pinned", 2.5, 2); // the new row, and the one above it when it joins its group
    view.scrollBy(-5000);
    bench.rest();
    bench.paint();
    append("while scrolled up", 0, 1); // the pill that counts them
    view.hide();
    append("while hidden", 0, 0);
    view.show();
    QApplication::processEvents();
}

/// Many at once, in portions such as the network thread hands over.
void measureBurst(Bench &bench, int count, Report &report)
{
    constexpr int kPortion = 200;
    MessageView &view = bench.view();
    view.scrollToEnd();
    bench.paint();
    std::vector<double> stretches;
    const quint64 layouts = view.layoutsMade();
    const quint64 paints = view.paintsMade();
    const Stopwatch all;
    for (int done = 0; done < count; done += kPortion) {
        const Stopwatch turn;
        bench.chat().append(kPortion);
        QApplication::processEvents();
        stretches.push_back(turn.milliseconds());
    }
    report.add("burst, messages a second", count * 1000 / all.milliseconds(), "1/s");
    bench.paint(); // the last frame may have been laid out and not shown yet
    report.add("burst, longest stretch", *std::max_element(stretches.begin(), stretches.end()), "ms");
    report.add("burst, stretch p99", quantile(stretches, 0.99), "ms");
    const double frames = double(qMax<quint64>(1, view.paintsMade() - paints));
    const double rows = double(view.placedRows().size());
    // A frame that takes long waits for two turns at most, in which all its rows may be overtaken.
    report.gate("burst, layouts a frame / rows on screen", double(view.layoutsMade() - layouts) / frames / rows,
        "x", 3.1);
}

/// Keys that come at any moment, as they do from a keyboard, and when the frames that show them are done.
class Typist : public QObject
{
public:
    explicit Typist(QPlainTextEdit *field)
        : m_field(field)
    {
        field->installEventFilter(this);
        field->viewport()->installEventFilter(this);
        BenchApplication::instance()->frameDone = [this] { noteFrame(); };
    }

    ~Typist() override { BenchApplication::instance()->frameDone = {}; }

    /// Milliseconds from each key to its character.
    std::vector<double> type(int keys)
    {
        m_field->clear();
        m_times.clear();
        m_delivered = 0;
        std::thread hands([this, keys] {
            std::mt19937 random(3);
            for (int key = 0; key < keys; ++key) {
                std::this_thread::sleep_for(std::chrono::milliseconds(15 + random() % 15));
                const bool space = key % 7 == 6;
                const std::scoped_lock lock(m_mutex);
                m_pressed.push_back(std::chrono::steady_clock::now());
                QCoreApplication::postEvent(m_field,
                    new QKeyEvent(QEvent::KeyPress, space ? Qt::Key_Space : Qt::Key_A, Qt::NoModifier,
                        space ? QStringLiteral(" ") : QStringLiteral("a")));
            }
        });
        while (m_times.size() < size_t(keys))
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        hands.join();
        return m_times;
    }

    bool eventFilter(QObject *, QEvent *event) override
    {
        m_delivered += event->type() == QEvent::KeyPress ? 1 : 0;
        m_painted = m_painted || (event->type() == QEvent::Paint && m_delivered > 0);
        return false;
    }

private:
    void noteFrame()
    {
        const std::scoped_lock lock(m_mutex);
        for (; std::exchange(m_painted, false) && m_delivered > 0; m_painted = --m_delivered > 0) {
            m_times.push_back(secondsSince(m_pressed.front()) * 1000);
            m_pressed.pop_front();
        }
    }

    QPlainTextEdit *m_field;
    std::mutex m_mutex;
    std::deque<std::chrono::steady_clock::time_point> m_pressed;
    std::vector<double> m_times;
    int m_delivered = 0; ///< whose frame is awaited
    bool m_painted = false;
};

/// Messages from another thread, one each millisecond; the GUI thread takes all that are there.
class Stream
{
public:
    explicit Stream(BenchChat &chat)
        : m_thread([this, &chat] {
            for (int waiting = 0; !m_ended;) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
                ++waiting;
                if (m_asked.exchange(true))
                    continue;
                QMetaObject::invokeMethod(&chat.model, [this, &chat, count = std::exchange(waiting, 0)] {
                    m_asked = false;
                    chat.append(count);
                }, Qt::QueuedConnection);
            }
        })
    {
    }

    ~Stream()
    {
        m_ended = true;
        m_thread.join();
        QApplication::processEvents();
    }

private:
    std::atomic<bool> m_ended = false;
    std::atomic<bool> m_asked = false;
    std::thread m_thread;
};

/// From a key press to the painted character, alone and while messages arrive.
void measureTyping(BenchChat &chat, const Theme &theme, Report &report)
{
    constexpr int kKeys = 200;
    ConversationPage page(theme);
    page.resize(kPage);
    page.setTopic(&chat.topics, chat.topic);
    page.show();
    page.focusComposer();
    QApplication::processEvents();
    Typist typist(page.findChild<QPlainTextEdit *>(QStringLiteral("composerEdit")));
    typist.type(20);
    const std::vector<double> quiet = typist.type(kKeys);
    const std::vector<double> busy = [&] {
        const Stream stream(chat);
        return typist.type(kKeys);
    }();
    report.add("key to character, quiet, p50", quantile(quiet, 0.5), "ms");
    report.add("key to character, quiet, p95", quantile(quiet, 0.95), "ms");
    report.add("key to character, 1,000 arriving a second, p50", quantile(busy, 0.5), "ms");
    report.add("key to character, 1,000 arriving a second, p95", quantile(busy, 0.95), "ms");
    report.add("key to character, busy / quiet", quantile(busy, 0.5) / quantile(quiet, 0.5), "x");
}

/// Timers and paints of an open chat in which nothing happens.
void measureIdle(Bench &bench, Report &report)
{
    struct Watch : QObject {
        int timers = 0;
        bool eventFilter(QObject *, QEvent *event) override
        {
            timers += event->type() == QEvent::Timer ? 1 : 0;
            return false;
        }
    };
    constexpr int kSettle = 2500; // floating date, layouts ahead, caret
    constexpr int kIdle = 2000;
    QTest::qWait(kSettle);
    Watch watch;
    qApp->installEventFilter(&watch);
    const quint64 paints = bench.view().paintsMade();
    QTest::qWait(kIdle);
    report.gate("paints in 2 s of idling", double(bench.view().paintsMade() - paints), "", 0);
    report.gate("timers in 2 s of idling", watch.timers, "", 4); // those of the waiting itself
}

void measure(const Theme &theme, int count, Report &report)
{
    BenchChat few(1000);
    BenchChat many(count);
    Bench small(few, theme);
    Bench large(many, theme);

    large.open();
    DrawnPage drawn(large.view().viewport()->size());
    drawn.take(large.view());
    const double page = medianOf(kRuns, [&](int) { drawn.repaint(); });
    drawn.hide();
    report.add("drawn page (floor)", page, "ms");
    const quint64 shapings = shapingsMade();
    const double repaint = medianOf(kRuns, [&](int) { large.paint(); });
    report.gate("shapings of a repaint of unchanged rows", double(shapingsMade() - shapings) / kRuns, "", 0);
    report.add("repaint of unchanged rows", repaint, "ms");
    report.gate("repaint of unchanged rows / drawn page", repaint / page, "x", 30);

    measureOpening(small, large, page, report);
    measureResizing(small, large, report);
    measureScrolling(large, drawn, report);
    measureAppending(large, report);
    measureIdle(large, report);
    measureBurst(large, qMin(count, 100'000), report);
    measureTyping(few, theme, report);
}

}

}

int main(int argc, char *argv[])
{
    confab::BenchApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments().mid(1);
    const int asked = arguments.isEmpty() ? 0 : arguments.first().toInt();
    confab::Report report(arguments.contains(QLatin1String("--json")));
    confab::Theme theme;
    theme.setMode(confab::ThemeMode::Light);
    confab::applyTheme(application, theme);
    confab::measure(theme, asked > 0 ? asked : 1'000'000, report);
    const bool passed = report.finish();
    return passed || !arguments.contains(QLatin1String("--gate")) ? 0 : 1;
}
