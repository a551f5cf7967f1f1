#include "conversationfixture.h"
#include "stallgate.h"
#include "widgets/conversation/chatsdialog.h"
#include "widgets/conversation/composer.h"
#include "widgets/conversation/conversationpage.h"
#include "widgets/conversation/messagecommands.h"
#include "widgets/conversation/messageview.h"
#include "widgets/conversation/pinstrip.h"
#include "widgets/conversation/reactionpopup.h"
#include "widgets/conversation/targetstrip.h"
#include "wire/drafty/attachments.h"
#include "wire/drafty/markup.h"
#include "wire/drafty/poll.h"
#include "wire/drafty/preview.h"
#include "wire/drafty/quoting.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace confab;

namespace {

const QString kHeart = QStringLiteral("\u2764\uFE0F");
const QString kTeam = QStringLiteral("grpTeam");

}

/// What is done with messages, from the keys and buttons to what is asked of the service.
class MessageCommandsTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();

    void aReplyQuotesItsOriginal();
    void escapeEndsAReplyAndKeepsTheText();
    void aReplyTargetComesBackWithItsDraft();
    void anEditReplacesTheText();
    void whatWasWrittenComesBackAfterAnEdit();
    void messagesWithMoreThanWordsAreNotEdited();
    void reactionsToggle();
    void aReactionIsTakenBackByAnEditWithoutTheRightToDelete();
    void chipsAreShownAndPressed();
    void deletingForAllIsAskedWhereItIsPossible();
    void aDeletionCanBeUndone();
    void forwardingKeepsTheAuthor();
    void pinsAreShownAndTakenAway();
    void aLinkLeadsToTheMessage();
    void buttonsAnswerAsTheOfficialClientsDo();
    void aPollIsCountedAnsweredAndEnded();
    void aPollIsMadeByKeysAlone();
    void contactsAreSentAsCards();
    void whatIsStuckIsWrittenAgain();

private:
    QPlainTextEdit *edit() const
    {
        return m_page->findChild<QPlainTextEdit *>(QStringLiteral("composerEdit"));
    }
    TargetStrip *strip() const { return m_page->findChild<TargetStrip *>(); }
    void perform(MessageAction action, Seq seq)
    {
        auto *view = m_page->findChild<MessageView *>();
        view->perform(action, m_chat->topic->timeline().rowOfSeq(seq));
    }
    void setRights(wire::AccessMode mode)
    {
        TopicInfo info = m_chat->topic->info();
        info.acs = wire::Acs{mode, mode};
        m_chat->topic->setInfo(info);
    }
    void pin(const QList<Seq> &pins)
    {
        TopicInfo info = m_chat->topic->info();
        info.pins = pins;
        m_chat->topic->setInfo(info);
    }
    QDialog *openPoll()
    {
        emit m_page->composer().attachRequested(AttachKind::Poll);
        // A closed one deletes itself a moment later.
        const auto dialogs = m_page->findChildren<QDialog *>(QStringLiteral("pollDialog"));
        return QTest::qWaitForWindowActive(dialogs.last()) ? dialogs.last() : nullptr;
    }
    void addOwn(Seq seq, const QString &text)
    {
        Message message
            = ConversationFixture::message(seq, QStringLiteral("usrMe"), text, seq * 10);
        message.content = wire::parseMarkup(text).toContent();
        m_chat->topic->timeline().insert({message});
    }
    OutgoingMessage lastSent() const { return m_sent->last().at(1).value<OutgoingMessage>(); }
    void type(const QString &text)
    {
        QTest::keyClicks(edit(), text);
        QTest::keyClick(edit(), Qt::Key_Return);
    }

    static constexpr auto kMember = wire::Access::Join | wire::Access::Read | wire::Access::Write;

    std::unique_ptr<Theme> m_theme;
    std::unique_ptr<ConversationFixture> m_chat;
    std::unique_ptr<ConversationPage> m_page;
    std::unique_ptr<QSignalSpy> m_sent;
};

void MessageCommandsTest::initTestCase()
{
    m_theme = std::make_unique<Theme>();
}

