#include "stallgate.h"
#include "support/shapings.h"
#include "viewfixture.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QImage>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>
#include <QWheelEvent>

using namespace confab;

/// Code whose lines are wider than the bubble is scrolled sideways in it, and nothing else moves.
class MessageCodeTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void linesAreAsTheyWereWritten();
    void tabsAreFourColumnsWide();
    void itIsScrolledSideways_data();
    void itIsScrolledSideways();
    void wheelsThatTurnDownScrollTheConversation();
    void sidewaysWithoutCodeScrollsTheConversation();
    void itsScrollBarShowsUnderThePointerAndForTheFocus();
    void theThumbIsDragged();
    void besideTheThumbItComesToThePointer();
    void aSelectionGoesOnPastTheEdge();
    void aSelectionThatBeganElsewhereLeavesItWhereItIs();
    void linksAndWordsAreWhereTheyAreSeen();
    void theCopyButtonCopiesAllOfIt();
    void characterSelectedByKeyIsShown();
    void whatASearchFindsIsShown();
    void itStaysScrolledThroughNewLayouts_data();
    void itStaysScrolledThroughNewLayouts();
    void itStaysScrolledWhenTheMessageIsNumbered();
    void itBeginsAnewWhenTheMessageLeftTheMemory();
    void rightToLeftWordsLeaveItWhereItIs();
    void aLongLineCostsNoMoreThanALongText();
    void screenReadersGetAllOfIt();

private:
    static const inline QString kEnd = QStringLiteral("\nend");
    static wire::Drafty codeOf(const QString &text);
    void showCode(const wire::Drafty &document = codeOf(words(kWords)));
    static QString words(int count);
    const PartLayout &code();
    QRect panel();
    QImage shot() { return m_fixture->view.viewport()->grab().toImage(); }
    QString wordAtEdge();
    void wheel(const QPoint &at, const QPoint &angle, Qt::KeyboardModifiers modifiers = {});
    void mouse(QEvent::Type type, const QPoint &at);
    void hover(const QPoint &at) { mouse(QEvent::MouseMove, at); }

    static constexpr Seq kSeq = 50; ///< of the message with the code
    static constexpr int kWords = 60;
    std::unique_ptr<ViewFixture> m_fixture;
};

void MessageCodeTest::init()
{
    m_fixture = std::make_unique<ViewFixture>();
    m_fixture->chat.topic->setAtStart(true);
}

void MessageCodeTest::cleanup()
{
    m_fixture.reset();
}

/// One line of words that tell where they stand: "w00 w01 w02".
QString MessageCodeTest::words(int count)
{
    QStringList words;
    for (int i = 0; i < count; ++i)
        words.append(QStringLiteral("w%1").arg(i, 2, 10, QLatin1Char('0')));
    return words.join(u' ');
}

/// A panel: code in a line of words stays among them.
wire::Drafty MessageCodeTest::codeOf(const QString &text)
{
    return wire::Drafty(QStringLiteral("look:\n"))
        + wire::Drafty(text + kEnd).wrapped(wire::SpanKind::Code);
}

/// In the middle of a conversation, scrolled away from both of its ends.
void MessageCodeTest::showCode(const wire::Drafty &document)
{
    m_fixture->chat.fill(1, kSeq - 1);
    m_fixture->addDocument(kSeq, document);
    m_fixture->chat.fill(kSeq + 1, 100);
    m_fixture->showChat();
    m_fixture->view.showFound(kSeq - 1);
    m_fixture->view.placedRows();
}

const PartLayout &MessageCodeTest::code()
{
    const RowWindow::PlacedRow *placed = m_fixture->placed(kSeq);
    Q_ASSERT(placed);
    for (const PartLayout &part : placed->layout->parts()) {
        if (part.kind() == PartLayout::Kind::Code)
            return part;
    }
    Q_UNREACHABLE();
}

/// On screen.
QRect MessageCodeTest::panel()
{
    return code().rect().translated(0, m_fixture->placed(kSeq)->top).toAlignedRect();
}

/// What a double click at the left edge of the code selects, or beside it where a blank stands
/// there.
QString MessageCodeTest::wordAtEdge()
{
    QString word;
    for (int x = 16; x < 40 && word.isEmpty(); x += 8) {
        const QPoint at = panel().topLeft() + QPoint(x, 14);
        QTest::mouseDClick(m_fixture->view.viewport(), Qt::LeftButton, {}, at);
        word = m_fixture->view.selectedText().trimmed();
        QTest::keyClick(&m_fixture->view, Qt::Key_Escape);
    }
    return word;
}

