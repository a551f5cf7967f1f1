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
#include <QScrollBar>
#include <QTest>

#include <functional>
#include <random>

namespace confab {

namespace {

using Clock = std::chrono::steady_clock;

constexpr QSize kPage(980, 700);
constexpr int kRuns = 60;

/// Wall time of each call, in milliseconds.
std::vector<double> timed(int runs, const std::function<void(int)> &action)
{
    std::vector<double> times;
    for (int run = 0; run < runs; ++run) {
        const Clock::time_point began = Clock::now();
        action(run);
        times.push_back(secondsSince(began) * 1000);
    }
    return times;
}

double medianOf(int runs, const std::function<void(int)> &action)
{
    return quantile(timed(runs, action), 0.5);
}

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
void measureScroll(Bench &bench, const char *name, int frames, double page,
    const std::function<void(int)> &move, Report &report)
{
    std::vector<double> whole;
    std::vector<double> paints;
    int bare = 0;
    for (int frame = 0; frame < frames; ++frame) {
        const Clock::time_point began = Clock::now();
        move(frame);
        const Clock::time_point moved = Clock::now();
        bench.paint();
        paints.push_back(secondsSince(moved) * 1000);
        whole.push_back(secondsSince(began) * 1000);
        bare += bench.isCovered() ? 0 : 1;
        bench.rest();
    }
    const QByteArray what(name);
    report.add(what + ", frame p50", quantile(whole, 0.5), "ms");
    report.add(what + ", frame p99", quantile(whole, 0.99), "ms");
    report.gate(what + ", paint p50 / drawn page", quantile(paints, 0.5) / page, "x", 60);
    report.add(what + ", paint p99 / drawn page", quantile(paints, 0.99) / page, "x");
    report.gate(what + ", frames with a bare row", bare, "", 0);
}

void measureScrolling(Bench &bench, double page, Report &report)
{
    MessageView &view = bench.view();
    view.scrollToEnd();
    measureScroll(bench, "wheel", 1000, page, [&](int) { view.scrollBy(-60); }, report);
    measureScroll(bench, "fling", 300, page,
        [&](int frame) { view.scrollBy(-frame * (300 - frame) / 20); }, report);
    measureScroll(bench, "page up", 500, page,
        [&](int) { view.scrollBy(-(view.viewport()->height() - 40)); }, report);
    std::mt19937 random(7);
    QScrollBar *bar = view.verticalScrollBar();
    measureScroll(bench, "thumb", 200, page,
        [&](int) { bar->setValue(int(random() % quint32(bar->maximum()))); }, report);
}

void measureAppending(Bench &bench, Report &report)
{
    constexpr int kAppended = 200;
    MessageView &view = bench.view();
    const auto append = [&](const QByteArray &name, double mostLayouts, double mostPaints) {
        const quint64 layouts = view.layoutsMade();
        const quint64 paints = view.paintsMade();
        report.add("append " + name, medianOf(kAppended, [&](int) {
            bench.chat().append(1);
            QApplication::processEvents();
        }), "ms");
        report.gate("layouts of an append " + name, double(view.layoutsMade() - layouts) / kAppended,
            "each", mostLayouts);
        report.gate("paints of an append " + name, double(view.paintsMade() - paints) / kAppended, "each",
            mostPaints);
    };
    view.scrollToEnd();
    bench.paint();
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
    const Clock::time_point began = Clock::now();
    for (int done = 0; done < count; done += kPortion) {
        const Clock::time_point turn = Clock::now();
        bench.chat().append(kPortion);
        QApplication::processEvents();
        stretches.push_back(secondsSince(turn) * 1000);
    }
    report.add("burst, messages a second", count / secondsSince(began), "1/s");
    report.add("burst, longest stretch", *std::max_element(stretches.begin(), stretches.end()), "ms");
    report.add("burst, stretch p99", quantile(stretches, 0.99), "ms");
    const double frames = double(count) / kPortion;
    const double rows = double(view.placedRows().size());
    report.gate("burst, layouts a frame / rows on screen", double(view.layoutsMade() - layouts) / frames / rows,
        "x", 1.2);
}

/// From a key press to the painted character, alone and while messages arrive.
void measureTyping(BenchChat &chat, const Theme &theme, Report &report)
{
    ConversationPage page(theme);
    page.resize(kPage);
    page.setTopic(&chat.topics, chat.topic);
    page.show();
    page.focusComposer();
    QApplication::processEvents();
    auto *field = page.findChild<QWidget *>(QStringLiteral("composerEdit"));
    const auto type = [&](int arriving) {
        std::vector<double> times;
        for (int key = 0; key < 200; ++key) {
            if (arriving > 0)
                chat.append(arriving);
            const Clock::time_point began = Clock::now();
            QTest::keyClick(field, key % 40 == 39 ? Qt::Key_Backspace : Qt::Key_A);
            QApplication::processEvents();
            times.push_back(secondsSince(began) * 1000);
        }
        return times;
    };
    type(0);
    const double alone = quantile(type(0), 0.5);
    const double busy = quantile(type(8), 0.5); // every 8 ms: a thousand a second
    report.add("key to character, quiet", alone, "ms");
    report.add("key to character, 1,000 arriving a second", busy, "ms");
    report.add("key to character, busy / quiet", busy / alone, "x");
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

void measure(int count, Report &report)
{
    Theme theme;
    theme.setMode(ThemeMode::Light);
    BenchChat few(1000);
    BenchChat many(count);
    Bench small(few, theme);
    Bench large(many, theme);

    large.open();
    DrawnPage drawn(large.view());
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
    measureScrolling(large, page, report);
    measureAppending(large, report);
    measureIdle(large, report);
    measureBurst(large, qMin(count, 100'000), report);
    measureTyping(few, theme, report);
}

}

}

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments().mid(1);
    const int asked = arguments.isEmpty() ? 0 : arguments.first().toInt();
    confab::Report report(arguments.contains(QLatin1String("--json")));
    confab::measure(asked > 0 ? asked : 1'000'000, report);
    const bool passed = report.finish();
    return passed || !arguments.contains(QLatin1String("--gate")) ? 0 : 1;
}