void MessageCommandsTest::init()
{
    m_chat = std::make_unique<ConversationFixture>();
    for (Seq seq = 1; seq <= 3; ++seq) {
        Message message = ConversationFixture::message(
            seq, QStringLiteral("usrAnn"), QStringLiteral("words %1").arg(seq), seq);
        message.content = wire::JsonBlob::fromString(message.text);
        m_chat->topic->timeline().insert({message});
    }
    m_chat->setSeq(3, 3);
    setRights(kMember);
    m_page = std::make_unique<ConversationPage>(*m_theme);
    m_page->resize(600, 500);
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    m_page->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    m_sent = std::make_unique<QSignalSpy>(m_page.get(), &ConversationPage::sendRequested);
    connect(m_page.get(), &ConversationPage::draftChanged, m_chat->topic,
        [this](const TopicName &name, const Draft &draft) {
            if (Topic *topic = m_chat->topics.find(name))
                topic->setDraft(draft);
        });
}

void MessageCommandsTest::cleanup()
{
    m_sent.reset();
    m_page.reset();
    m_chat.reset();
}

void MessageCommandsTest::aReplyQuotesItsOriginal()
{
    perform(MessageAction::Reply, 2);
    QVERIFY(strip());
    QCOMPARE(strip()->heading(), QStringLiteral("Reply to Ann"));
    QCOMPARE(strip()->line(), QStringLiteral("words 2"));
    QVERIFY(edit()->hasFocus());
    type(QStringLiteral("yes *really*"));
    const OutgoingMessage sent = lastSent();
    QCOMPARE(sent.head.replyTo(), 2);
    QVERIFY(sent.content.has(wire::SpanKind::Quote));
    QCOMPARE(wire::withoutQuotes(sent.content).trimmed(),
        wire::parseMarkup(QStringLiteral("yes *really*")));
    QVERIFY(sent.content.text().contains(QStringLiteral("words 2")));
    m_page->messageQueued(kTeam, sent.head.cid());
    QVERIFY(!strip());
    QVERIFY(m_chat->topic->draft().isEmpty());
}

void MessageCommandsTest::escapeEndsAReplyAndKeepsTheText()
{
    perform(MessageAction::Reply, 2);
    QTest::keyClicks(edit(), QStringLiteral("half"));
    QTest::keyClick(edit(), Qt::Key_Escape);
    QVERIFY(!strip());
    QCOMPARE(edit()->toPlainText(), QStringLiteral("half"));
    type(QString());
    QCOMPARE(lastSent().head.replyTo(), 0);
}

void MessageCommandsTest::aReplyTargetComesBackWithItsDraft()
{
    Topic *other = m_chat->addTopic(QStringLiteral("grpOther"), QStringLiteral("Other"));
    perform(MessageAction::Reply, 2);
    m_page->setTopic(&m_chat->topics, other);
    QVERIFY(!strip());
    m_page->setTopic(&m_chat->topics, m_chat->topic);
    QVERIFY(strip());
    QCOMPARE(strip()->line(), QStringLiteral("words 2"));
    type(QStringLiteral("late"));
    QCOMPARE(lastSent().head.replyTo(), 2);
}

void MessageCommandsTest::anEditReplacesTheText()
{
    addOwn(4, QStringLiteral("a *bold* word"));
    QTest::keyClick(edit(), Qt::Key_Up); // the last own one
    QCOMPARE(strip()->heading(), QStringLiteral("Edit message"));
    QCOMPARE(edit()->toPlainText(), QStringLiteral("a *bold* word"));
    type(QStringLiteral("!"));
    const OutgoingMessage sent = lastSent();
    QCOMPARE(sent.head.replaces(), 4);
    QCOMPARE(sent.content, wire::parseMarkup(QStringLiteral("a *bold* word!")));
    m_page->messageQueued(kTeam, sent.head.cid());
    QVERIFY(edit()->toPlainText().isEmpty());
    QVERIFY(!strip());
}

void MessageCommandsTest::whatWasWrittenComesBackAfterAnEdit()
{
    addOwn(4, QStringLiteral("own"));
    QTest::keyClicks(edit(), QStringLiteral("begun"));
    perform(MessageAction::Edit, 4);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("own"));
    QTest::keyClick(edit(), Qt::Key_Escape);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("begun"));
    QVERIFY(!strip());
    perform(MessageAction::Edit, 4);
    type(QStringLiteral(" words"));
    m_page->messageQueued(kTeam, lastSent().head.cid());
    QCOMPARE(edit()->toPlainText(), QStringLiteral("begun"));
    type(QString());
    QCOMPARE(lastSent().head.replaces(), 0);
}