void MessageCodeTest::wheel(const QPoint &at, const QPoint &angle, Qt::KeyboardModifiers modifiers)
{
    QWidget *viewport = m_fixture->view.viewport();
    QWheelEvent event(at, viewport->mapToGlobal(at), {}, angle, Qt::NoButton, modifiers,
        Qt::NoScrollPhase, false);
    QApplication::sendEvent(viewport, &event);
}

/// With the left button down all the time but for moves after none was pressed.
void MessageCodeTest::mouse(QEvent::Type type, const QPoint &at)
{
    static bool down = false;
    down = type == QEvent::MouseButtonPress || (down && type == QEvent::MouseMove);
    QWidget *viewport = m_fixture->view.viewport();
    QMouseEvent event(type, QPointF(at), QPointF(viewport->mapToGlobal(at)),
        type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton,
        down ? Qt::LeftButton : Qt::NoButton, {});
    QApplication::sendEvent(viewport, &event);
}

void MessageCodeTest::linesAreAsTheyWereWritten()
{
    showCode(codeOf(words(kWords) + QStringLiteral("\n\n    indented\n") + words(100)));
    QCOMPARE(code().lines().lineCount(), 5);
    QVERIFY(code().panel().overflow() > 0);
    const RowWindow::PlacedRow *placed = m_fixture->placed(kSeq);
    QVERIFY(placed->layout->bubble().contains(code().rect()));
    QVERIFY(placed->layout->bubble().width() <= 560);
    const QString drawn = code().lines().text();
    QCOMPARE(drawn.count(QChar(QChar::LineSeparator)), 4);
}

void MessageCodeTest::tabsAreFourColumnsWide()
{
    showCode(codeOf(QStringLiteral("\tx\n    x")));
    const QTextLayout &lines = code().lines();
    QVERIFY(qAbs(lines.lineAt(0).cursorToX(1) - lines.lineAt(1).cursorToX(7)) < 1);
}

void MessageCodeTest::itIsScrolledSideways_data()
{
    QTest::addColumn<QPoint>("angle");
    QTest::addColumn<int>("modifiers");
    QTest::addColumn<int>("key");
    QTest::newRow("shift and wheel") << QPoint(0, -120) << int(Qt::ShiftModifier) << 0;
    QTest::newRow("a wheel that turns sideways") << QPoint(-120, 0) << 0 << 0;
    QTest::newRow("a touchpad, not quite level") << QPoint(-120, 30) << 0 << 0;
    QTest::newRow("arrow key on the focused message") << QPoint() << 0 << int(Qt::Key_Right);
}

/// Only what is inside the panel is painted differently, nothing is laid out or shaped for it.
void MessageCodeTest::itIsScrolledSideways()
{
    QFETCH(QPoint, angle);
    QFETCH(int, modifiers);
    QFETCH(int, key);
    showCode();
    MessageView &view = m_fixture->view;
    view.focusRow(view.rows().rowOf({kSeq, {}}));
    hover(panel().center());
    const QImage before = shot();
    const int top = m_fixture->textTopOf(kSeq);
    const ViewCounters counters = view.counters();
    const quint64 shapings = shapingsMade();
    const auto scroll = [&](int direction) {
        if (key)
            QTest::keyClick(&view, direction > 0 ? Qt::Key_Right : Qt::Key_Left);
        else
            wheel(panel().center(), angle * direction, Qt::KeyboardModifiers(modifiers));
    };
    for (int i = 0; i < 3; ++i)
        scroll(1);
    QVERIFY(shot().copy(panel()) != before.copy(panel()));
    QCOMPARE(m_fixture->textTopOf(kSeq), top);
    QCOMPARE(view.counters().layouts, counters.layouts);
    QCOMPARE(view.counters().texts, counters.texts);
    QCOMPARE(shapingsMade(), shapings);
    for (int i = 0; i < 3; ++i)
        scroll(-1);
    QCOMPARE(shot(), before); // there and back, to the pixel
    scroll(-1); // not beyond its beginning
    QCOMPARE(shot(), before);
    for (int i = 0; i < 200; ++i)
        scroll(1);
    const QImage atEnd = shot();
    scroll(1); // nor beyond its end
    QCOMPARE(shot(), atEnd);
    QImage outsideBefore = before;
    QImage outsideAfter = atEnd;
    QPainter(&outsideBefore).fillRect(panel(), Qt::black);
    QPainter(&outsideAfter).fillRect(panel(), Qt::black);
    QCOMPARE(outsideAfter, outsideBefore);
}

