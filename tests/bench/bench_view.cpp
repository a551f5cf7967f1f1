// The conversation view with 1,000 and 1,000,000 loaded messages, beside a page that was shaped before and is
// only filled and drawn: bench_view [MESSAGES]. Prints figures, as JSON with --json; asserts none.
#include "corpus.h"
#include "figures.h"
#include "store/topiclist.h"
#include "widgets/conversation/messageview.h"

#include <QApplication>
#include <QGlyphRun>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QScrollBar>

#include <cstdio>
#include <functional>

namespace confab {

namespace {

using Clock = std::chrono::steady_clock;

constexpr QSize kPage(980, 700);
constexpr int kTexts = 5000; // different ones; a million messages share them
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

/// An account with one chat of many messages.
class Chat
{
public:
    explicit Chat(int count)
    {
        TopicInfo info;
        info.name = QStringLiteral("grpBench");
        info.card.name = QStringLiteral("Bench");
        info.seq = count;
        info.recv = count;
        info.read = count;
        topic = topics.add(info);
        topics.setSelf(Corpus::senderName(0), {});
        topic->setAtStart(true);
        add(1, count);
        model.setTopic(topic);
    }

    void add(Seq first, Seq last)
    {
        static const QList<Message> texts = [] {
            Corpus corpus(1);
            QList<Message> made;
            int unused = 0;
            for (int i = 0; i < kTexts; ++i)
                made.append(corpus.next(unused));
            return made;
        }();
        static const QDateTime start(QDate(2020, 1, 1), QTime(), Qt::UTC);
        QList<Message> messages;
        messages.reserve(last - first + 1);
        for (Seq seq = first; seq <= last; ++seq) {
            Message message = texts.at(seq % kTexts);
            message.seq = seq;
            message.ts = start.addSecs(qint64(seq) * 70);
            messages.append(message);
        }
        topic->timeline().insert(messages);
    }

    TopicList topics;
    Topic *topic = nullptr;
    MessageListModel model{topics};
};

class Bench
{
public:
    explicit Bench(Chat &chat, const Theme &theme)
        : m_chat(chat)
        , m_view(theme)
    {
        m_view.resize(kPage);
        m_view.show();
        QApplication::processEvents();
    }

    MessageView &view() { return m_view; }
    void paint() { m_view.viewport()->repaint(); }
    void open()
    {
        m_view.setModel(nullptr);
        m_view.setModel(&m_chat.model);
        paint();
    }

    /// Frames in which rows leave part of the page bare.
    int bareFrames() const { return m_bareFrames; }
    void scrolled()
    {
        paint();
        const auto &rows = m_view.placedRows();
        const bool covers = !rows.empty() && rows.front().top <= 0
            && (m_view.isPinned() || rows.back().bottom() >= m_view.viewport()->height());
        m_bareFrames += covers ? 0 : 1;
    }

private:
    Chat &m_chat;
    MessageView m_view;
    int m_bareFrames = 0;
};

/// The same page from glyphs that were kept: a fill, the bubbles' boxes, the glyphs, and nothing else.
class DrawnPage : public QWidget
{
public:
    explicit DrawnPage(MessageView &view)
    {
        for (const RowWindow::PlacedRow &row : view.placedRows()) {
            m_boxes.append(row.layout->bubble().translated(0, row.top));
            const auto add = [&](const QTextLayout &lines, QPointF at) {
                for (const QGlyphRun &run : lines.glyphRuns())
                    m_runs.append({run, at + QPointF(0, row.top)});
            };
            for (const PartLayout &part : row.layout->parts())
                add(part.lines(), part.origin());
            add(row.layout->metaLine(), row.layout->metaRect().topLeft());
        }
        resize(view.viewport()->size());
        setAttribute(Qt::WA_OpaquePaintEvent);
        show();
        QApplication::processEvents();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), Qt::white);
        for (const QRectF &box : std::as_const(m_boxes))
            painter.fillRect(box, Qt::lightGray);
        painter.setPen(Qt::black);
        for (const auto &[run, at] : std::as_const(m_runs))
            painter.drawGlyphRun(at, run);
    }

private:
    QList<QRectF> m_boxes;
    QList<std::pair<QGlyphRun, QPointF>> m_runs;
};

class Report
{
public:
    explicit Report(bool json)
        : m_asJson(json)
    {
    }

