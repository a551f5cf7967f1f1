#include "stallgate.h"
#include "widgets/composer/completionpopup.h"
#include "widgets/composer/composermenu.h"
#include "widgets/composer/emojibook.h"
#include "widgets/composer/emojigrid.h"
#include "widgets/composer/emojipicker.h"
#include "widgets/composer/linkpreviews.h"
#include "widgets/composer/pastedtext.h"
#include "widgets/composer/spellchecker.h"
#include "widgets/composer/wordfinder.h"
#include "widgets/conversation/composeredit.h"

#include <QAccessible>
#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QDir>
#include <QImage>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>

using namespace confab;
using namespace Qt::Literals::StringLiterals;
using wire::Drafty;
using wire::SpanKind;

namespace {

Drafty styled(const QString &before, const QString &words, SpanKind kind, const QString &after)
{
    return Drafty(before) + Drafty(words).wrapped(kind) + Drafty(after);
}

}

/// What helps writing: marks, names, emoji, spelling, pasting.
class PaintCount : public QObject
{
public:
    int count = 0;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        count += event->type() == QEvent::Paint;
        return QObject::eventFilter(watched, event);
    }
};

class WritingTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void keysPutMarksAroundWords_data();
    void keysPutMarksAroundWords();
    void theSameKeyTakesMarksAway();
    void marksInsideAWordAreFixed();
    void linesAreMarkedEach();
    void linesOfCodeGetFences();
    void pastedAddressMakesSelectionALink();
    void richTextKeepsItsStyles_data();
    void richTextKeepsItsStyles();
    void pastingPlainKeepsWordsOnly();
    void copiedMentionStaysOne();
    void textShowsWhatItsMarksDo();
    void codeIsShownOnceItsFenceCloses();
    void nothingActsInPlainText();

    void nameCompletesToAMention();
    void mentionEndsWhenItIsChanged();
    void enterIsNotEatenByAPopup();
    void escapeClosesThePopupForThisWord();
    void popupLeavesTheInputMethodAlone();
    void shortcodeCompletes();

    void emojiAreFoundInBothLanguages();
    void tonesAreApplied();
    void recentsAreFewAndInOrder();
    void pickerCostsNothingBeforeItsUse();
    void newEmojiAreDrawnOverSomeFrames();
    void pickerWorksByKeys();
    void pickerGoesByEscapeAndAPressBeside();
    void choicesAreToldToScreenReaders();

    void wordsAreFound_data();
    void wordsAreFound();
    void wrongWordsAreUnderlined();
    void wordBeingTypedIsSpared();
    void menuOffersSuggestions();
    void addedWordsAreRightFromThenOn();

    void previewIsAskedForOnce();
    void previewTravelsInItsLink();
    void droppedPreviewStaysAway();

private:
    void type(const QString &text) { QTest::keyClicks(m_edit.get(), text); }
    void key(int code, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(m_edit.get(), Qt::Key(code), modifiers);
    }
    void select(int begin, int end)
    {
        QTextCursor cursor = m_edit->textCursor();
        cursor.setPosition(begin);
        cursor.setPosition(end, QTextCursor::KeepAnchor);
        m_edit->setTextCursor(cursor);
    }
    Drafty content() const { return wire::parseMarkup(m_edit->marked()); }
    void paste(QMimeData *data)
    {
        QApplication::clipboard()->setMimeData(data);
        key(Qt::Key_V, Qt::ControlModifier);
    }
    CompletionPopup *popup() const { return m_window->findChild<CompletionPopup *>(); }
    bool popupIsOpen() const { return popup() && popup()->isVisible(); }
    QTextCharFormat formatAt(int position) const
    {
        const QTextBlock block = m_edit->document()->findBlock(position);
        for (const QTextLayout::FormatRange &range : block.layout()->formats()) {
            const int place = position - block.position();
            if (range.start <= place && place < range.start + range.length)
                return range.format;
        }
        return {};
    }
    bool isUnderlined(int position) const
    {
        return formatAt(position).underlineStyle() == QTextCharFormat::SpellCheckUnderline;
    }

    QTemporaryDir m_data;
    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<SpellChecker> m_speller;
    std::unique_ptr<EmojiBook> m_book;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<ComposerEdit> m_edit;
};

