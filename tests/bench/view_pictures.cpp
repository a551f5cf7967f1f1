// Pictures of the conversation: view_pictures FOLDER writes both densities in both themes, wide and narrow,
// at the scale factor of the environment. view_pictures FOLDER --fling MESSAGES writes the frames of a fling
// through that many messages and fails if one of them has a bare row.
#include "corpus.h"
#include "models/messagelistmodel.h"
#include "store/topiclist.h"
#include "widgets/confabstyle.h"
#include "widgets/conversation/conversationpage.h"
#include "widgets/conversation/messageview.h"
#include "wire/drafty/quoting.h"

#include <QApplication>
#include <QDir>
#include <QMouseEvent>
#include <QTimeZone>
#include <QWheelEvent>

#include <cstdio>

namespace confab {

namespace {

constexpr QSize kWide(980, 860);
constexpr QSize kNarrow(460, 860);

const auto kMe = QStringLiteral("usrMe");
const auto kMira = QStringLiteral("usrMira");
const auto kSalma = QStringLiteral("usr2il9suCbuko");
const auto kJonas = QStringLiteral("usrJonas");

/// A group in which everything happens that a row can show.
class Scene
{
public:
    Scene()
    {
        topics.setSelf(kMe, cardOf(QStringLiteral("Alex Brandt")));
        topics.noteUser(kMira, cardOf(QStringLiteral("Mira Köhler")));
        topics.noteUser(kSalma, cardOf(QStringLiteral("Salma Haddad")));
        topics.noteUser(kJonas, cardOf(QStringLiteral("Jonas Weber")));
        TopicInfo info;
        info.name = QStringLiteral("grpOrchard");
        info.card.name = QStringLiteral("Orchard 2.0");
        info.memberCount = 6;
        topic = topics.add(info);
        topic->setAtStart(true);
        fill();
        info.seq = m_seq;
        info.recv = m_seq;
        info.read = m_seq - 3;
        topic->setInfo(info);
        Member reader;
        reader.user = kMira;
        reader.read = 8;
        reader.recv = m_seq - 4;
        topic->setMembers({reader});
    }

    TopicList topics;
    Topic *topic = nullptr;

private:
    static wire::Card cardOf(const QString &name)
    {
        wire::Card card;
        card.name = name;
        return card;
    }

    void say(const QString &from, int minute, const wire::Drafty &words, Seq replyTo = 0, bool edited = false)
    {
        Message message;
        message.seq = ++m_seq;
        message.from = from;
        message.ts = QDateTime(QDate(2024, 3, 14), QTime(9, 0), QTimeZone::utc()).addSecs(minute * 60);
        message.content = words.toContent();
        message.text = words.text();
        message.edited = edited;
        if (replyTo > 0)
            message.head.setReplyTo(replyTo);
        topic->timeline().insert({message});
    }

    void say(const QString &from, int minute, const QString &words)
    {
        say(from, minute, wire::Drafty(words));
    }

    void fill()
    {
        say(kMira, 0, QStringLiteral("Stands for the lobby arrive tomorrow, two of three."));
        say(kMira, 2, QStringLiteral("Third one is late, supplier says Friday."));
        say(kMe, 5, QStringLiteral("Fine, the third kiosk is not ready anyway."));
        wire::Image image;
        image.pixels = {640, 480};
        image.source.mime = QStringLiteral("image/jpeg");
        say(kMira, 12,
            wire::Drafty::fromEntity({}, image) + wire::Drafty(QStringLiteral("\nLobby kiosk, finally mounted 🎉")));
        const QString code = QStringLiteral(
            "void Backoff::onOpened() {\n    m_attempt = 0;   // was missing\n    m_name = \"first\";\n}");
        say(kMe, 31,
            wire::Drafty(QStringLiteral("Found it, the backoff never reset.\n"))
                + wire::Drafty(code).wrapped(wire::SpanKind::Code),
            0, true);
        say(kSalma, 38, QStringLiteral("ممتاز! سأجرّبها على الجهاز الثالث بعد الظهر 👍"));
        wire::Drafty quoted(QStringLiteral("ممتاز! سأجرّبها على الجهاز الثالث بعد الظهر 👍"));
        say(kMe, 40,
            wire::replyQuote(QStringLiteral("Salma Haddad"), kSalma, quoted)
                + wire::Drafty(QStringLiteral("Perfect, number 3 has the newest firmware.")),
            6);
        say(kMe, 41, QStringLiteral("Should I tag the release tonight?"));
        say(kSalma, 42, QStringLiteral("👩‍👩‍👧‍👦"));
        say(kSalma, 43, QStringLiteral("Flags 🇩🇪🇫🇷 keys 3️⃣ hearts ❤️ and 👍🏽 in one line, then words after 🚀"));
        say(kJonas, 49,
            wire::Drafty(QStringLiteral("ci: orchard/kiosk #4182 $ cmake --build --preset release --target kiosk_tests "
                                        "&& ctest --preset release --output-on-failure -j 4\n"
                                        "[ 92%] Building CXX object src/kiosk/CMakeFiles/kiosk.dir/backoff.cpp.o\n"
                                        "100% tests passed, 0 tests failed out of 218"))
                .wrapped(wire::SpanKind::Code));
        say(kJonas, 50, QStringLiteral("Lieber warten, der Smoke-Test läuft noch bis 14 Uhr."));
        say(kJonas, 51, QStringLiteral("https://ci.orchard.example/runs/4182"));
        say(kJonas, 51, QStringLiteral("Stufe 3 von 5, bisher alles grün ✅ ") + QString(90, u'x'));
        pend(QStringLiteral("c1"), Delivery::Sending, QStringLiteral("Or wait for the smoke test?"), {});
        pend(QStringLiteral("c2"), Delivery::Failed, QStringLiteral("I will tag it right after 14:00."),
            QStringLiteral("the server refused it (no write permission)"));
    }