void MessageCodeTest::wheelsThatTurnDownScrollTheConversation()
{
    showCode();
    const QString word = wordAtEdge();
    const int top = m_fixture->textTopOf(kSeq);
    wheel(panel().center(), {-30, -120});
    QVERIFY(m_fixture->textTopOf(kSeq) < top);
    QCOMPARE(wordAtEdge(), word);
}

void MessageCodeTest::sidewaysWithoutCodeScrollsTheConversation()
{
    showCode(codeOf(QStringLiteral("short")));
    QCOMPARE(code().panel().overflow(), 0.0);
    const int top = m_fixture->textTopOf(kSeq);
    wheel(panel().center(), {0, -120}, Qt::ShiftModifier);
    QVERIFY(m_fixture->textTopOf(kSeq) < top);
}

void MessageCodeTest::itsScrollBarShowsUnderThePointerAndForTheFocus()
{
    showCode();
    const QRect bar
        = code().panel().thumb(0).translated(0, m_fixture->placed(kSeq)->top).toAlignedRect();
    QVERIFY(panel().contains(bar));
    const QImage without = shot().copy(bar);
    hover(panel().center());
    QVERIFY(shot().copy(bar) != without);
    hover({2, panel().top()});
    QCOMPARE(shot().copy(bar), without);
    m_fixture->view.setFocus(Qt::TabFocusReason);
    m_fixture->view.focusRow(m_fixture->view.rows().rowOf({kSeq, {}}));
    QVERIFY(shot().copy(bar) != without);
}

void MessageCodeTest::theThumbIsDragged()
{
    showCode();
    QCOMPARE(wordAtEdge(), QStringLiteral("w00"));
    const int top = m_fixture->placed(kSeq)->top;
    const QPoint from = code().panel().thumb(0).center().toPoint() + QPoint(0, top);
    const int way = int(code().panel().track().width() - code().panel().thumb(0).width());
    mouse(QEvent::MouseButtonPress, from);
    mouse(QEvent::MouseMove, from + QPoint(way / 2, 30));
    const QRectF middle = code().panel().thumb(code().panel().overflow() / 2);
    const QRectF track = code().panel().track();
    QVERIFY(qAbs(middle.center().x() - track.center().x()) <= 1);
    mouse(QEvent::MouseButtonRelease, from + QPoint(way / 2, 30));
    const int word = wordAtEdge().mid(1).toInt();
    QVERIFY2(word > 10 && word < 40, qPrintable(QString::number(word)));
    QVERIFY(m_fixture->view.selectedText().isEmpty());
    mouse(QEvent::MouseMove, from); // let go
    QCOMPARE(wordAtEdge().mid(1).toInt(), word);
}

void MessageCodeTest::besideTheThumbItComesToThePointer()
{
    showCode();
    const int top = m_fixture->placed(kSeq)->top;
    const QPoint end = code().panel().track().bottomRight().toPoint() + QPoint(-1, top - 1);
    mouse(QEvent::MouseButtonPress, end);
    mouse(QEvent::MouseButtonRelease, end);
    QVERIFY(wordAtEdge().mid(1).toInt() > 20);
}

void MessageCodeTest::aSelectionGoesOnPastTheEdge()
{
    showCode();
    const QRect at = panel();
    mouse(QEvent::MouseButtonPress, at.topLeft() + QPoint(12, 14));
    mouse(QEvent::MouseMove, QPoint(at.right() + 60, at.top() + 14));
    QTRY_VERIFY(m_fixture->view.selectedText().endsWith(QStringLiteral("w%1").arg(kWords - 1)));
    QVERIFY(m_fixture->view.selectedText().contains(QStringLiteral("w20 w21")));
    mouse(QEvent::MouseMove, QPoint(at.left() - 60, at.top() + 14));
    QTRY_VERIFY(m_fixture->view.selectedText().size() < 4);
    mouse(QEvent::MouseButtonRelease, QPoint(at.left() - 60, at.top() + 14));
}