void WritingTest::initTestCase()
{
    const auto write = [this](const QString &name, const QByteArray &bytes) {
        QFile file(m_data.filePath(u"hunspell/"_s + name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    };
    QVERIFY(QDir(m_data.path()).mkpath(u"hunspell"_s));
    write(u"en_US.aff"_s, "SET UTF-8\nTRY helowrd\n");
    write(u"en_US.dic"_s, "3\nhello\nworld\nit's\n");
    write(u"de_DE.aff"_s, "SET ISO8859-1\n");
    write(u"de_DE.dic"_s, "2\nWelt\nsch\xf6n\n");
    qputenv("XDG_DATA_DIRS", m_data.path().toLocal8Bit());
}

void WritingTest::init()
{
    m_edit.reset();
    m_window = std::make_unique<QWidget>();
    m_speller = std::make_unique<SpellChecker>();
    m_book = std::make_unique<EmojiBook>();
    m_theme = std::make_unique<Theme>();
    m_edit = std::make_unique<ComposerEdit>(*m_theme, *m_speller, *m_book, m_window.get());
    m_window->resize(500, 400);
    m_edit->setGeometry(0, 300, 500, 100);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_edit->setFocus();
}

void WritingTest::keysPutMarksAroundWords_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<SpanKind>("kind");
    const Qt::KeyboardModifiers control = Qt::ControlModifier;
    QTest::newRow("bold") << int(Qt::Key_B) << control << u"a *bc* d"_s << SpanKind::Bold;
    QTest::newRow("italic") << int(Qt::Key_I) << control << u"a _bc_ d"_s << SpanKind::Italic;
    QTest::newRow("code") << int(Qt::Key_E) << control << u"a `bc` d"_s << SpanKind::Code;
    QTest::newRow("struck") << int(Qt::Key_X) << (control | Qt::ShiftModifier) << u"a ~bc~ d"_s
                            << SpanKind::Strike;
}

void WritingTest::keysPutMarksAroundWords()
{
    QFETCH(int, key);
    QFETCH(Qt::KeyboardModifiers, modifiers);
    QFETCH(SpanKind, kind);
    type(u"a bc d"_s);
    select(1, 5); // with blanks at both ends
    this->key(key, modifiers);
    QTEST(m_edit->text(), "typed");
    QCOMPARE(content(), styled(u"a "_s, u"bc"_s, kind, u" d"_s));
    QCOMPARE(m_edit->textCursor().selectedText(), u"bc"_s);
    this->key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_edit->text(), u"a bc d"_s);
}

void WritingTest::theSameKeyTakesMarksAway()
{
    type(u"a bc d"_s);
    select(2, 4);
    key(Qt::Key_B, Qt::ControlModifier);
    key(Qt::Key_B, Qt::ControlModifier);
    QCOMPARE(m_edit->text(), u"a bc d"_s);
    m_edit->setMarked({u"word"_s, {}, {}}, 2); // the word at the caret
    key(Qt::Key_I, Qt::ControlModifier);
    QCOMPARE(m_edit->text(), u"_word_"_s);
    m_edit->setMarked({u"a "_s, {}, {}}, -1); // none: what is typed next
    key(Qt::Key_B, Qt::ControlModifier);
    type(u"b"_s);
    QCOMPARE(m_edit->text(), u"a *b*"_s);
}

void WritingTest::marksInsideAWordAreFixed()
{
    type(u"unbelievable"_s);
    select(2, 9);
    key(Qt::Key_B, Qt::ControlModifier);
    QCOMPARE(m_edit->text(), u"unbelievable"_s);
    QCOMPARE(content(), styled(u"un"_s, u"believa"_s, SpanKind::Bold, u"ble"_s));
    key(Qt::Key_B, Qt::ControlModifier);
    QCOMPARE(content(), Drafty(u"unbelievable"_s));
}