    void add(const char *name, double value, const char *unit)
    {
        m_figures.insert(QLatin1String(name), value);
        if (!m_asJson)
            std::printf("%-52s %10.3f %s\n", name, value, unit);
    }

    void finish() const
    {
        if (m_asJson)
            std::printf("%s\n", QJsonDocument(m_figures).toJson(QJsonDocument::Compact).constData());
    }

private:
    bool m_asJson;
    QJsonObject m_figures;
};

double openTime(Bench &bench)
{
    bench.open();
    return quantile(timed(kRuns, [&](int) { bench.open(); }), 0.5);
}

double resizeTime(Bench &bench)
{
    return quantile(timed(kRuns, [&](int run) {
        bench.view().resize(kPage.width() - 40 * (run % 2), kPage.height());
        bench.paint();
    }), 0.5);
}

void measureScrolling(Bench &bench, double floor, Report &report)
{
    const auto tell = [&](const char *name, const std::vector<double> &times) {
        report.add(name, quantile(times, 0.99), "ms");
        report.add((QByteArray(name) + ", drawn pages").constData(), quantile(times, 0.99) / floor, "x");
    };
    MessageView &view = bench.view();
    view.scrollToEnd();
    tell("wheel p99", timed(1000, [&](int) {
        view.scrollBy(-60);
        bench.scrolled();
    }));
    tell("page up p99", timed(500, [&](int) {
        view.scrollBy(-(view.viewport()->height() - 40));
        bench.scrolled();
    }));
    std::mt19937 random(7);
    QScrollBar *bar = view.verticalScrollBar();
    tell("thumb p99", timed(200, [&](int) {
        bar->setValue(int(random() % quint32(bar->maximum())));
        bench.scrolled();
    }));
    report.add("frames with bare rows", bench.bareFrames(), "");
}

void measureAppending(Chat &chat, Bench &bench, Report &report)
{
    constexpr int kAppended = 200;
    MessageView &view = bench.view();
    Seq next = chat.topic->timeline().lastSeq() + 1;
    const auto append = [&](int) {
        chat.add(next, next);
        ++next;
        QApplication::processEvents();
    };
    const auto layoutsOf = [&](const char *name) {
        const quint64 before = view.layoutsMade();
        const quint64 paints = view.paintsMade();
        const double time = quantile(timed(kAppended, append), 0.5);
        report.add((QByteArray("append ") + name).constData(), time, "ms");
        report.add((QByteArray("layouts, append ") + name).constData(),
            double(view.layoutsMade() - before) / kAppended, "each");
        report.add((QByteArray("paints, append ") + name).constData(),
            double(view.paintsMade() - paints) / kAppended, "each");
    };
    view.scrollToEnd();
    bench.paint();
    layoutsOf("while pinned");
    view.scrollBy(-5000);
    bench.paint();
    layoutsOf("while scrolled up");
    view.hide();
    layoutsOf("while hidden");
    view.show();
}

void measure(int count, Report &report)
{
    Theme theme;
    theme.setMode(ThemeMode::Light);
    Chat few(1000);
    Chat many(count);
    Bench small(few, theme);
    Bench large(many, theme);

    large.open();
    DrawnPage page(large.view());
    const double floor = quantile(timed(kRuns, [&](int) { page.repaint(); }), 0.5);
    report.add("drawn page (floor)", floor, "ms");
    const double repaint = quantile(timed(kRuns, [&](int) { large.paint(); }), 0.5);
    report.add("repaint of unchanged rows", repaint, "ms");
    report.add("repaint of unchanged rows, drawn pages", repaint / floor, "x");

    const double openFew = openTime(small);
    const double openMany = openTime(large);
    report.add("open 1,000", openFew, "ms");
    report.add("open all", openMany, "ms");
    report.add("open all / open 1,000", openMany / openFew, "x");
    const double resizeFew = resizeTime(small);
    const double resizeMany = resizeTime(large);
    report.add("resize 1,000", resizeFew, "ms");
    report.add("resize all", resizeMany, "ms");
    report.add("resize all / resize 1,000", resizeMany / resizeFew, "x");
    measureScrolling(large, floor, report);
    measureAppending(many, large, report);
    report.finish();
}

}

}

int main(int argc, char *argv[])
{
    const QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments().mid(1);
    const bool json = arguments.contains(QLatin1String("--json"));
    const int asked = arguments.isEmpty() ? 0 : arguments.first().toInt();
    confab::Report report(json);
    confab::measure(asked > 0 ? asked : 1'000'000, report);
    return 0;
}
