#include "conversationfixture.h"
#include "stallgate.h"
#include "widgets/conversation/composer.h"
#include "widgets/conversation/composeredit.h"
#include "widgets/conversation/conversationpage.h"
#include "widgets/conversation/messageview.h"
#include "widgets/media/mediasender.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QDialog>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace confab;

class ConversationPageTest : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void showsTipsWithoutATopic();
    void tipsThatNobodySeesAreNotMade();
    void headerTellsTitleAndState();
    void textLeavesOnlyWhenQueued();
    void pageKeysScrollTheMessagesWhileWriting();
    void marksThatWereTypedBecomeStyles();
    void picturesAnswerWhatWordsWould();
    void draftsStayWithTheirTopics();
    void textQueuedAfterLeavingClearsThatDraft();
    void emptyChatSaysWhatToDo();
    void readersAreToldWhyTheyCannotWrite();
    void leavingAsksFirst();
    void removedTopicIsNoLongerShown();
    void typingOverTheMessagesLandsInTheComposer();
    void everyControlHasANameForScreenReaders();

private:
    ComposerEdit *edit() const { return m_page->findChild<ComposerEdit *>(); }
    QString label(const char *name) const
    {
        return m_page->findChild<QLabel *>(QString::fromLatin1(name))->text();
    }

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ConversationFixture> m_chat;
    std::unique_ptr<ConversationPage> m_page;
};

void ConversationPageTest::init()
{
    m_page.reset();
    m_theme = std::make_unique<Theme>();
    m_chat = std::make_unique<ConversationFixture>();
    m_page = std::make_unique<ConversationPage>(*m_theme);
    m_page->resize(700, 600);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
}

void ConversationPageTest::showsTipsWithoutATopic()
{
    auto *tips = m_page->findChild<QWidget *>(QStringLiteral("keyTips"));
    auto *header = m_page->findChild<QWidget *>(QStringLiteral("conversationHeader"));
    QVERIFY(tips->isVisible());
    QVERIFY(!header->isVisible());
    QTRY_VERIFY(tips->findChild<QLabel *>(QStringLiteral("keyTipsHeading")));
    QTRY_VERIFY(tips->findChild<QLabel *>(QStringLiteral("keyTipsHeading"))->isVisible());
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    QVERIFY(!tips->isVisible());
    QVERIFY(header->isVisible());
    m_page->setTopic(nullptr, nullptr);
    QVERIFY(tips->isVisible());
}

void ConversationPageTest::tipsThatNobodySeesAreNotMade()
{
    m_page = std::make_unique<ConversationPage>(*m_theme);
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    m_page->grab();
    QCoreApplication::processEvents();
    const auto heading
        = [this] { return m_page->findChild<QLabel *>(QStringLiteral("keyTipsHeading")); };
    QVERIFY(!heading());
    m_page->setTopic(nullptr, nullptr);
    QTRY_VERIFY(heading() && heading()->isVisible());
}

void ConversationPageTest::headerTellsTitleAndState()
{
    Topic *peer = m_chat->addTopic(QStringLiteral("usrAnn"), QStringLiteral("Ann"));
    m_page->setTopic(&m_chat->topics, peer);
    QCOMPARE(label("conversationTitle"), QStringLiteral("Ann"));
    peer->setOnline(true);
    QCOMPARE(label("conversationSubtitle"), QStringLiteral("Online"));
    peer->setTyping(QStringLiteral("usrAnn"), true);
    QCOMPARE(label("conversationSubtitle"), QStringLiteral("typing…"));
    Member me;
    me.user = QStringLiteral("usrMe");
    Member bob;
    bob.user = QStringLiteral("usrBob");
    bob.online = true;
    m_chat->topic->setMembers({me, bob});
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    QCOMPARE(label("conversationSubtitle"), QStringLiteral("2 members, 1 online"));
}