void MessageCommandsTest::messagesWithMoreThanWordsAreNotEdited()
{
    Message reply
        = ConversationFixture::message(4, QStringLiteral("usrMe"), QStringLiteral("x"), 40);
    reply.content = (wire::replyQuote(QStringLiteral("Ann"), QStringLiteral("usrAnn"),
                         wire::Drafty(QStringLiteral("words")))
        + wire::Drafty(QStringLiteral("mine")))
                        .toContent();
    m_chat->topic->timeline().insert({reply});
    const auto &rows = m_page->findChild<MessageView *>()->rows();
    QVERIFY(!rows.actionsAt(3).testFlag(MessageAction::Edit));
    QVERIFY(!rows.actionsAt(0).testFlag(MessageAction::Edit)); // Ann's
    addOwn(5, QStringLiteral("own"));
    QVERIFY(rows.actionsAt(4).testFlag(MessageAction::Edit));
    setRights(wire::Access::Read);
    QVERIFY(!rows.actionsAt(4).testFlag(MessageAction::Edit));
    QVERIFY(!rows.actionsAt(4).testFlag(MessageAction::Reply));
}

void MessageCommandsTest::reactionsToggle()
{
    setRights(kMember | wire::Access::Delete);
    perform(MessageAction::React, 2);
    auto *popup = m_page->findChild<ReactionPopup *>();
    QVERIFY(popup);
    auto *heart = popup->findChild<QAbstractButton *>(QStringLiteral("reaction-") + kHeart);
    QTest::keyClick(heart, Qt::Key_Return);
    const OutgoingMessage sent = lastSent();
    QCOMPARE(sent.head.reaction(), kHeart);
    QCOMPARE(sent.head.replyTo(), 2);
    QCOMPARE(sent.content, wire::Drafty(kHeart)); // what other programs show

    PendingMessage waiting = toPending(sent, kTeam);
    m_chat->topic->timeline().addPending(waiting);
    QSignalSpy discarded(m_page.get(), &ConversationPage::discardRequested);
    m_page->commands()->toggleReaction(2, kHeart);
    QCOMPARE(discarded.size(), 1);
    Message numbered = ConversationFixture::message(4, QStringLiteral("usrMe"), kHeart, 40);
    numbered.head = waiting.head;
    m_chat->topic->timeline().acknowledge(waiting.cid, numbered);
    QSignalSpy deleted(m_page.get(), &ConversationPage::deletePartsRequested);
    m_page->commands()->toggleReaction(2, kHeart);
    QCOMPARE(deleted.size(), 1);
    QCOMPARE(deleted.first().at(1).value<QList<Seq>>(), QList<Seq>{4});
    QCOMPARE(m_sent->size(), 1);
}

void MessageCommandsTest::aReactionIsTakenBackByAnEditWithoutTheRightToDelete()
{
    Message mine = ConversationFixture::message(4, QStringLiteral("usrMe"), kHeart, 40);
    mine.head.setReplyTo(2);
    mine.head.setReaction(kHeart);
    m_chat->topic->timeline().insert({mine});
    m_page->commands()->toggleReaction(2, kHeart);
    QCOMPARE(lastSent().head.replaces(), 4);
    QCOMPARE(lastSent().head.reaction(), QString());
    m_chat->topic->timeline().addPending(toPending(lastSent(), kTeam));
    QVERIFY(m_chat->topic->timeline().folded().reactions(2, QStringLiteral("usrMe")).isEmpty());
}

void MessageCommandsTest::chipsAreShownAndPressed()
{
    Message theirs = ConversationFixture::message(4, QStringLiteral("usrBob"), kHeart, 40);
    theirs.head.setReplyTo(3);
    theirs.head.setReaction(kHeart);
    m_chat->topic->timeline().insert({theirs});
    auto *view = m_page->findChild<MessageView *>();
    QCOMPARE(view->rows().count(), 3);
    QCOMPARE(view->rows().footAt(2), kHeart + QStringLiteral(": Bob"));
    const auto &placed = view->placedRows().back();
    const ReactionChips &chips = placed.layout->reactions();
    QCOMPARE(chips.chips().size(), 1);
    const QRectF rect = chips.rects().first();
    QVERIFY(placed.layout->bubble().contains(rect));
    QVERIFY(!rect.intersects(placed.layout->metaRect()));
    const QPoint where = rect.center().toPoint() + QPoint(0, placed.top);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, where);
    QCOMPARE(lastSent().head.reaction(), kHeart);
    QCOMPARE(lastSent().head.replyTo(), 3);
}