void WritingTest::linesAreMarkedEach()
{
    m_edit->setMarked({u"one\n\ntwo"_s, {}, {}}, 0);
    select(0, 8);
    key(Qt::Key_B, Qt::ControlModifier);
    QCOMPARE(m_edit->text(), u"*one*\n\n*two*"_s);
}

void WritingTest::linesOfCodeGetFences()
{
    m_edit->setMarked({u"int a;\nint b;"_s, {}, {}}, 0);
    select(2, 9);
    key(Qt::Key_E, Qt::ControlModifier);
    QCOMPARE(m_edit->text(), u"```\nint a;\nint b;\n```"_s);
    QCOMPARE(content(), Drafty(u"int a;\nint b;"_s).wrapped(SpanKind::Code));
    key(Qt::Key_E, Qt::ControlModifier);
    QCOMPARE(m_edit->text(), u"int a;\nint b;"_s);
}

void WritingTest::pastedAddressMakesSelectionALink()
{
    type(u"see here"_s);
    select(4, 8);
    auto *data = new QMimeData;
    data->setText(u"https://example.org/x"_s);
    paste(data);
    QCOMPARE(m_edit->text(), u"see here"_s);
    QCOMPARE(content(),
        Drafty(u"see "_s)
            + Drafty::fromEntity(u"here"_s, wire::Link{u"https://example.org/x"_s, {}}));
    type(u" too"_s); // what follows is no part of it
    QCOMPARE(content().text(), u"see here too"_s);
    QCOMPARE(content().spans().first().length, 4);
}

void WritingTest::richTextKeepsItsStyles_data()
{
    QTest::addColumn<QString>("html");
    QTest::addColumn<QString>("plain");
    QTest::addColumn<Drafty>("content");
    QTest::newRow("styles") << u"<p>a <b>bold</b> word</p>"_s << u"a bold word"_s
                            << styled(u"a "_s, u"bold"_s, SpanKind::Bold, u" word"_s);
    QTest::newRow("none") << u"<p>two  lines</p>"_s << u"two  lines"_s << Drafty(u"two  lines"_s);
    QTest::newRow("link") << u"<a href='https://example.org/'>there</a>"_s << u"there"_s
                          << Drafty::fromEntity(
                                 u"there"_s, wire::Link{u"https://example.org/"_s, {}});
    QTest::newRow("script link") << u"<a href='javascript:x()'>there</a>"_s << u"there"_s
                                 << Drafty(u"there"_s);
    QTest::newRow("inside a word") << u"un<i>believ</i>able"_s << u"unbelievable"_s
                                   << styled(u"un"_s, u"believ"_s, SpanKind::Italic, u"able"_s);
    QTest::newRow("list") << u"<ul><li>one</li><li><s>two</s></li></ul>"_s << u"one two"_s
                          << styled(u"• one\n• "_s, u"two"_s, SpanKind::Strike, {});
}

void WritingTest::richTextKeepsItsStyles()
{
    QFETCH(QString, html);
    QFETCH(QString, plain);
    auto *data = new QMimeData;
    data->setHtml(html);
    data->setText(plain);
    paste(data);
    QTEST(content(), "content");
}

