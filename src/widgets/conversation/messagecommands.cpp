#include "widgets/conversation/messagecommands.h"

#include "models/rowtext.h"
#include "widgets/conversation/chatsdialog.h"
#include "widgets/conversation/composertarget.h"
#include "widgets/conversation/confirmdialog.h"
#include "widgets/conversation/deletedialog.h"
#include "widgets/conversation/messagerights.h"
#include "widgets/conversation/messageview.h"
#include "widgets/conversation/reactionpopup.h"
#include "widgets/conversation/versionsdialog.h"
#include "wire/drafty/poll.h"
#include "wire/drafty/preview.h"
#include "wire/drafty/quoting.h"
#include "wire/pins.h"
#include "wire/topiclink.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QMetaMethod>
#include <QUrlQuery>

#include <algorithm>

namespace confab {

MessageCommands::MessageCommands(
    const Theme &theme, MessageView *view, ComposerTarget *target, QWidget *page)
    : QObject(page)
    , m_theme(theme)
    , m_view(view)
    , m_target(target)
    , m_page(page)
{
    connect(
        view, &MessageView::actionRequested, this, [this](MessageAction action, const RowKey &key) {
            if (key.seq > 0)
                perform(action, key.seq);
            else if (action == MessageAction::Delete)
                emit discardRequested(name(), key.cid);
        });
    connect(
        view, &MessageView::selectionActionRequested, this, &MessageCommands::performOnSelected);
    connect(view, &MessageView::buttonPressed, this, &MessageCommands::answerButton);
    connect(view, &MessageView::reactionPressed, this, &MessageCommands::toggleReaction);
}

void MessageCommands::setTopic(TopicList *topics, Topic *topic)
{
    m_topics = topics;
    m_topic = topic;
}

void MessageCommands::perform(MessageAction action, Seq seq)
{
    switch (action) {
    case MessageAction::Reply:
        return m_target->startReply(seq);
    case MessageAction::React:
        return react(seq);
    case MessageAction::Edit:
        return m_target->startEdit(seq);
    case MessageAction::CopyLink:
        return copyLink(seq);
    case MessageAction::Forward:
        return askToForward({seq});
    case MessageAction::Pin:
    case MessageAction::Unpin:
        return pin(seq, action == MessageAction::Pin);
    case MessageAction::History:
        return showVersions(seq);
    case MessageAction::EndPoll:
        return endPoll(seq);
    case MessageAction::Delete:
        return askToDelete({seq});
    case MessageAction::Copy:
    case MessageAction::Open:
    case MessageAction::Save:
    case MessageAction::Select:
    case MessageAction::Retry:
        break; // done by others
    }
}

void MessageCommands::performOnSelected(MessageAction action, const QList<Seq> &messages)
{
    if (action == MessageAction::Forward)
        askToForward(messages);
    else if (action == MessageAction::Delete)
        askToDelete(messages);
}

void MessageCommands::react(Seq seq)
{
    const int row = m_topic ? m_topic->timeline().rowOfSeq(seq) : -1;
    if (row < 0)
        return;
    QStringList mine;
    for (const Reaction &reaction : m_topic->timeline().folded().reactions(seq, m_topics->self())) {
        if (reaction.users.contains(m_topics->self()))
            mine.append(reaction.emoji);
    }
    const bool hasPicker
        = isSignalConnected(QMetaMethod::fromSignal(&MessageCommands::pickerRequested));
    auto *popup = new ReactionPopup(m_theme, mine, hasPicker, m_page);
    connect(popup, &ReactionPopup::chosen, this,
        [this, seq](const QString &emoji) { toggleReaction(seq, emoji); });
    connect(popup, &ReactionPopup::moreRequested, this,
        [this, seq](const QRect &global) { emit pickerRequested(seq, global); });
    const QWidget *viewport = m_view->viewport();
    // A screen reader may act on a message that is out of sight.
    const QRect seen = m_view->rowRect(row) & viewport->rect();
    const QRect rect = seen.isEmpty() ? viewport->rect() : seen;
    popup->popUpAt(QRect(viewport->mapToGlobal(rect.topLeft()), rect.size()));
}

void MessageCommands::toggleReaction(Seq seq, const QString &emoji)
{
    const Message *target = loadedMessage(m_topic, seq);
    if (!target || !m_topic->canWrite())
        return;
    const FoldedMessages &folded = m_topic->timeline().folded();
    const QStringList waiting = folded.pendingReactions(seq, emoji);
    const QList<Seq> numbered = folded.reactionsBy(seq, m_topics->self(), emoji);
    for (const QString &cid : waiting)
        emit discardRequested(name(), cid);
    const bool canDelete = m_topic->info().acs && m_topic->info().acs->has(wire::Access::Delete);
    if (canDelete && !numbered.isEmpty())
        emit deletePartsRequested(name(), numbered);
    for (const Seq mine : canDelete ? QList<Seq>() : numbered) {
        // Without the right to delete it is edited, and others see it struck out.
        OutgoingMessage takenBack(wire::Drafty(emoji).wrapped(wire::SpanKind::Strike));
        takenBack.head.setReplaces(mine);
        takenBack.head.setReaction(QString());
        emit sendRequested(name(), takenBack);
    }
    if (!waiting.isEmpty() || !numbered.isEmpty())
        return;
    OutgoingMessage reaction(emoji);
    reaction.head.setReplyTo(seq);
    reaction.head.setReaction(emoji);
    emit sendRequested(name(), reaction);
}

void MessageCommands::pin(Seq seq, bool on)
{
    QList<Seq> pins = m_topic ? m_topic->info().pins : QList<Seq>();
    pins.removeAll(seq);
    if (on)
        pins.append(seq);
    emit pinsRequested(name(), pins.mid(qMax<qsizetype>(0, pins.size() - wire::kMaxPins)));
}

void MessageCommands::copyLink(Seq seq) const
{
    QGuiApplication::clipboard()->setText(wire::linkText({name(), seq}));
}

void MessageCommands::showVersions(Seq seq)
{
    const int row = m_topic ? m_topic->timeline().rowOfSeq(seq) : -1;
    if (row >= 0)
        (new VersionsDialog(m_topic->timeline().versions(row), m_page))->open();
}

void MessageCommands::askToDelete(const QList<Seq> &messages)
{
    bool forAll = !messages.isEmpty();
    for (const Seq seq : messages) {
        const Message *one = loadedMessage(m_topic, seq);
        forAll = forAll && one && mayDeleteForAll(*m_topics, *m_topic, *one);
    }
    const auto remove = [this, messages, topic = name()](bool all) {
        m_view->endChoosing();
        emit deleteRequested(topic, messages, all);
    };
    if (!forAll) {
        remove(false);
        return;
    }
    auto *dialog = new DeleteDialog(int(messages.size()), m_page);
    connect(dialog, &DeleteDialog::decided, this, remove);
    dialog->open();
}

void MessageCommands::askToForward(const QList<Seq> &messages)
{
    if (!m_topics || messages.isEmpty())
        return;
    const int count = int(messages.size());
    const ChatsDialog::Words words{
        count == 1 ? tr("Forward message") : tr("Forward %1 messages").arg(count), tr("Forward"),
        tr("Enter forwards to the first one")};
    auto *dialog = new ChatsDialog(m_theme, chatsToWriteTo(*m_topics), words, m_page);
    connect(dialog, &ChatsDialog::chosen, this,
        [this, messages](const QList<TopicName> &topics) { forward(messages, topics); });
    dialog->open();
}

void MessageCommands::forward(const QList<Seq> &messages, const QList<TopicName> &topics)
{
    m_view->endChoosing();
    for (const TopicName &topic : topics) {
        for (const Seq seq : messages) {
            const Message *original = loadedMessage(m_topic, seq);
            if (!original)
                continue;
            const rowtext::Author author = rowtext::authorOf(*m_topics, name(), original->from);
            OutgoingMessage copy(wire::forwarded(
                author.name, author.id, wire::Drafty::fromContent(original->content)));
            copy.head.setForwarded(name(), seq);
            emit sendRequested(topic, copy);
        }
    }
}

void MessageCommands::answerButton(Seq seq, const MessagePart::Button &button)
{
    if (button.action.action == wire::Button::Action::OpenUrl) {
        openAddress(seq, button);
        return;
    }
    OutgoingMessage answer(wire::buttonReply(button.title, button.action, seq));
    const int row = m_topic ? m_topic->timeline().rowOfSeq(seq) : -1;
    if (row >= 0 && m_topic->timeline().original(row).head.poll() != wire::PollRole::None) {
        if (takeAnswerBack(m_topic->timeline().original(row), button.action.name))
            return;
        answer.head.setReplyTo(seq);
        answer.head.setPoll(wire::PollRole::Answer);
    }
    emit sendRequested(name(), answer);
}

/// Pressing the own answer once more takes it back.
bool MessageCommands::takeAnswerBack(const Message &poll, const QString &choice)
{
    const FoldedMessages &folded = m_topic->timeline().folded();
    const QList<PollCount> counts = folded.answers(poll, m_topics->self());
    const bool isMine = std::any_of(counts.begin(), counts.end(), [&](const PollCount &count) {
        return count.choice == choice && count.users.contains(m_topics->self());
    });
    const QList<Seq> mine = folded.answersBy(poll.seq, m_topics->self(), choice);
    if (!isMine || mine.isEmpty())
        return isMine; // on its way
    emit deletePartsRequested(name(), mine);
    return true;
}

void MessageCommands::endPoll(Seq seq)
{
    const int row = m_topic ? m_topic->timeline().rowOfSeq(seq) : -1;
    if (row < 0)
        return;
    const PollState state = pollOf(*m_topics, *m_topic, row);
    QList<int> counts;
    for (const PollState::Row &answer : state.rows)
        counts.append(answer.count);
    const wire::Drafty form = wire::Drafty::fromContent(m_topic->timeline().original(row).content);
    OutgoingMessage closing(wire::pollResult(form, counts, tr("This poll has ended.")));
    closing.head.setReplaces(seq);
    closing.head.setPoll(wire::PollRole::Closed);
    emit sendRequested(name(), closing);
}

/// As the official clients call it: with the answer, the number of the message, and who asks from
/// where.
void MessageCommands::openAddress(Seq seq, const MessagePart::Button &button)
{
    QUrl url(button.action.url, QUrl::StrictMode);
    if (!isSafeLink(url) || !m_topic)
        return;
    QUrlQuery query(url);
    if (!button.action.name.isEmpty()) {
        query.addQueryItem(button.action.name,
            button.action.value.isEmpty() ? QStringLiteral("1") : button.action.value);
    }
    query.addQueryItem(QStringLiteral("seq"), QString::number(seq));
    query.addQueryItem(QStringLiteral("uid"), m_topics->self());
    query.addQueryItem(QStringLiteral("topic"), name());
    url.setQuery(query);
    auto *dialog = new ConfirmDialog(m_page);
    dialog->setObjectName(QStringLiteral("openAddressDialog"));
    dialog->setQuestion(tr("Open %1?").arg(url.host()),
        tr("“%1” leads to this address, and tells it who you are and what you chose.")
            .arg(button.title));
    dialog->setButtons(tr("Cancel"), tr("Open"));
    connect(dialog, &QDialog::accepted, this, [url] { QDesktopServices::openUrl(url); });
    dialog->open();
}

}