void MessageCommandsTest::deletingForAllIsAskedWhereItIsPossible()
{
    QSignalSpy deleted(m_page.get(), &ConversationPage::deleteRequested);
    perform(MessageAction::Delete, 2);
    QCOMPARE(deleted.size(), 1);
    QCOMPARE(deleted.last().at(2).toBool(), false);
    setRights(kMember | wire::Access::Delete);
    perform(MessageAction::Delete, 2);
    QCOMPARE(deleted.size(), 1);
    auto *dialog = m_page->findChild<QDialog *>(QStringLiteral("deleteDialog"));
    QVERIFY(dialog);
    dialog->findChild<QPushButton *>(QStringLiteral("deleteForAllButton"))->click();
    QCOMPARE(deleted.size(), 2);
    QCOMPARE(deleted.last().at(1).value<QList<Seq>>(), QList<Seq>{2});
    QCOMPARE(deleted.last().at(2).toBool(), true);
    m_chat->topics.setDeletionAge(60); // these are years old
    perform(MessageAction::Delete, 2);
    QCOMPARE(deleted.last().at(2).toBool(), false);
}

void MessageCommandsTest::aDeletionCanBeUndone()
{
    auto *bar = m_page->findChild<QWidget *>(QStringLiteral("undoBar"));
    QSignalSpy undone(m_page.get(), &ConversationPage::undoDeleteRequested);
    m_page->deletionWaiting(QStringLiteral("grpElsewhere"), 1, false);
    QVERIFY(!bar->isVisible());
    m_page->deletionWaiting(kTeam, 2, false);
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->findChild<QLabel *>()->text(), QStringLiteral("2 messages deleted"));
    bar->findChild<QPushButton *>()->click();
    QCOMPARE(undone.size(), 1);
    m_page->deletionSettled(kTeam);
    QVERIFY(!bar->isVisible());
}

void MessageCommandsTest::forwardingKeepsTheAuthor()
{
    m_chat->addTopic(QStringLiteral("grpOther"), QStringLiteral("Other"));
    m_chat->addTopic(QStringLiteral("usrAnn"), QStringLiteral("Ann"));
    m_page->commands()->performOnSelected(MessageAction::Forward, {1, 2});
    auto *dialog = m_page->findChild<ChatsDialog *>();
    QVERIFY(dialog);
    auto *filter = dialog->findChild<QLineEdit *>();
    auto *list = dialog->findChild<QListView *>();
    QCOMPARE(list->model()->rowCount(), 3);
    QTest::keyClicks(filter, QStringLiteral("oth"));
    QCOMPARE(list->model()->rowCount(), 1);
    QTest::keyClick(filter, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Space);
    QTest::keyClick(list, Qt::Key_Up);
    QTest::keyClick(filter, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(filter, QStringLiteral("ann"));
    QTest::keyClick(filter, Qt::Key_Down);
    QTest::keyClick(list, Qt::Key_Space);
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(m_sent->size(), 4);
    QCOMPARE(m_sent->at(0).at(0).toString(), QStringLiteral("grpOther"));
    QCOMPARE(m_sent->at(2).at(0).toString(), QStringLiteral("usrAnn"));
    const auto copy = m_sent->at(1).at(1).value<OutgoingMessage>();
    QCOMPARE(copy.head.forwarded(), QStringLiteral("grpTeam:2"));
    QCOMPARE(copy.content,
        wire::forwarded(QStringLiteral("Ann"), QStringLiteral("usrAnn"),
            wire::Drafty(QStringLiteral("words 2"))));
}

void MessageCommandsTest::pinsAreShownAndTakenAway()
{
    auto *pins = m_page->findChild<PinStrip *>();
    QVERIFY(!pins->isVisible());
    pin({1, 3});
    QVERIFY(pins->isVisible());
    QCOMPARE(pins->current(), 3);
    QVERIFY(!pins->findChild<QToolButton *>()->isVisible()); // no right to
    setRights(kMember | wire::Access::Approve);
    QVERIFY(pins->findChild<QToolButton *>()->isVisible());
    QTest::mouseClick(pins, Qt::LeftButton);
    QCOMPARE(pins->current(), 1);
    QSignalSpy wanted(m_page.get(), &ConversationPage::copyPageWanted);
    pin({1, 900}); // which is not loaded
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().at(1).toInt(), 901);
    m_page->takeCopyPage(kTeam, 901,
        {ConversationFixture::message(900, QStringLiteral("usrAnn"), QStringLiteral("long ago"), 9)});
    QVERIFY(pins->accessibleName().contains(QStringLiteral("long ago")));
    QCOMPARE(wanted.size(), 1);
    pin({1, 3});
    QTest::mouseClick(pins, Qt::LeftButton);
    QSignalSpy asked(m_page.get(), &ConversationPage::pinsRequested);
    pins->findChild<QToolButton *>()->click();
    QCOMPARE(asked.last().at(1).value<QList<Seq>>(), QList<Seq>{3});
    pin({11, 12, 13, 14, 15});
    perform(MessageAction::Pin, 2);
    QCOMPARE(asked.last().at(1).value<QList<Seq>>(), QList<Seq>({12, 13, 14, 15, 2}));
}