void MessageCodeTest::aSelectionThatBeganElsewhereLeavesItWhereItIs()
{
    showCode();
    const QRect at = panel();
    mouse(QEvent::MouseButtonPress, at.topLeft() - QPoint(0, 12)); // in the words above
    mouse(QEvent::MouseMove, QPoint(at.right() + 60, at.top() + 14));
    bool waited = false; // for longer than a step of scrolling takes
    QTimer::singleShot(100, this, [&waited] { waited = true; });
    QTRY_VERIFY(waited);
    QVERIFY(!m_fixture->view.selectedText().contains(QStringLiteral("w40")));
    mouse(QEvent::MouseButtonRelease, QPoint(at.right() + 60, at.top() + 14));
    QCOMPARE(wordAtEdge(), QStringLiteral("w00"));
}

void MessageCodeTest::linksAndWordsAreWhereTheyAreSeen()
{
    const QString address = QStringLiteral("https://example.org/far");
    wire::Link link;
    link.url = address;
    const wire::Drafty line = wire::Drafty(words(40) + u' ')
        + wire::Drafty::fromEntity(address, link) + wire::Drafty(kEnd);
    showCode(wire::Drafty(QStringLiteral("look:\n")) + line.wrapped(wire::SpanKind::Code));
    QSignalSpy opened(&m_fixture->view, &MessageView::linkActivated);
    const QPoint end = panel().topRight() + QPoint(-60, 14);
    QTest::mouseClick(m_fixture->view.viewport(), Qt::LeftButton, {}, end);
    QCOMPARE(opened.size(), 0); // words stand there
    for (int i = 0; i < 100; ++i)
        wheel(panel().center(), {-120, 0});
    QTest::mouseClick(m_fixture->view.viewport(), Qt::LeftButton, {}, end);
    QCOMPARE(opened.size(), 1);
    QTest::mouseDClick(m_fixture->view.viewport(), Qt::LeftButton, {}, end);
    QVERIFY(!m_fixture->view.selectedText().isEmpty());
    QVERIFY2(address.contains(m_fixture->view.selectedText()),
        qPrintable(m_fixture->view.selectedText()));
}

void MessageCodeTest::theCopyButtonCopiesAllOfIt()
{
    showCode();
    wheel(panel().center(), {-1200, 0});
    const QPointF button
        = code().panel().copyButton().center() + QPointF(0, m_fixture->placed(kSeq)->top);
    QVERIFY(panel().contains(button.toPoint()));
    QTest::mouseClick(m_fixture->view.viewport(), Qt::LeftButton, {}, button.toPoint());
    QCOMPARE(QApplication::clipboard()->text(), words(kWords) + kEnd);
}

