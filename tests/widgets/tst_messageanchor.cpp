#include "stallgate.h"
#include "viewfixture.h"
#include "wire/drafty/drafty.h"

#include <QSignalSpy>
#include <QTest>

#include <functional>

using namespace confab;

Q_DECLARE_METATYPE(std::function<void()>)

/// Whatever happens around it, what is being read stays where it is, to the pixel.
class MessageAnchorTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void nothingMovesWhatIsRead_data();
    void nothingMovesWhatIsRead();
    void nothingMovesTheFirstRow_data() { nothingMovesWhatIsRead_data(); }
    void nothingMovesTheFirstRow();
    void theNextRowHoldsWhenTheHeldOneIsDeleted();

private:
    void change(const QString &what);
    void putImage(Seq seq);
    Seq firstReadable();

    std::unique_ptr<ViewFixture> m_fixture;
};

void MessageAnchorTest::init()
{
    m_fixture = std::make_unique<ViewFixture>();
    m_fixture->chat.fill(1001, 1200);
    putImage(1080);
    m_fixture->showChat();
}

void MessageAnchorTest::cleanup()
{
    m_fixture.reset();
}

void MessageAnchorTest::putImage(Seq seq)
{
    wire::Image image;
    image.pixels = {400, 300};
    image.source.mime = QStringLiteral("image/png");
    Message message
        = ConversationFixture::message(seq, QStringLiteral("usrAnn"), QString(), seq * 360);
    message.content = wire::Drafty::fromEntity({}, image).toContent();
    m_fixture->chat.topic->timeline().removeDeleted({});
    m_fixture->chat.topic->timeline().insert({message});
}

Seq MessageAnchorTest::firstReadable()
{
    for (const RowWindow::PlacedRow &placed : m_fixture->view.placedRows()) {
        if (placed.top + placed.layout->textTop() >= 0)
            return placed.layout->item().key.seq;
    }
    return 0;
}

void MessageAnchorTest::nothingMovesWhatIsRead_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"older messages arrive", "newer messages arrive",
             "a message above becomes longer", "a message above becomes shorter",
             "a message on screen becomes longer", "a message above is deleted",
             "a message below is deleted", "many messages above are deleted", "the window is narrower",
             "the window is wider", "the window is lower", "the text is larger", "the text is smaller",
             "the colours are dark", "rows are compact", "names become known", "a tick changes"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void MessageAnchorTest::change(const QString &what)
{
    const Seq read = firstReadable();
    const QHash<QString, std::function<void()>> changes{
        {QStringLiteral("older messages arrive"), [&] { m_fixture->chat.fill(900, 1000); }},
        {QStringLiteral("newer messages arrive"), [&] { m_fixture->chat.fill(1201, 1300); }},
        {QStringLiteral("a message above becomes longer"),
            [&] { m_fixture->edit(read - 1, QStringLiteral("much longer than it was ").repeated(20)); }},
        {QStringLiteral("a message above becomes shorter"),
            [&] { m_fixture->edit(read - 1, QStringLiteral("short")); }},
        {QStringLiteral("a message on screen becomes longer"),
            [&] { m_fixture->edit(read + 1, QStringLiteral("much longer than it was ").repeated(20)); }},
        {QStringLiteral("a message above is deleted"),
            [&] { m_fixture->chat.topic->timeline().removeDeleted({{read - 1, read}}); }},
        {QStringLiteral("a message below is deleted"),
            [&] { m_fixture->chat.topic->timeline().removeDeleted({{read + 1, read + 2}}); }},
        {QStringLiteral("many messages above are deleted"),
            [&] { m_fixture->chat.topic->timeline().removeDeleted({{1010, read}}); }},
        {QStringLiteral("the window is narrower"), [&] { m_fixture->view.resize(400, 500); }},
        {QStringLiteral("the window is wider"), [&] { m_fixture->view.resize(1100, 500); }},
        {QStringLiteral("the window is lower"), [&] { m_fixture->view.resize(600, 300); }},
        {QStringLiteral("the text is larger"), [&] { m_fixture->theme.setTextPercent(150); }},
        {QStringLiteral("the text is smaller"), [&] { m_fixture->theme.setTextPercent(80); }},
        {QStringLiteral("the colours are dark"), [&] { m_fixture->theme.setMode(ThemeMode::Dark); }},
        {QStringLiteral("rows are compact"), [&] { m_fixture->theme.setDensity(Density::Compact); }},
        {QStringLiteral("names become known"),
            [&] {
                wire::Card card;
                card.name = QStringLiteral("Somebody with a very long name indeed");
                m_fixture->chat.topics.noteUser(QStringLiteral("usrAnn"), card);
            }},
        {QStringLiteral("a tick changes"),
            [&] {
                Member reader;
                reader.user = QStringLiteral("usrBob");
                reader.read = reader.recv = 1200;
                m_fixture->chat.topic->setMember(reader);
            }},
    };
    QVERIFY(changes.contains(what));
    changes.value(what)();
}

void MessageAnchorTest::nothingMovesWhatIsRead()
{
    QFETCH(QString, what);
    m_fixture->view.scrollBy(-4000);
    for (int step = 0; step < 5; ++step) {
        const Seq read = firstReadable();
        if (read <= 1020)
            break; // of a change that takes all that is above
        const int before = m_fixture->textTopOf(read);
        change(what);
        QCOMPARE(m_fixture->textTopOf(read), before);
        m_fixture->view.scrollBy(-37);
    }
}

void MessageAnchorTest::nothingMovesTheFirstRow()
{
    QFETCH(QString, what);
    // At the very top there is nothing above that could be edited or deleted.
    if (what.contains(QLatin1String("above")))
        return;
    // What stands above it alone shrinks, and nothing may stand open there.
    if (what == QLatin1String("the text is smaller") || what == QLatin1String("rows are compact"))
        return;
    m_fixture->view.scrollBy(-1'000'000);
    const Seq read = firstReadable();
    const int before = m_fixture->textTopOf(read);
    change(what);
    QCOMPARE(m_fixture->textTopOf(read), before);
}

void MessageAnchorTest::theNextRowHoldsWhenTheHeldOneIsDeleted()
{
    m_fixture->view.scrollBy(-4000);
    const Seq read = firstReadable();
    const int next = m_fixture->textTopOf(read + 1);
    m_fixture->chat.topic->timeline().removeDeleted({{read, read + 1}});
    QCOMPARE(m_fixture->textTopOf(read + 1), next);
}

CONFAB_GATED_MAIN(MessageAnchorTest)
#include "tst_messageanchor.moc"