void MessageCommandsTest::aLinkLeadsToTheMessage()
{
    perform(MessageAction::CopyLink, 2);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("tinode:topic/grpTeam?seq=2"));
}

void MessageCommandsTest::buttonsAnswerAsTheOfficialClientsDo()
{
    MessagePart::Button button;
    button.title = QStringLiteral("Yes");
    button.action.action = wire::Button::Action::Publish;
    button.action.name = QStringLiteral("yes");
    m_page->commands()->answerButton(2, button);
    QCOMPARE(lastSent().content.toContent().bytes(),
        QByteArray(
            R"({"ent":[{"data":{"mime":"text/x-drafty-fr","val":{"resp":{"yes":1},"seq":2}},"tp":"EX"}],)"
            R"("fmt":[{"at":-1,"key":0,"len":0}],"txt":"Yes"})"));
    QVERIFY(lastSent().head.isEmpty());
    button.action.action = wire::Button::Action::OpenUrl;
    button.action.url = QStringLiteral("https://example.org/go?a=b");
    m_page->commands()->answerButton(2, button);
    auto *dialog = m_page->findChild<QDialog *>(QStringLiteral("openAddressDialog"));
    QVERIFY(dialog);
    QCOMPARE(dialog->windowTitle(), QStringLiteral("Open example.org?"));
}

void MessageCommandsTest::aPollIsCountedAnsweredAndEnded()
{
    Message poll
        = ConversationFixture::message(4, QStringLiteral("usrMe"), QStringLiteral("Lunch?"), 40);
    poll.content
        = wire::pollForm(QStringLiteral("Lunch?"), {QStringLiteral("Noon"), QStringLiteral("One")})
              .toContent();
    poll.head.setPoll(wire::PollRole::Single);
    Message answer
        = ConversationFixture::message(5, QStringLiteral("usrBob"), QStringLiteral("One"), 50);
    wire::Button button;
    button.name = QStringLiteral("2");
    answer.content = wire::buttonReply(QStringLiteral("One"), button, 4).toContent();
    answer.head.setReplyTo(4);
    answer.head.setPoll(wire::PollRole::Answer);
    m_chat->topic->timeline().insert({poll, answer});
    auto *view = m_page->findChild<MessageView *>();
    const auto &placed = view->placedRows().back();
    const PollCard &card = placed.layout->poll();
    QCOMPARE(card.state().rows.size(), 2);
    QCOMPARE(card.state().rows.at(1).count, 1);
    QCOMPARE(placed.layout->text().text(), QStringLiteral("Lunch?"));
    const QPoint first = card.rows().first().center().toPoint() + QPoint(0, placed.top);
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, first);
    QCOMPARE(lastSent().head.poll(), wire::PollRole::Answer);
    QCOMPARE(
        wire::formReply(lastSent().content.toContent())->answers.firstKey(), QStringLiteral("1"));
    // Without a pointer: by the menu of the message, and as actions for screen readers.
    QAccessibleInterface *list = QAccessible::queryAccessibleInterface(view);
    list->child(3)->actionInterface()->doAction(QStringLiteral("One"));
    QCOMPARE(
        wire::formReply(lastSent().content.toContent())->answers.firstKey(), QStringLiteral("2"));
    view->focusRow(3);
    QContextMenuEvent asked(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QApplication::sendEvent(view->viewport(), &asked);
    auto *menu = view->findChild<QMenu *>(QStringLiteral("messageMenu"));
    QVERIFY(menu);
    QCOMPARE(menu->actions().first()->text(), QStringLiteral("Noon"));
    menu->actions().first()->trigger();
    menu->close();
    QCOMPARE(
        wire::formReply(lastSent().content.toContent())->answers.firstKey(), QStringLiteral("1"));
    perform(MessageAction::EndPoll, 4);
    const OutgoingMessage closing = lastSent();
    QCOMPARE(closing.head.poll(), wire::PollRole::Closed);
    QVERIFY(closing.content.text().contains(QStringLiteral("One: 1")));
    Message end
        = ConversationFixture::message(6, QStringLiteral("usrMe"), closing.content.text(), 60);
    end.head = closing.head;
    end.content = closing.content.toContent();
    m_chat->topic->timeline().insert({end});
    QVERIFY(view->placedRows().back().layout->poll().state().closed);
    QVERIFY(!view->rows().actionsAt(3).testFlag(MessageAction::EndPoll));
    QVERIFY(view->rows().buttonsAt(3).isEmpty());
}