void MessageCodeTest::characterSelectedByKeyIsShown()
{
    showCode();
    m_fixture->view.focusRow(m_fixture->view.rows().rowOf({kSeq, {}}));
    for (int i = 0; i < kEnd.size() + 1; ++i) // from its end
        QTest::keyClick(&m_fixture->view, Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(m_fixture->view.selectedText(), words(kWords).back() + kEnd);
    QTest::keyClick(&m_fixture->view, Qt::Key_Escape);
    QVERIFY(wordAtEdge() != QStringLiteral("w00"));
}

void MessageCodeTest::whatASearchFindsIsShown()
{
    showCode();
    MessageView &view = m_fixture->view;
    view.setSearch(parseSearch(QStringLiteral("w45"), m_fixture->chat.topics));
    view.showFound(view.rows().rowOf({kSeq, {}}));
    const QString first = wordAtEdge();
    QVERIFY2(first > QLatin1String("w20") && first <= QLatin1String("w45"), qPrintable(first));
}

void MessageCodeTest::itStaysScrolledThroughNewLayouts_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what :
        {"a message arrives", "a message above is edited", "the text is larger", "rows are compact",
            "the colours are dark", "the window is narrower", "older messages arrive"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void MessageCodeTest::itStaysScrolledThroughNewLayouts()
{
    QFETCH(QString, what);
    showCode();
    for (int i = 0; i < 4; ++i)
        wheel(panel().center(), {-120, 0});
    const int word = wordAtEdge().mid(1).toInt();
    QVERIFY(word > 3);
    Theme &theme = m_fixture->theme;
    if (what == QLatin1String("a message arrives"))
        m_fixture->chat.fill(101, 101);
    else if (what == QLatin1String("a message above is edited"))
        m_fixture->edit(kSeq - 1, QStringLiteral("much longer than before ").repeated(20));
    else if (what == QLatin1String("the text is larger"))
        theme.setTextPercent(120);
    else if (what == QLatin1String("rows are compact"))
        theme.setDensity(Density::Compact);
    else if (what == QLatin1String("the colours are dark"))
        theme.setMode(ThemeMode::Dark);
    else if (what == QLatin1String("the window is narrower"))
        m_fixture->view.resize(450, 500);
    else if (what == QLatin1String("older messages arrive"))
        m_fixture->chat.fill(-20, 0);
    QApplication::processEvents();
    const int after = wordAtEdge().mid(1).toInt();
    QVERIFY2(qAbs(after - word) <= word / 4 + 1, qPrintable(QString::number(after)));
}

void MessageCodeTest::itStaysScrolledWhenTheMessageIsNumbered()
{
    m_fixture->chat.fill(1, kSeq - 1);
    PendingMessage pending;
    pending.cid = QStringLiteral("c1");
    pending.topic = m_fixture->chat.topic->name();
    pending.content = codeOf(words(kWords)).toContent();
    pending.text = words(kWords);
    pending.created = ConversationFixture::at(kSeq * 360);
    m_fixture->chat.topic->timeline().addPending(pending);
    m_fixture->showChat();
    const RowWindow::PlacedRow &last = m_fixture->view.placedRows().back();
    const QPoint inside
        = last.layout->parts().back().rect().center().toPoint() + QPoint(0, last.top);
    wheel(inside, {-600, 0});
    Message numbered
        = ConversationFixture::message(kSeq, QStringLiteral("usrMe"), pending.text, kSeq * 360);
    numbered.content = pending.content;
    numbered.head.setCid(pending.cid);
    m_fixture->chat.topic->timeline().acknowledge(pending.cid, numbered);
    QVERIFY(m_fixture->placed(kSeq));
    QVERIFY(wordAtEdge() != QStringLiteral("w00"));
}

void MessageCodeTest::itBeginsAnewWhenTheMessageLeftTheMemory()
{
    showCode();
    wheel(panel().center(), {-600, 0});
    QVERIFY(wordAtEdge() != QStringLiteral("w00"));
    m_fixture->view.scrollToEnd();
    Timeline &timeline = m_fixture->chat.topic->timeline();
    const Message message = timeline.message(timeline.rowOfSeq(kSeq));
    timeline.unload({1, 60});
    QApplication::processEvents();
    QVERIFY(timeline.rowOfSeq(kSeq) < 0);
    m_fixture->view.placedRows();
    m_fixture->chat.fill(1, kSeq - 1);
    timeline.insert({message});
    m_fixture->chat.fill(kSeq + 1, 60);
    m_fixture->view.showFound(m_fixture->view.rows().rowOf({kSeq - 1, {}}));
    QVERIFY(m_fixture->placed(kSeq));
    QCOMPARE(wordAtEdge(), QStringLiteral("w00"));
}

void MessageCodeTest::rightToLeftWordsLeaveItWhereItIs()
{
    const wire::Drafty code = wire::Drafty(words(kWords) + kEnd).wrapped(wire::SpanKind::Code);
    showCode(wire::Drafty(QStringLiteral("هذا هو الكود\n")) + code);
    QVERIFY(m_fixture->placed(kSeq)->layout->text().isRightToLeft());
    QCOMPARE(wordAtEdge(), QStringLiteral("w00"));
    wheel(panel().center(), {-600, 0});
    QVERIFY(wordAtEdge().mid(1).toInt() > 3);
}

/// Until all of it is asked for.
void MessageCodeTest::aLongLineCostsNoMoreThanALongText()
{
    const QString line
        = QStringLiteral("if (a) { return \"text\"; } // ").repeated(4000).left(100'000) + kEnd;
    quint64 costs[2] = {};
    for (const bool isCode : {false, true}) {
        m_fixture = std::make_unique<ViewFixture>();
        wire::Drafty document(line);
        m_fixture->addDocument(1, isCode ? document.wrapped(wire::SpanKind::Code) : document);
        const quint64 before = shapingsMade();
        m_fixture->showChat();
        m_fixture->view.grab();
        costs[isCode] = shapingsMade() - before;
    }
    QVERIFY2(costs[1] <= costs[0], qPrintable(QStringLiteral("%1 %2").arg(costs[1]).arg(costs[0])));
}

void MessageCodeTest::screenReadersGetAllOfIt()
{
    showCode();
    wheel(panel().center(), {-600, 0});
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(&m_fixture->view);
    const QString name
        = list->child(m_fixture->view.rows().rowOf({kSeq, {}}))->text(QAccessible::Name);
    QVERIFY(name.contains(words(kWords)));
}

CONFAB_GATED_MAIN(MessageCodeTest)
#include "tst_messagecode.moc"
