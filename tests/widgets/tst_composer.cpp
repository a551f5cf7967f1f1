#include "stallgate.h"
#include "widgets/composer/emojibook.h"
#include "widgets/composer/emojipicker.h"
#include "widgets/composer/linkpreviewstrip.h"
#include "widgets/composer/sentpart.h"
#include "widgets/composer/spellchecker.h"
#include "widgets/conversation/composer.h"
#include "widgets/conversation/composeredit.h"
#include "widgets/conversation/sendbutton.h"

#include <QApplication>
#include <QClipboard>
#include <QImage>
#include <QInputMethodEvent>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

using namespace confab;

class ComposerTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void enterSendsAndTextStaysUntilAccepted();
    void shiftEnterBreaksTheLine();
    void nothingIsSentFromBlanks();
    void enterBelongsToTheInputMethodWhileItComposes();
    void nothingIsSentTwice();
    void refusedTextMayBeSentAgain();
    void whatIsTypedWhileWaitingStays();
    void growsToEightLinesThenScrolls();
    void draftIsToldOnceAfterTheLastKey();
    void draftKeepsCaretAndTarget();
    void whatIsBeingSentIsNoDraft();
    void restoringIsNoTyping();
    void undoBringsBackWhatWasTyped();
    void refusalTakesTheFieldsPlace();
    void targetIsPartOfTheDraftUntilSent();
    void escapeDropsTheTargetFirst();
    void arrowsAskForOtherMessages();
    void buttonsComeWithWhatTheyDo();
    void filesAndPicturesArePastedOnceTheyAreTaken();
    void panelTakesTheTextsPlace();
    void draftKeepsMentions();
    void restOfADraftKeepsItsMentions();
    void emojiGoesWhereTheCaretIs();
    void limitIsShownBeforeItIsHit();
    void refusalMayHaveAWayOut();
    void previewIsShownAndCanBeDropped();

private:
    ComposerEdit *edit() const { return m_composer->findChild<ComposerEdit *>(); }
    SendButton *sendButton() const { return m_composer->findChild<SendButton *>(); }
    wire::Drafty contentOf(const QSignalSpy &sent) const
    {
        return sent.last().first().value<wire::Drafty>();
    }
    void type(const QString &text) { QTest::keyClicks(edit(), text); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<SpellChecker> m_speller;
    std::unique_ptr<EmojiBook> m_book;
    std::unique_ptr<Composer> m_composer;
};

void ComposerTest::init()
{
    m_composer.reset();
    m_theme = std::make_unique<Theme>();
    m_speller = std::make_unique<SpellChecker>();
    m_book = std::make_unique<EmojiBook>();
    m_composer = std::make_unique<Composer>(*m_theme, *m_speller, *m_book);
    m_composer->resize(500, m_composer->sizeHint().height());
    m_composer->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_composer.get()));
    m_composer->setFocusToText();
}