void MessageCommandsTest::aPollIsMadeByKeysAlone()
{
    QDialog *dialog = openPoll();
    const auto typeInFocus = [dialog](const QString &text) {
        QTest::keyClicks(dialog->focusWidget(), text);
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Tab);
    };
    typeInFocus(QStringLiteral("Lunch?"));
    typeInFocus(QStringLiteral("At noon"));
    typeInFocus(QStringLiteral("At one"));
    QTest::keyClick(dialog->focusWidget(), Qt::Key_Escape); // needs to be thought about
    dialog = openPoll();
    QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
    QCOMPARE(m_sent->size(), 1);
    QCOMPARE(lastSent().head.poll(), wire::PollRole::Single);
    QCOMPARE(wire::pollChoices(lastSent().content),
        QList<wire::PollChoice>({{QStringLiteral("1"), QStringLiteral("At noon")},
            {QStringLiteral("2"), QStringLiteral("At one")}}));
    QVERIFY(openPoll()->findChild<QLineEdit *>(QStringLiteral("pollQuestion"))->text().isEmpty());
}

void MessageCommandsTest::contactsAreSentAsCards()
{
    const auto ann = QStringLiteral("usrAnnAnnAnn01");
    m_chat->addTopic(ann, QStringLiteral("Ann"));
    m_chat->addTopic(QStringLiteral("grpOther"), QStringLiteral("Other"));
    emit m_page->composer().attachRequested(AttachKind::Contact);
    auto *dialog = m_page->findChild<ChatsDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->findChild<QListView *>()->model()->rowCount(), 1); // a group is no contact
    QTest::keyClick(dialog->findChild<QLineEdit *>(), Qt::Key_Return);
    QCOMPARE(m_sent->size(), 1);
    const wire::Drafty content = lastSent().content;
    QCOMPARE(content.spans().size(), 1);
    const auto *contact = content.as<wire::Contact>(content.spans().first());
    QVERIFY(contact);
    QCOMPARE(contact->user, ann);
    QCOMPARE(contact->card.name, QStringLiteral("Ann"));
}

void MessageCommandsTest::whatIsStuckIsWrittenAgain()
{
    perform(MessageAction::Reply, 2);
    type(QStringLiteral("an _answer_"));
    PendingMessage stuck = toPending(lastSent(), kTeam);
    stuck.state = Delivery::Failed;
    m_page->messageQueued(kTeam, stuck.cid);
    m_chat->topic->timeline().addPending(stuck);
    auto *view = m_page->findChild<MessageView *>();
    QSignalSpy discarded(m_page.get(), &ConversationPage::discardRequested);
    view->perform(MessageAction::Edit, 3);
    QCOMPARE(edit()->toPlainText(), QStringLiteral("an _answer_"));
    QCOMPARE(strip()->heading(), QStringLiteral("Reply to Ann"));
    QCOMPARE(discarded.size(), 1);
    type(QString());
    QCOMPARE(lastSent().head.replyTo(), 2);
}

CONFAB_GATED_MAIN(MessageCommandsTest)
#include "tst_messagecommands.moc"