void WritingTest::pastingPlainKeepsWordsOnly()
{
    auto *data = new QMimeData;
    data->setHtml(u"<b>*x*</b> https://example.org"_s);
    data->setText(u"*x*"_s);
    QApplication::clipboard()->setMimeData(data);
    key(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(content(), Drafty(u"*x*"_s)); // marks and all, but they don't act
}

void WritingTest::copiedMentionStaysOne()
{
    const Drafty ann = Drafty::fromEntity(u"@Ann"_s, wire::Mention{u"usrAnn"_s});
    m_edit->setMarked({u"hi @Ann"_s, {{3, ann}}, {}}, -1);
    key(Qt::Key_A, Qt::ControlModifier);
    key(Qt::Key_X, Qt::ControlModifier);
    QVERIFY(m_edit->text().isEmpty());
    key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(content(), Drafty(u"hi "_s) + ann);
}

void WritingTest::textShowsWhatItsMarksDo()
{
    type(u"a *b* `c` @dd 2*3*4"_s);
    QCOMPARE(formatAt(3).fontWeight(), int(QFont::Bold));
    QCOMPARE(formatAt(2).foreground().color(), m_theme->colors().text2);
    QCOMPARE(formatAt(7).background().color(), m_theme->colors().code);
    QCOMPARE(formatAt(11).foreground().color(), m_theme->colors().link);
    QVERIFY(formatAt(15).isEmpty()); // inside a word marks don't act, here and when sent
    QCOMPARE(content().spans().size(), 3);
}

void WritingTest::codeIsShownOnceItsFenceCloses()
{
    type(u"```"_s);
    key(Qt::Key_Return, Qt::ShiftModifier);
    type(u"*x*"_s);
    QCOMPARE(formatAt(5).fontWeight(), int(QFont::Bold)); // no code so far
    key(Qt::Key_Return, Qt::ShiftModifier);
    type(u"```"_s);
    QCOMPARE(formatAt(5).background().color(), m_theme->colors().code);
    key(Qt::Key_Backspace);
    QCOMPARE(formatAt(5).fontWeight(), int(QFont::Bold));
}

void WritingTest::nothingActsInPlainText()
{
    m_edit->setMarkup(false);
    type(u"*b* :heart: @"_s);
    QCOMPARE(m_edit->text(), u"*b* :heart: @"_s);
    QVERIFY(formatAt(1).isEmpty());
    QVERIFY(!popupIsOpen());
}

void WritingTest::nameCompletesToAMention()
{
    int asked = 0;
    m_edit->setMentionSource([&asked] {
        ++asked;
        return QList<MentionCandidate>{
            {u"usrBob"_s, u"Bob Anders"_s, {}}, {u"usrAnn"_s, u"Ann Lee"_s, {}}};
    });
    type(u"mail a@b "_s);
    QCOMPARE(asked, 0);
    type(u"hi @le"_s);
    QVERIFY(popupIsOpen());
    key(Qt::Key_Down);
    key(Qt::Key_Return);
    QVERIFY(!popupIsOpen());
    QCOMPARE(m_edit->text(), u"mail a@b hi @Ann Lee "_s);
    const Drafty mention = Drafty::fromEntity(u"@Ann Lee"_s, wire::Mention{u"usrAnn"_s});
    QCOMPARE(content(), Drafty(u"mail a@b hi "_s) + mention + Drafty(u" "_s));
    const wire::MarkedText kept = m_edit->marked(); // as a draft
    m_edit->setMarked({}, -1);
    m_edit->setMarked(kept, -1);
    QCOMPARE(m_edit->marked(), kept);
    type(u"@an"_s); // who begins with it comes before who has it as a later name
    key(Qt::Key_Tab);
    QCOMPARE(m_edit->text(), u"mail a@b hi @Ann Lee @Ann Lee "_s);
}

void WritingTest::mentionEndsWhenItIsChanged()
{
    const Drafty ann = Drafty::fromEntity(u"@Ann"_s, wire::Mention{u"usrAnn"_s});
    m_edit->setMarked({u"@Ann"_s, {{0, ann}}, {}}, 2);
    type(u"x"_s);
    QVERIFY(m_edit->marked().fixed.isEmpty());
    key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_edit->marked().fixed.size(), 1);
}

void WritingTest::enterIsNotEatenByAPopup()
{
    QSignalSpy sent(m_edit.get(), &ComposerEdit::sendPressed);
    type(u"ok :heart"_s);
    QVERIFY(popupIsOpen());
    QCOMPARE(popup()->choice(), -1);
    key(Qt::Key_Return);
    QCOMPARE(sent.size(), 1);
    QCOMPARE(m_edit->text(), u"ok :heart"_s);
    QVERIFY(!popupIsOpen());
}

void WritingTest::escapeClosesThePopupForThisWord()
{
    QSignalSpy escaped(m_edit.get(), &ComposerEdit::escapePressed);
    type(u":hea"_s);
    QVERIFY(popupIsOpen());
    key(Qt::Key_Escape);
    QVERIFY(!popupIsOpen());
    QCOMPARE(escaped.size(), 0);
    type(u"r"_s);
    QVERIFY(!popupIsOpen());
    type(u" :hea"_s);
    QVERIFY(popupIsOpen());
}

