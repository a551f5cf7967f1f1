#include "widgets/conversation/composer.h"
#include "widgets/conversation/composeredit.h"
#include "widgets/conversation/sendbutton.h"

#include <QApplication>
#include <QInputMethodEvent>
#include <QLabel>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

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

private:
    ComposerEdit *edit() const { return m_composer->findChild<ComposerEdit *>(); }
    SendButton *sendButton() const { return m_composer->findChild<SendButton *>(); }
    void type(const QString &text) { QTest::keyClicks(edit(), text); }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<Composer> m_composer;
};

void ComposerTest::init()
{
    m_composer.reset();
    m_theme = std::make_unique<Theme>();
    m_composer = std::make_unique<Composer>(*m_theme);
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
    QCOMPARE(sent.first().first().toString(), QStringLiteral("hello"));
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
    QCOMPARE(sent.first().first().toString(), QStringLiteral("日"));
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
        m_composer->resize(m_composer->sizeHint());
        QCOMPARE(m_composer->height(), one + (qMin(lines, 8) - 1) * line);
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

QTEST_MAIN(ComposerTest)
#include "tst_composer.moc"