void ComposerTest::enterSendsAndTextStaysUntilAccepted()
{
    QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    type(QStringLiteral("hello"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(sent.size(), 1);
    QCOMPARE(contentOf(sent), wire::Drafty(QStringLiteral("hello")));
    QCOMPARE(m_composer->text(), QStringLiteral("hello"));
    m_composer->accept();
    QVERIFY(m_composer->text().isEmpty());
    QVERIFY(!sendButton()->isEnabled());
}

void ComposerTest::shiftEnterBreaksTheLine()
{
    QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    type(QStringLiteral("a"));
    QTest::keyClick(edit(), Qt::Key_Return, Qt::ShiftModifier);
    type(QStringLiteral("b"));
    QCOMPARE(sent.size(), 0);
    QCOMPARE(m_composer->text(), QStringLiteral("a\nb"));
}

void ComposerTest::nothingIsSentFromBlanks()
{
    QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    QTest::keyClick(edit(), Qt::Key_Return);
    type(QStringLiteral("  "));
    QTest::keyClick(edit(), Qt::Key_Return);
    QVERIFY(!sendButton()->isEnabled());
    QVERIFY(sendButton()->isVisible());
    QCOMPARE(sent.size(), 0);
}

void ComposerTest::enterBelongsToTheInputMethodWhileItComposes()
{
    QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    QInputMethodEvent composing(QStringLiteral("に"), {});
    QApplication::sendEvent(edit(), &composing);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(sent.size(), 0);
    QInputMethodEvent done;
    done.setCommitString(QStringLiteral("日"));
    QApplication::sendEvent(edit(), &done);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(sent.size(), 1);
    QCOMPARE(contentOf(sent), wire::Drafty(QStringLiteral("日")));
}

void ComposerTest::nothingIsSentTwice()
{
    QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    type(QStringLiteral("once"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QTest::keyClick(edit(), Qt::Key_Return);
    QTest::mouseClick(sendButton(), Qt::LeftButton);
    QCOMPARE(sent.size(), 1);
}

void ComposerTest::refusedTextMayBeSentAgain()
{
    QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    type(QStringLiteral("again"));
    QTest::keyClick(edit(), Qt::Key_Return);
    m_composer->refuse();
    QCOMPARE(m_composer->text(), QStringLiteral("again"));
    QTest::mouseClick(sendButton(), Qt::LeftButton);
    QCOMPARE(sent.size(), 2);
}

void ComposerTest::whatIsTypedWhileWaitingStays()
{
    type(QStringLiteral("first"));
    QTest::keyClick(edit(), Qt::Key_Return);
    type(QStringLiteral(" second"));
    m_composer->accept();
    QCOMPARE(m_composer->text(), QStringLiteral(" second"));
    QVERIFY(sendButton()->isEnabled());
}

void ComposerTest::growsToEightLinesThenScrolls()
{
    const int one = m_composer->sizeHint().height();
    QCOMPARE(one, 44);
    const int line = edit()->fontMetrics().lineSpacing();
    for (int lines = 2; lines <= 12; ++lines) {
        QTest::keyClick(edit(), Qt::Key_Return, Qt::ShiftModifier);
        QTRY_COMPARE(m_composer->sizeHint().height(), one + (qMin(lines, 8) - 1) * line);
        m_composer->resize(m_composer->sizeHint());
        QCOMPARE(edit()->verticalScrollBar()->value() > 0, lines > 8);
    }
    QVERIFY(m_composer->sizeHint().height() <= 184);
}

void ComposerTest::draftIsToldOnceAfterTheLastKey()
{
    QSignalSpy settled(m_composer.get(), &Composer::settled);
    QSignalSpy edited(m_composer.get(), &Composer::edited);
    type(QStringLiteral("abc"));
    QCOMPARE(edited.size(), 3);
    QCOMPARE(settled.size(), 0);
    QTRY_COMPARE(settled.size(), 1);
    QCOMPARE(settled.first().first().value<Draft>(), (Draft{QStringLiteral("abc")}));
    type(QStringLiteral("d"));
    m_composer->flush();
    QCOMPARE(settled.size(), 2);
    m_composer->flush();
    QCOMPARE(settled.size(), 2);
}

void ComposerTest::draftKeepsCaretAndTarget()
{
    QSignalSpy settled(m_composer.get(), &Composer::settled);
    m_composer->restore({QStringLiteral("draft"), 2, 7, 0}, {});
    QCOMPARE(edit()->textCursor().position(), 2);
    QTest::keyClick(edit(), Qt::Key_Right);
    m_composer->flush();
    QCOMPARE(settled.size(), 1);
    QCOMPARE(settled.first().first().value<Draft>(), (Draft{QStringLiteral("draft"), 3, 7, 0}));
}

void ComposerTest::whatIsBeingSentIsNoDraft()
{
    QSignalSpy settled(m_composer.get(), &Composer::settled);
    type(QStringLiteral("sent"));
    QTest::keyClick(edit(), Qt::Key_Return);
    type(QStringLiteral("!"));
    QCOMPARE(settled.size(), 0);
    m_composer->accept();
    QCOMPARE(settled.size(), 1);
    QCOMPARE(settled.first().first().value<Draft>().text, QStringLiteral("!"));
}

void ComposerTest::restoringIsNoTyping()
{
    QSignalSpy edited(m_composer.get(), &Composer::edited);
    m_composer->restore({QStringLiteral("draft")}, {});
    QCOMPARE(edited.size(), 0);
    type(QStringLiteral("!"));
    QCOMPARE(m_composer->text(), QStringLiteral("draft!"));
}

void ComposerTest::undoBringsBackWhatWasTyped()
{
    type(QStringLiteral("text"));
    QTest::keyClick(edit(), Qt::Key_Return);
    m_composer->accept();
    QTest::keyClick(edit(), Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(m_composer->text(), QStringLiteral("text"));
}

void ComposerTest::refusalTakesTheFieldsPlace()
{
    m_composer->setRefusal(QStringLiteral("Read only"));
    QVERIFY(!edit()->isVisible());
    QVERIFY(!sendButton()->isVisible());
    QCOMPARE(m_composer->findChild<QLabel *>(QStringLiteral("composerRefusal"))->text(),
        QStringLiteral("Read only"));
    m_composer->setRefusal({});
    QVERIFY(edit()->isVisible());
}

void ComposerTest::targetIsPartOfTheDraftUntilSent()
{
    QSignalSpy settled(m_composer.get(), &Composer::settled);
    auto *strip = new QLabel(QStringLiteral("Reply to Ann"));
    strip->setFixedHeight(44);
    const int height = m_composer->sizeHint().height();
    m_composer->setTarget(7, 0, strip);
    QCOMPARE(m_composer->sizeHint().height(), height + 44);
    QCOMPARE(settled.last().first().value<Draft>(), (Draft{QString(), -1, 7, 0}));
    type(QStringLiteral("yes"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(m_composer->draft().replyTo, 7);
    m_composer->accept();
    QVERIFY(settled.last().first().value<Draft>().isEmpty());
    QTRY_COMPARE(m_composer->sizeHint().height(), height);
}

void ComposerTest::escapeDropsTheTargetFirst()
{
    QSignalSpy cancelled(m_composer.get(), &Composer::targetCancelled);
    QSignalSpy escaped(m_composer.get(), &Composer::escapePressed);
    m_composer->setTarget(7, 0, new QLabel);
    QTest::keyClick(edit(), Qt::Key_Escape);
    QCOMPARE(cancelled.size(), 1);
    QCOMPARE(escaped.size(), 0);
    QVERIFY(!m_composer->hasTarget());
    QTest::keyClick(edit(), Qt::Key_Escape);
    QCOMPARE(cancelled.size(), 1);
    QCOMPARE(escaped.size(), 1);
}

void ComposerTest::arrowsAskForOtherMessages()
{
    QSignalSpy edits(m_composer.get(), &Composer::editLastRequested);
    QSignalSpy moves(m_composer.get(), &Composer::replyTargetMoved);
    QTest::keyClick(edit(), Qt::Key_Up, Qt::ControlModifier);
    QTest::keyClick(edit(), Qt::Key_Down, Qt::ControlModifier);
    QCOMPARE(moves.size(), 2);
    QCOMPARE(moves.first().first().toInt(), -1);
    QCOMPARE(moves.last().first().toInt(), 1);
    QTest::keyClick(edit(), Qt::Key_Up);
    QCOMPARE(edits.size(), 1);
    type(QStringLiteral("x"));
    QTest::keyClick(edit(), Qt::Key_Up);
    QCOMPARE(edits.size(), 1);
}

void ComposerTest::buttonsComeWithWhatTheyDo()
{
    auto *attach = m_composer->findChild<QAbstractButton *>(QStringLiteral("attachButton"));
    auto *record = m_composer->findChild<QAbstractButton *>(QStringLiteral("recordButton"));
    QVERIFY(!attach->isVisible());
    QVERIFY(!record->isVisible());
    QSignalSpy attached(m_composer.get(), &Composer::attachRequested);
    QSignalSpy recorded(m_composer.get(), &Composer::recordRequested);
    QSignalSpy released(m_composer.get(), &Composer::recordReleased);
    m_composer->setAttaching(true);
    m_composer->setRecording(true);
    QTest::keyClick(edit(), Qt::Key_O, Qt::ControlModifier);
    QCOMPARE(attached.takeFirst().at(0).value<AttachKind>(), AttachKind::Files);
    QTest::mouseClick(attach, Qt::LeftButton);
    auto *menu = m_composer->findChild<QMenu *>(QStringLiteral("attachMenu"));
    QVERIFY(menu->isVisible());
    for (const AttachKind kind :
        {AttachKind::Pictures, AttachKind::Files, AttachKind::Contact, AttachKind::Poll}) {
        menu->actions().at(int(kind))->trigger();
        QCOMPARE(attached.takeFirst().at(0).value<AttachKind>(), kind);
    }
    menu->close();
    QVERIFY(record->isVisible());
    QVERIFY(!sendButton()->isVisible());
    QTest::mousePress(record, Qt::LeftButton);
    QCOMPARE(recorded.size(), 1);
    QCOMPARE(released.size(), 0);
    QTest::mouseRelease(record, Qt::LeftButton);
    QCOMPARE(released.size(), 1);
    type(QStringLiteral("x"));
    QVERIFY(!record->isVisible());
    QVERIFY(sendButton()->isVisible());
}

void ComposerTest::filesAndPicturesArePastedOnceTheyAreTaken()
{
    QSignalSpy files(m_composer.get(), &Composer::filesPasted);
    QSignalSpy images(m_composer.get(), &Composer::imagePasted);
    const QUrl file = QUrl::fromLocalFile(QStringLiteral("/tmp/a.txt"));
    auto pasteFile = [&] {
        auto *data = new QMimeData;
        data->setUrls({file});
        QApplication::clipboard()->setMimeData(data);
        QTest::keyClick(edit(), Qt::Key_V, Qt::ControlModifier);
    };
    pasteFile();
    QCOMPARE(files.size(), 0);
    m_composer->restore({}, {});
    m_composer->setAttaching(true);
    pasteFile();
    QCOMPARE(files.size(), 1);
    QCOMPARE(files.first().first().value<QList<QUrl>>(), QList<QUrl>{file});
    QImage image(2, 3, QImage::Format_RGB32);
    image.fill(Qt::red);
    QApplication::clipboard()->setImage(image);
    QTest::keyClick(edit(), Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(images.size(), 1);
    QCOMPARE(images.first().first().value<QImage>().size(), QSize(2, 3));
    QVERIFY(m_composer->text().isEmpty());
}

void ComposerTest::panelTakesTheTextsPlace()
{
    auto *panel = new QLabel(QStringLiteral("Recording"));
    m_composer->setPanel(panel);
    QVERIFY(panel->isVisible());
    QVERIFY(!edit()->isVisible());
    m_composer->setPanel(nullptr);
    QVERIFY(edit()->isVisible());
}

void ComposerTest::draftKeepsMentions()
{
    const wire::Drafty ann
        = wire::Drafty::fromEntity(QStringLiteral("@Ann"), wire::Mention{QStringLiteral("usrAnn")});
    Draft draft{QStringLiteral("hi @Ann *now*")};
    draft.fixed = {{3, ann}};
    m_composer->restore(draft, {});
    QCOMPARE(m_composer->draft(), draft);
    QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(contentOf(sent),
        wire::Drafty(QStringLiteral("hi ")) + ann + wire::Drafty(QStringLiteral(" "))
            + wire::Drafty(QStringLiteral("now")).wrapped(wire::SpanKind::Bold));
}

void ComposerTest::restOfADraftKeepsItsMentions()
{
    const wire::Drafty ann
        = wire::Drafty::fromEntity(QStringLiteral("@Ann"), wire::Mention{QStringLiteral("usrAnn")});
    Draft draft{QStringLiteral("@Ann\nhi @Ann"), -1, 7, 0};
    draft.fixed = {{0, ann}, {8, ann}};
    Draft rest{QStringLiteral("hi @Ann")};
    rest.fixed = {{3, ann}};
    QCOMPARE(draftAfterSending(draft, QStringLiteral("@Ann")), rest);
    QCOMPARE(draftAfterSending(draft, QStringLiteral("other")), draft);
}

void ComposerTest::emojiGoesWhereTheCaretIs()
{
    type(QStringLiteral("ab"));
    QTest::keyClick(edit(), Qt::Key_Left);
    QTest::keyClick(edit(), Qt::Key_J, Qt::ControlModifier | Qt::ShiftModifier);
    auto *picker = m_composer->findChild<EmojiPicker *>();
    QVERIFY(picker && picker->isVisible());
    QTest::keyClicks(picker->focusWidget(), QStringLiteral("turtle"));
    QTest::keyClick(picker->focusWidget(), Qt::Key_Return);
    QCOMPARE(m_composer->text(), QStringLiteral("a🐢b"));
}

void ComposerTest::limitIsShownBeforeItIsHit()
{
    auto *room = m_composer->findChild<QLabel *>(QStringLiteral("composerRoom"));
    QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    m_composer->setSizeLimit(4096);
    m_composer->restore({QStringLiteral("short")}, {});
    QVERIFY(!room->isVisible());
    m_composer->restore({QString(2900, u'x')}, {});
    QVERIFY(room->isVisible());
    QVERIFY(sendButton()->isEnabled());
    m_composer->restore({QString(1600, u'\u20ac')}, {}); // three bytes each
    QVERIFY(room->isVisible());
    QVERIFY(!sendButton()->isEnabled());
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(sent.size(), 0);
    m_composer->restore({QStringLiteral("short")}, {});
    QVERIFY(!room->isVisible());
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(sent.size(), 1);
}

void ComposerTest::refusalMayHaveAWayOut()
{
    QSignalSpy helped(m_composer.get(), &Composer::refusalHelpRequested);
    auto *help = m_composer->findChild<QAbstractButton *>(QStringLiteral("composerHelp"));
    m_composer->setRefusal(QStringLiteral("Read only"));
    QVERIFY(!help->isVisible());
    m_composer->setRefusal(QStringLiteral("Read only"), QStringLiteral("Write"));
    QVERIFY(help->isVisible());
    QTest::mouseClick(help, Qt::LeftButton);
    QCOMPARE(helped.size(), 1);
    m_composer->setRefusal({});
    QVERIFY(!help->isVisible());
}

void ComposerTest::previewIsShownAndCanBeDropped()
{
    LinkPreviews &previews = m_composer->previews();
    previews.setEnabled(true);
    QSignalSpy requested(&previews, &LinkPreviews::requested);
    const QString url = QStringLiteral("https://example.org/a");
    type(url + QStringLiteral(" now"));
    QTRY_COMPARE(requested.size(), 1);
    wire::LinkPreview found;
    found.title = QStringLiteral("A page");
    previews.take(url, found);
    auto *strip = m_composer->findChild<LinkPreviewStrip *>();
    QVERIFY(strip && strip->isVisible());
    QSignalSpy sent(m_composer.get(), &Composer::sendRequested);
    QTest::keyClick(edit(), Qt::Key_Return);
    const wire::Drafty content = contentOf(sent);
    QCOMPARE(content.as<wire::Link>(content.spans().first())->preview, found);
    m_composer->refuse();
    QTest::mouseClick(strip->findChild<QAbstractButton *>(), Qt::LeftButton);
    QTRY_VERIFY(!m_composer->findChild<LinkPreviewStrip *>());
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(contentOf(sent).as<wire::Link>(contentOf(sent).spans().first())->preview,
        wire::LinkPreview());
}

CONFAB_GATED_MAIN(ComposerTest)
#include "tst_composer.moc"