void ConversationPageTest::textLeavesOnlyWhenQueued()
{
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    QSignalSpy sent(m_page.get(), &ConversationPage::sendRequested);
    QTest::keyClicks(edit(), QStringLiteral("hello"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(sent.size(), 1);
    QCOMPARE(sent.first().at(0).toString(), QStringLiteral("grpTeam"));
    QCOMPARE(edit()->toPlainText(), QStringLiteral("hello"));
    m_page->sendRefused(QStringLiteral("grpTeam"));
    QTest::keyClick(edit(), Qt::Key_Return);
    QCOMPARE(sent.size(), 2);
    m_page->messageQueued(QStringLiteral("grpTeam"), QStringLiteral("of another message"));
    QVERIFY(!edit()->toPlainText().isEmpty());
    const auto message = sent.last().at(1).value<OutgoingMessage>();
    m_page->messageQueued(QStringLiteral("grpTeam"), message.head.cid());
    QVERIFY(edit()->toPlainText().isEmpty());
}

void ConversationPageTest::pageKeysScrollTheMessagesWhileWriting()
{
    m_chat->fill(1, 100);
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    m_page->resize(600, 500);
    m_page->show();
    auto *view = m_page->findChild<MessageView *>();
    view->placedRows();
    QTest::keyClicks(edit(), QStringLiteral("hello"));
    QTest::keyClick(edit(), Qt::Key_PageUp);
    QVERIFY(!view->isPinned());
    QTest::keyClick(edit(), Qt::Key_PageDown);
    QVERIFY(view->isPinned());
    edit()->setPlainText(QStringLiteral("line\n").repeated(100)); // has pages of its own
    QTest::keyClick(edit(), Qt::Key_PageUp);
    QVERIFY(view->isPinned());
}

void ConversationPageTest::marksThatWereTypedBecomeStyles()
{
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    QSignalSpy sent(m_page.get(), &ConversationPage::sendRequested);
    QTest::keyClicks(edit(), QStringLiteral("see *this* "));
    QTest::keyClick(edit(), Qt::Key_Return);
    const auto message = sent.first().at(1).value<OutgoingMessage>();
    QCOMPARE(message.content.text(), QStringLiteral("see this"));
    QCOMPARE(message.content.spans().size(), 1);
    QCOMPARE(message.content.spans().first().kind, wire::SpanKind::Bold);
}

void ConversationPageTest::picturesAnswerWhatWordsWould()
{
    m_chat->fill(1, 3);
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    QSignalSpy sent(m_page.get(), &ConversationPage::sendRequested);
    auto *sender = m_page->findChild<MediaSender *>();
    auto *composer = m_page->findChild<Composer *>();
    wire::Image image;
    image.source.ref = Upload::placeholderOf(QStringLiteral("one"));
    OutgoingMessage picture(wire::Drafty::fromEntity({}, image));
    Upload upload;
    upload.id = QStringLiteral("one");
    picture.uploads = {upload};
    composer->setTarget(2, 0, new QWidget);
    emit sender->sendRequested(m_chat->topic->name(), picture);
    const auto answer = sent[0][1].value<OutgoingMessage>();
    QCOMPARE(answer.head.replyTo(), 2);
    QVERIFY(answer.content.has(wire::SpanKind::Quote) && answer.content.has(wire::SpanKind::Image));
    QCOMPARE(answer.uploads, picture.uploads);
    QVERIFY(!composer->hasTarget());
    emit sender->sendRequested(m_chat->topic->name(), picture); // only once
    QCOMPARE(sent[1][1].value<OutgoingMessage>(), picture);
}

void ConversationPageTest::draftsStayWithTheirTopics()
{
    connect(m_page.get(), &ConversationPage::draftChanged, m_chat->topic,
        [this](const TopicName &name, const Draft &draft) { m_chat->topics.find(name)->setDraft(draft); });
    Topic *other = m_chat->addTopic(QStringLiteral("grpOther"), QStringLiteral("Other"));
    other->setDraft({QStringLiteral("kept")});
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    QTest::keyClicks(edit(), QStringLiteral("half a"));
    QTest::keyClick(edit(), Qt::Key_Home);
    m_page->setTopic(&m_chat->topics, other);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("kept"));
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("half a"));
    QCOMPARE(edit()->textCursor().position(), 0);
}