void WritingTest::popupLeavesTheInputMethodAlone()
{
    QSignalSpy sent(m_edit.get(), &ComposerEdit::sendPressed);
    type(u":hea"_s);
    QVERIFY(popupIsOpen());
    QInputMethodEvent composing(u"に"_s, {});
    QApplication::sendEvent(m_edit.get(), &composing);
    QVERIFY(!popupIsOpen());
    key(Qt::Key_Down);
    key(Qt::Key_Return);
    QCOMPARE(sent.size(), 0);
    QCOMPARE(m_edit->text(), u":hea"_s);
}

void WritingTest::shortcodeCompletes()
{
    type(u"ab:heart: :nosuchcode: :heart:"_s);
    QCOMPARE(m_edit->text(), u"ab:heart: :nosuchcode: \u2764\uFE0F"_s);
    QCOMPARE(m_book->recents(), QStringList{u"\u2764\uFE0F"_s});
    key(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_edit->text(), u"ab:heart: :nosuchcode: :heart:"_s);
    m_edit->setMarked({}, -1);
    type(u":thumbsu"_s);
    key(Qt::Key_Tab); // the first one
    QCOMPARE(m_edit->text(), u"👍"_s);
}

void WritingTest::emojiAreFoundInBothLanguages()
{
    const EmojiTable table(QLocale(QLocale::German));
    const auto first = [&table](const QString &query) {
        const QList<int> found = table.search(query, 5);
        return found.isEmpty() ? QString() : table.emoji().at(found.first()).text;
    };
    QCOMPARE(first(u"thumbsup"_s), u"👍"_s);
    QCOMPARE(first(u"Schildkröte"_s), u"🐢"_s);
    QCOMPARE(first(u"schildkrote"_s), u"🐢"_s);
    QCOMPARE(first(u"turtle"_s), u"🐢"_s);
    QCOMPARE(first(u"flagge japan"_s), u"🇯🇵"_s);
    QVERIFY(first(u"qqqq"_s).isEmpty());
    QVERIFY(table.search({}, 5).isEmpty());
    QCOMPARE(table.groups().size(), 9);
    for (const Emoji &emoji : table.emoji())
        QVERIFY2(!emoji.name.isEmpty(), qPrintable(emoji.text));
}

void WritingTest::tonesAreApplied()
{
    const EmojiTable table(QLocale::c());
    const int hand = table.findCode(u"raised_hand"_s);
    QCOMPARE(table.emoji().at(hand).withTone(5), u"✋🏿"_s);
    QCOMPARE(table.emoji().at(hand).withTone(0), u"✋"_s);
    QCOMPARE(table.find(u"✋🏿"_s), hand);
    const int face = table.findCode(u"smile"_s);
    QCOMPARE(table.emoji().at(face).withTone(5), u"😄"_s);
}

void WritingTest::recentsAreFewAndInOrder()
{
    QSignalSpy changed(m_book.get(), &EmojiBook::changed);
    for (int i = 0; i < 40; ++i)
        m_book->noteUse(QString::number(i));
    m_book->noteUse(u"39"_s);
    QCOMPARE(changed.size(), 40);
    QCOMPARE(m_book->recents().size(), EmojiBook::kMaxRecents);
    m_book->noteUse(u"30"_s);
    QCOMPARE(m_book->recents().mid(0, 2), (QStringList{u"30"_s, u"39"_s}));
    QCOMPARE(m_book->recents().count(u"30"_s), 1);
}

void WritingTest::pickerCostsNothingBeforeItsUse()
{
    EmojiPicker picker(*m_theme, *m_book, m_window.get());
    type(u"a b"_s);
    QVERIFY(!m_book->isRead());
    picker.showAt({100, 300, 36, 36});
    QVERIFY(m_book->isRead());
}