    void pend(const QString &cid, Delivery state, const QString &text, const QString &error)
    {
        PendingMessage pending;
        pending.cid = cid;
        pending.topic = topic->name();
        pending.text = text;
        pending.state = state;
        pending.error = error;
        pending.created = QDateTime(QDate(2024, 3, 14), QTime(10, 0), QTimeZone::utc());
        topic->timeline().addPending(pending);
    }

    Seq m_seq = 0;
};

void hover(MessageView &view, int row)
{
    view.scrollToEnd();
    const QPointF at(view.rowRect(row).center());
    QMouseEvent move(QEvent::MouseMove, at, view.viewport()->mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
    QApplication::sendEvent(view.viewport(), &move);
}

/// Its code block, a little to the side, with the pointer in it.
void scrollCode(MessageView &view, int row)
{
    for (const RowWindow::PlacedRow &placed : view.placedRows()) {
        if (placed.row != row)
            continue;
        const QPointF at = placed.layout->parts().front().rect().center() + QPointF(0, placed.top);
        const QPointF global = view.viewport()->mapToGlobal(at);
        QMouseEvent move(QEvent::MouseMove, at, global, Qt::NoButton, Qt::NoButton, {});
        QWheelEvent wheel(at, global, {}, {-240, 0}, Qt::NoButton, {}, Qt::NoScrollPhase, false);
        QApplication::sendEvent(view.viewport(), &move);
        QApplication::sendEvent(view.viewport(), &wheel);
    }
}

void savePictures(const QDir &folder, Theme &theme)
{
    Scene scene;
    ConversationPage page(theme);
    page.setTopic(&scene.topics, scene.topic);
    auto *view = page.findChild<MessageView *>();
    const auto save = [&](const QString &name) {
        QApplication::processEvents();
        const QString file = QStringLiteral("%1-%2-%3@%4.png")
                                 .arg(name, theme.isCompact() ? QStringLiteral("compact") : QStringLiteral("roomy"),
                                     theme.isDark() ? QStringLiteral("dark") : QStringLiteral("light"))
                                 .arg(page.devicePixelRatioF());
        page.grab().save(folder.filePath(file));
    };
    for (const Density density : {Density::Roomy, Density::Compact}) {
        for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
            theme.setDensity(density);
            theme.setMode(mode);
            page.resize(kWide);
            page.show();
            QApplication::processEvents();
            view->scrollBy(-10'000);
            save(QStringLiteral("top"));
            hover(*view, 10);
            save(QStringLiteral("hover"));
            scrollCode(*view, 10);
            save(QStringLiteral("code"));
            view->beginChoosing(10);
            save(QStringLiteral("choosing"));
            view->endChoosing();
            view->setModel(view->rows().model()); // code begins anew
            page.resize(kNarrow);
            QApplication::processEvents();
            view->scrollToEnd();
            save(QStringLiteral("narrow"));
        }
    }
}

bool covers(MessageView &view)
{
    const auto &rows = view.placedRows();
    return !rows.empty() && rows.front().top <= 0
        && (view.isPinned() || rows.back().bottom() >= view.viewport()->height());
}

/// Upwards, faster and faster and then slower, as a finger leaves it. True if no frame had a bare row.
bool saveFling(const QDir &folder, const Theme &theme, int messages)
{
    Scene scene;
    Corpus corpus(1);
    QList<Message> all;
    const QDateTime start(QDate(2020, 1, 1), QTime(), QTimeZone::utc());
    int unused = 0;
    for (Seq seq = 1; seq <= messages; ++seq) {
        Message message = corpus.next(unused);
        message.seq = seq;
        message.ts = start.addSecs(qint64(seq) * 70);
        all.append(message);
    }
    TopicInfo info;
    info.name = QStringLiteral("grpFling");
    info.card.name = QStringLiteral("A million messages");
    info.seq = info.recv = info.read = messages;
    Topic *topic = scene.topics.add(info);
    topic->setAtStart(true);
    topic->timeline().insert(all);
    ConversationPage page(theme);
    page.setTopic(&scene.topics, topic);
    page.resize(kWide);
    page.show();
    QApplication::processEvents();
    auto *view = page.findChild<MessageView *>();
    constexpr int kFrames = 120;
    constexpr double kFastest = 3000; // pixels a frame
    int bare = 0;
    for (int frame = 0; frame < kFrames; ++frame) {
        const double share = double(frame) / kFrames;
        view->scrollBy(-int(kFastest * 4 * share * (1 - share)));
        QApplication::processEvents();
        bare += covers(*view) ? 0 : 1;
        page.grab().save(folder.filePath(QStringLiteral("fling-%1.png").arg(frame, 3, 10, QLatin1Char('0'))));
    }
    std::printf("%d frames, %d with a bare row\n", kFrames, bare);
    return bare == 0;
}

}

}

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments().mid(1);
    if (arguments.isEmpty()) {
        std::fprintf(stderr, "usage: view_pictures FOLDER [--fling MESSAGES]\n");
        return 2;
    }
    const QDir folder(arguments.first());
    folder.mkpath(QStringLiteral("."));
    confab::Theme theme;
    theme.setMode(confab::ThemeMode::Light);
    confab::applyTheme(application, theme);
    const int fling = arguments.value(1) == QLatin1String("--fling") ? arguments.value(2).toInt() : 0;
    if (fling > 0)
        return confab::saveFling(folder, theme, fling) ? 0 : 1;
    confab::savePictures(folder, theme);
    return 0;
}