void ConversationPageTest::textQueuedAfterLeavingClearsThatDraft()
{
    connect(m_page.get(), &ConversationPage::draftChanged, m_chat->topic,
        [this](const TopicName &name, const Draft &draft) { m_chat->topics.find(name)->setDraft(draft); });
    Topic *other = m_chat->addTopic(QStringLiteral("grpOther"), QStringLiteral("Other"));
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    QSignalSpy sent(m_page.get(), &ConversationPage::sendRequested);
    QTest::keyClicks(edit(), QStringLiteral("sent"));
    QTest::keyClick(edit(), Qt::Key_Return);
    const QString cid = sent.first().at(1).value<OutgoingMessage>().head.cid();
    m_page->setTopic(&m_chat->topics, other);
    QCOMPARE(m_chat->topic->draft().text, QStringLiteral("sent"));
    m_page->messageQueued(m_chat->topic->name(), cid);
    QVERIFY(m_chat->topic->draft().isEmpty());
}

void ConversationPageTest::emptyChatSaysWhatToDo()
{
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    QCOMPARE(label("emptyNote"), QStringLiteral("No messages yet. Write the first one below."));
    m_chat->setSeq(10, 10);
    m_page->setTopic(nullptr, nullptr);
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    QCOMPARE(label("emptyNote"), QStringLiteral("Loading messages…"));
    m_chat->fill(1, 2);
    QTRY_VERIFY(!m_page->findChild<QLabel *>(QStringLiteral("emptyNote"))->isVisible());
}

void ConversationPageTest::readersAreToldWhyTheyCannotWrite()
{
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    QVERIFY(edit()->isVisible());
    TopicInfo info = m_chat->topic->info();
    info.acs = wire::Acs{wire::Access::Read, wire::Access::Read};
    m_chat->topic->setInfo(info);
    QVERIFY(!edit()->isVisible());
    QVERIFY(!label("composerRefusal").isEmpty());
}

void ConversationPageTest::leavingAsksFirst()
{
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    QSignalSpy left(m_page.get(), &ConversationPage::leaveRequested);
    auto *leave = m_page->findChild<QAction *>(QStringLiteral("leaveAction"));
    leave->trigger();
    auto *dialog = m_page->findChild<QDialog *>(QStringLiteral("leaveDialog"));
    QVERIFY(dialog);
    dialog->findChild<QPushButton *>(QStringLiteral("confirmSafeButton"))->click();
    QCOMPARE(left.size(), 0);
    leave->trigger();
    const auto dialogs = m_page->findChildren<QDialog *>(QStringLiteral("leaveDialog"));
    dialogs.last()->findChild<QPushButton *>(QStringLiteral("confirmDestructiveButton"))->click();
    QCOMPARE(left.size(), 1);
    QCOMPARE(left.first().first().toString(), QStringLiteral("grpTeam"));
}

void ConversationPageTest::removedTopicIsNoLongerShown()
{
    m_chat->fill(1, 5);
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    m_chat->topics.remove(QStringLiteral("grpTeam"));
    QVERIFY(!m_page->topic());
    QVERIFY(m_page->findChild<QWidget *>(QStringLiteral("keyTips"))->isVisible());
}

void ConversationPageTest::typingOverTheMessagesLandsInTheComposer()
{
    m_chat->fill(1, 5);
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    auto *view = m_page->findChild<MessageView *>();
    view->setFocus();
    QTest::keyClick(view, Qt::Key_H);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("h"));
}

void ConversationPageTest::everyControlHasANameForScreenReaders()
{
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    m_page->setBackVisible(true);
    const auto buttons = m_page->findChildren<QAbstractButton *>();
    QVERIFY(buttons.size() >= 4);
    for (const QAbstractButton *button : buttons) {
        QVERIFY2(!button->objectName().isEmpty(), button->metaObject()->className());
        QVERIFY2(!button->accessibleName().isEmpty(), qPrintable(button->objectName()));
    }
    QCOMPARE(edit()->accessibleName(), QStringLiteral("Message Team"));
    QVERIFY(!m_page->findChild<MessageView *>()->accessibleName().isEmpty());
}

CONFAB_GATED_MAIN(ConversationPageTest)
#include "tst_conversationpage.moc"