/// Reading an emoji from its font takes long: no frame may have a whole grid of them.
void WritingTest::newEmojiAreDrawnOverSomeFrames()
{
    EmojiGrid grid(*m_theme, m_window.get());
    grid.resize(grid.sizeHint());
    QStringList faces;
    for (char32_t face = 0x1F600; faces.size() < 5 * EmojiGrid::kColumns; ++face)
        faces.append(QString::fromUcs4(&face, 1));
    grid.setSections({{QString(), faces}});
    const auto drawn = [&grid] {
        const QImage frame = grid.viewport()->grab().toImage();
        int count = 0;
        for (int i = 0; i < grid.seen().count; ++i) {
            const QImage cell = frame.copy(grid.rectAt(i));
            count += cell != QImage(cell).scaled(1, 1).scaled(cell.size());
        }
        return count;
    };
    QCOMPARE(drawn(), 2 * EmojiGrid::kColumns);
    QCOMPARE(drawn(), 4 * EmojiGrid::kColumns);
    QCOMPARE(drawn(), 5 * EmojiGrid::kColumns);
    m_theme->setMode(ThemeMode::Dark); // all are new again
    PaintCount paints;
    grid.viewport()->installEventFilter(&paints);
    grid.show();
    QTRY_COMPARE(paints.count, 3); // the rest follows by itself
    QCOMPARE(drawn(), 5 * EmojiGrid::kColumns);
}

void WritingTest::pickerWorksByKeys()
{
    m_book->restore({u"🐢"_s}, 3);
    EmojiPicker picker(*m_theme, *m_book, m_window.get());
    QSignalSpy chosen(&picker, &EmojiPicker::emojiChosen);
    picker.showAt({100, 300, 36, 36});
    auto *search = picker.findChild<QLineEdit *>();
    auto *grid = picker.findChild<EmojiGrid *>();
    QCOMPARE(grid->current(), u"🐢"_s); // used last
    QTest::keyClick(search, Qt::Key_Down);
    QCOMPARE(grid->current(), u"😀"_s);
    QTest::keyClick(search, Qt::Key_Right);
    QCOMPARE(grid->current(), u"😃"_s);
    QTest::keyClick(search, Qt::Key_Up);
    QCOMPARE(grid->current(), u"🐢"_s);
    QTest::keyClicks(search, u"raised_hand"_s);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().toString(), u"✋🏽"_s);
    QVERIFY(!picker.isVisible());
    picker.showAt({100, 300, 36, 36});
    QVERIFY(search->text().isEmpty());
    QCOMPARE(grid->current(), u"✋🏽"_s);
    QTest::keyClicks(search, u"qqqq"_s);
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
}

void WritingTest::pickerGoesByEscapeAndAPressBeside()
{
    EmojiPicker picker(*m_theme, *m_book, m_window.get());
    m_edit->setFocus();
    picker.showAt({100, 300, 36, 36});
    auto *search = picker.findChild<QLineEdit *>();
    QCOMPARE(QApplication::focusWidget(), search);
    QVERIFY(m_window->rect().contains(picker.geometry()));
    for (int i = 0; i < 20; ++i) { // Tab stays inside
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        QVERIFY(picker.isAncestorOf(QApplication::focusWidget()));
    }
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QVERIFY(!picker.isVisible());
    QCOMPARE(QApplication::focusWidget(), m_edit.get());
    picker.showAt({100, 300, 36, 36});
    QTest::mouseClick(m_window.get(), Qt::LeftButton, {}, QPoint(490, 1));
    QVERIFY(!picker.isVisible());
}

