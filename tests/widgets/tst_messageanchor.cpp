#include "conversationfixture.h"
#include "stallgate.h"
#include "widgets/conversation/messageview.h"
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
    void edit(Seq seq, const QString &text);
    void putImage(Seq seq);
    int textTopOf(Seq seq);
    Seq firstReadable();

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ConversationFixture> m_chat;
    std::unique_ptr<MessageView> m_view;
};

void MessageAnchorTest::init()
{
    m_theme = std::make_unique<Theme>();
    m_theme->setMode(ThemeMode::Light);
    m_chat = std::make_unique<ConversationFixture>();
    m_view = std::make_unique<MessageView>(*m_theme);
    m_view->resize(600, 500);
    m_view->show();
    m_chat->fill(1001, 1200);
    putImage(1080);
    m_view->setModel(&m_chat->model);
    m_view->placedRows();
}

void MessageAnchorTest::cleanup()
{
    m_view.reset();
    m_chat.reset();
    m_theme.reset();
}

void MessageAnchorTest::edit(Seq seq, const QString &text)
{
    Message edit = ConversationFixture::message(
        m_chat->topic->timeline().lastSeq() + 1, QStringLiteral("usrAnn"), text, 1'000'000);
    edit.from = m_chat->topic->timeline().message(m_chat->topic->timeline().rowOfSeq(seq)).from;
    edit.head.setReplaces(seq);
    m_chat->topic->timeline().insert({edit});
}

void MessageAnchorTest::putImage(Seq seq)
{
    wire::Image image;
    image.pixels = {400, 300};
    image.source.mime = QStringLiteral("image/png");
    Message message
        = ConversationFixture::message(seq, QStringLiteral("usrAnn"), QString(), seq * 360);
    message.content = wire::Drafty::fromEntity({}, image).toContent();
    m_chat->topic->timeline().removeDeleted({});
    m_chat->topic->timeline().insert({message});
}

int MessageAnchorTest::textTopOf(Seq seq)
{
    for (const RowWindow::PlacedRow &placed : m_view->placedRows()) {
        if (placed.layout->item().key.seq == seq)
            return placed.top + placed.layout->textTop();
    }
    return -10'000;
}

Seq MessageAnchorTest::firstReadable()
{
    for (const RowWindow::PlacedRow &placed : m_view->placedRows()) {
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
        {QStringLiteral("older messages arrive"), [&] { m_chat->fill(900, 1000); }},
        {QStringLiteral("newer messages arrive"), [&] { m_chat->fill(1201, 1300); }},
        {QStringLiteral("a message above becomes longer"),
            [&] { edit(read - 1, QStringLiteral("much longer than it was ").repeated(20)); }},
        {QStringLiteral("a message above becomes shorter"),
            [&] { edit(read - 1, QStringLiteral("short")); }},
        {QStringLiteral("a message on screen becomes longer"),
            [&] { edit(read + 1, QStringLiteral("much longer than it was ").repeated(20)); }},
        {QStringLiteral("a message above is deleted"),
            [&] { m_chat->topic->timeline().removeDeleted({{read - 1, read}}); }},
        {QStringLiteral("a message below is deleted"),
            [&] { m_chat->topic->timeline().removeDeleted({{read + 1, read + 2}}); }},
        {QStringLiteral("many messages above are deleted"),
            [&] { m_chat->topic->timeline().removeDeleted({{1010, read}}); }},
        {QStringLiteral("the window is narrower"), [&] { m_view->resize(400, 500); }},
        {QStringLiteral("the window is wider"), [&] { m_view->resize(1100, 500); }},
        {QStringLiteral("the window is lower"), [&] { m_view->resize(600, 300); }},
        {QStringLiteral("the text is larger"), [&] { m_theme->setTextPercent(150); }},
        {QStringLiteral("the text is smaller"), [&] { m_theme->setTextPercent(80); }},
        {QStringLiteral("the colours are dark"), [&] { m_theme->setMode(ThemeMode::Dark); }},
        {QStringLiteral("rows are compact"), [&] { m_theme->setDensity(Density::Compact); }},
        {QStringLiteral("names become known"),
            [&] {
                wire::Card card;
                card.name = QStringLiteral("Somebody with a very long name indeed");
                m_chat->topics.noteUser(QStringLiteral("usrAnn"), card);
            }},
        {QStringLiteral("a tick changes"),
            [&] {
                Member reader;
                reader.user = QStringLiteral("usrBob");
                reader.read = reader.recv = 1200;
                m_chat->topic->setMember(reader);
            }},
    };
    QVERIFY(changes.contains(what));
    changes.value(what)();
}

void MessageAnchorTest::nothingMovesWhatIsRead()
{
    QFETCH(QString, what);
    m_view->scrollBy(-4000);
    for (int step = 0; step < 5; ++step) {
        const Seq read = firstReadable();
        if (read <= 1020)
            break; // of a change that takes all that is above
        const int before = textTopOf(read);
        change(what);
        QCOMPARE(textTopOf(read), before);
        m_view->scrollBy(-37);
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
    m_view->scrollBy(-1'000'000);
    const Seq read = firstReadable();
    const int before = textTopOf(read);
    change(what);
    QCOMPARE(textTopOf(read), before);
}

void MessageAnchorTest::theNextRowHoldsWhenTheHeldOneIsDeleted()
{
    m_view->scrollBy(-4000);
    const Seq read = firstReadable();
    const int next = textTopOf(read + 1);
    m_chat->topic->timeline().removeDeleted({{read, read + 1}});
    QCOMPARE(textTopOf(read + 1), next);
}

CONFAB_GATED_MAIN(MessageAnchorTest)
#include "tst_messageanchor.moc"