void WritingTest::choicesAreToldToScreenReaders()
{
    EmojiPicker picker(*m_theme, *m_book, m_window.get());
    picker.showAt({100, 300, 36, 36});
    auto *search = picker.findChild<QLineEdit *>();
    auto *grid = picker.findChild<EmojiGrid *>();
    QTest::keyClick(search, Qt::Key_Right);
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(grid);
    QCOMPARE(list->role(), QAccessible::List);
    QAccessibleInterface *current = list->focusChild();
    QVERIFY(current && current->state().focused); // although the search has the keyboard
    QCOMPARE(current->text(QAccessible::Name), u"grinning face with big eyes"_s);
    QCOMPARE(list->indexOfChild(current), 1);
    QVERIFY(current->rect().intersects(list->rect()));
    QVERIFY(list->childCount() < 100); // those in sight
    QSignalSpy chosen(&picker, &EmojiPicker::emojiChosen);
    list->child(2)->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(chosen.size(), 1);

    m_edit->setMentionSource([] {
        return QList<MentionCandidate>{{u"usrAnn"_s, u"Ann Lee"_s, {}}};
    });
    m_edit->setFocus();
    type(u"@an"_s);
    QVERIFY(m_edit->accessibleDescription().startsWith(u'1'));
    key(Qt::Key_Down);
    auto *offers = popup()->findChild<QListView *>();
    QAccessibleInterface *offered = QAccessible::queryAccessibleInterface(offers)->child(0);
    QCOMPARE(offered->text(QAccessible::Name), u"Ann Lee"_s);
    QVERIFY(offered->state().selected);
    key(Qt::Key_Return);
    QVERIFY(m_edit->accessibleDescription().isEmpty());
}

void WritingTest::wordsAreFound_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QStringList>("words");
    QTest::newRow("sentence") << u"It's a dog’s life, isn't it?"_s
                              << QStringList{u"It's"_s, u"dog’s"_s, u"life"_s, u"isn't"_s, u"it"_s};
    QTest::newRow("names") << u"x86 foo_bar @ann #tag a/b ok"_s << QStringList{u"ok"_s};
    QTest::newRow("scripts") << u"слово 日本語 naïve"_s << QStringList{u"слово"_s, u"naïve"_s};
}

void WritingTest::wordsAreFound()
{
    QFETCH(QString, text);
    QStringList found;
    for (const TextSpan &span : findWords(text))
        found += text.mid(span.start, span.length);
    QTEST(found, "words");
}

void WritingTest::wrongWordsAreUnderlined()
{
    QCOMPARE(m_speller->dictionaries().size(), 2);
    m_edit->setMarked({u"hello wrold Welt schön слово `wrold` it’s"_s, {}, {}}, 0);
    QVERIFY(!isUnderlined(6)); // no language, nothing is wrong
    m_speller->setLanguages({u"en_US"_s});
    QTRY_VERIFY(isUnderlined(6));
    QTRY_VERIFY(isUnderlined(12));
    QVERIFY(!isUnderlined(0));
    QVERIFY(!isUnderlined(23)); // not in letters of this language
    QVERIFY(!isUnderlined(30)); // code
    QVERIFY(!isUnderlined(36));
    m_speller->setLanguages({u"en_US"_s, u"de_DE"_s, u"xx_XX"_s});
    QCOMPARE(m_speller->languages(), (QStringList{u"en_US"_s, u"de_DE"_s}));
    QTRY_VERIFY(isUnderlined(6));
    QVERIFY(!isUnderlined(12)); // right in one of them
    QVERIFY(!isUnderlined(17));
    m_speller->setLanguages({});
    QVERIFY(!isUnderlined(6));
}

void WritingTest::wordBeingTypedIsSpared()
{
    m_speller->setLanguages({u"en_US"_s});
    QSignalSpy found(m_speller.get(), &SpellChecker::wrongWordsFound);
    type(u"hello wrold"_s);
    QTRY_VERIFY(!found.isEmpty() && found.last().first().toStringList().contains(u"wrold"_s));
    QVERIFY(!isUnderlined(6));
    type(u" "_s);
    QVERIFY(isUnderlined(6));
}

void WritingTest::menuOffersSuggestions()
{
    m_speller->setLanguages({u"en_US"_s});
    m_edit->setMarked({u"wrold"_s, {}, {}}, 0);
    QTRY_VERIFY(isUnderlined(0));
    auto *menu = new ComposerMenu(*m_edit, *m_speller, m_edit->textCursor());
    QTRY_VERIFY(menu->findChild<QAction *>(u"suggestionAction"_s));
    auto *suggestion = menu->findChild<QAction *>(u"suggestionAction"_s);
    QCOMPARE(suggestion->text(), u"world"_s);
    suggestion->trigger();
    QCOMPARE(m_edit->text(), u"world"_s);
    QSignalSpy chosen(menu, &ComposerMenu::languagesChosen);
    menu->findChild<QAction *>(u"de_DE"_s)->trigger();
    QCOMPARE(chosen.first().first().toStringList(), (QStringList{u"en_US"_s, u"de_DE"_s}));
    delete menu;
}

void WritingTest::addedWordsAreRightFromThenOn()
{
    const QString path = m_data.filePath(u"own/words.txt"_s);
    m_speller->setWordFile(path);
    m_speller->setLanguages({u"en_US"_s});
    m_edit->setMarked({u"Confab"_s, {}, {}}, 0);
    QTRY_VERIFY(isUnderlined(0));
    m_speller->addWord(u"Confab"_s);
    QVERIFY(!isUnderlined(0));
    QTRY_VERIFY(QFile::exists(path));
    SpellChecker later;
    later.setWordFile(path);
    later.setLanguages({u"en_US"_s});
    QSignalSpy found(&later, &SpellChecker::wrongWordsFound);
    later.isWrong(u"Confab"_s);
    later.isWrong(u"Cnofab"_s);
    QTRY_COMPARE(found.size(), 1);
    QCOMPARE(found.first().first().toStringList(), QStringList{u"Cnofab"_s});
}

void WritingTest::previewIsAskedForOnce()
{
    LinkPreviews previews;
    QSignalSpy requested(&previews, &LinkPreviews::requested);
    const Drafty text = wire::parseMarkup(u"see https://example.org/a now"_s);
    previews.look(text); // off
    QCOMPARE(requested.size(), 0);
    previews.setEnabled(true);
    previews.look(text);
    previews.look(text);
    QCOMPARE(requested.size(), 1);
    QCOMPARE(requested.first().first().toString(), u"https://example.org/a"_s);
    previews.look(wire::parseMarkup(u"https://example.org/unfin"_s));
    QCOMPARE(requested.size(), 1); // still being typed
    QTRY_COMPARE(requested.size(), 2);
}

void WritingTest::previewTravelsInItsLink()
{
    LinkPreviews previews;
    previews.setEnabled(true);
    const QString url = u"https://example.org/a"_s;
    const Drafty text = wire::parseMarkup(url + u" now"_s);
    previews.look(text);
    QImage picture(2000, 1000, QImage::Format_ARGB32);
    picture.fill(Qt::transparent);
    QByteArray png;
    QBuffer buffer(&png);
    picture.save(&buffer, "png");
    wire::LinkPreview found;
    found.title = u"A page"_s;
    found.base64 = QString::fromLatin1(png.toBase64());
    QSignalSpy changed(&previews, &LinkPreviews::changed);
    previews.take(u"https://example.org/other"_s, found);
    previews.take(url, found);
    QTRY_COMPARE(changed.size(), 1);
    QCOMPARE(previews.preview().pixels, (wire::PixelSize{240, 120}));
    const Drafty sent = Drafty::fromContent(previews.added(text).toContent());
    QCOMPARE(sent.as<wire::Link>(sent.spans().first())->preview, previews.preview());
    const QByteArray jpeg = QByteArray::fromBase64(previews.preview().base64.toLatin1());
    QCOMPARE(QImage::fromData(jpeg).pixelColor(5, 5), QColor(Qt::white));
    previews.look(Drafty(u"no link"_s));
    QVERIFY(previews.preview().isEmpty());
}

void WritingTest::droppedPreviewStaysAway()
{
    LinkPreviews previews;
    previews.setEnabled(true);
    QSignalSpy requested(&previews, &LinkPreviews::requested);
    const Drafty text = wire::parseMarkup(u"https://example.org/a now"_s);
    previews.look(text);
    wire::LinkPreview found;
    found.title = u"A page"_s;
    previews.take(u"https://example.org/a"_s, found);
    QCOMPARE(previews.preview(), found);
    previews.drop();
    QCOMPARE(previews.added(text), text);
    previews.look(text);
    QCOMPARE(requested.size(), 1);
    previews.reset();
    previews.look(text);
    QCOMPARE(requested.size(), 2);
}

CONFAB_GATED_MAIN(WritingTest)
#include "tst_writing.moc"
