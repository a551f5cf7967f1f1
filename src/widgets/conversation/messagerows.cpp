#include "widgets/conversation/messagerows.h"

#include "widgets/conversation/conversationtext.h"
#include "widgets/conversation/messagerights.h"
#include "widgets/conversation/messagetext.h"
#include "wire/drafty/attachments.h"
#include "wire/drafty/poll.h"

namespace confab {

namespace {

constexpr qint64 kGroupSeconds = 5 * 60;
/// A message just numbered stands among the newest ones.
constexpr int kNumberedSearch = 256;
/// Fewer missing numbers are what is being caught up with: rows come between, and nothing is hidden.
constexpr int kSmallGap = 100;

bool hasManySenders(const Topic *topic)
{
    const wire::TopicKind kind = topic ? topic->kind() : wire::TopicKind::Unknown;
    return kind == wire::TopicKind::Group || kind == wire::TopicKind::Channel
        || kind == wire::TopicKind::NewGroup || kind == wire::TopicKind::NewChannel;
}

}

void MessageRows::setModel(MessageListModel *model)
{
    m_model = model;
    m_expanded.clear();
    m_joined.clear();
    m_firstUnread = 0;
    m_manySenders = hasManySenders(model ? model->topic() : nullptr);
}

int MessageRows::count() const
{
    return m_model ? m_model->rowCount() : 0;
}

QVariant MessageRows::data(int row, int role) const
{
    return m_model->data(m_model->index(row), role);
}

RowKey MessageRows::keyAt(int row) const
{
    const Seq seq = data(row, MessageListModel::SeqRole).toInt();
    return {seq, seq ? QString() : data(row, MessageListModel::CidRole).toString()};
}

int MessageRows::rowOf(const RowKey &key) const
{
    if (!m_model || !m_model->topic() || key.isNull())
        return -1;
    const Timeline &timeline = m_model->topic()->timeline();
    if (key.seq)
        return timeline.rowOfSeq(key.seq);
    const int row = timeline.rowOfCid(key.cid);
    if (row >= 0)
        return row;
    const int newest = timeline.messageCount() - 1;
    for (int i = newest; i >= 0 && i > newest - kNumberedSearch; --i) {
        if (timeline.message(i).head.cid() == key.cid)
            return i;
    }
    return -1;
}

QDateTime MessageRows::timeAt(int row) const
{
    return data(row, MessageListModel::TimeRole).toDateTime();
}

QDate MessageRows::dayAt(int row) const
{
    return data(row, MessageListModel::TimeRole).toDateTime().toLocalTime().date();
}

QString MessageRows::textAt(int row) const
{
    return data(row, MessageListModel::TextRole).toString();
}

const wire::JsonBlob &MessageRows::contentAt(int row) const
{
    const Timeline &timeline = m_model->topic()->timeline();
    return timeline.isPending(row) ? timeline.pending(row).content : timeline.message(row).content;
}

const wire::Head &MessageRows::headAt(int row) const
{
    const Timeline &timeline = m_model->topic()->timeline();
    return timeline.isPending(row) ? timeline.pending(row).head : timeline.message(row).head;
}

bool MessageRows::isCutAbove(int row) const
{
    const Seq seq = row > 0 ? seqAt(row) : 0;
    if (seq == 0)
        return false;
    const Seq low = timeline().known().rangeAt(seq).low;
    return low > seqAt(row - 1) + kSmallGap && !m_joined.contains(low);
}

void MessageRows::join(Seq seq)
{
    m_joined.insert(timeline().known().rangeAt(seq).low);
}

bool MessageRows::isLoaded(Seq seq) const
{
    return timeline().known().contains(seq);
}

Seq MessageRows::loadedFrom(Seq seq) const
{
    return timeline().known().rangeAt(seq).low;
}

/// Of the first message there is: numbers begin with 1, but the first ones may be gone.
Seq MessageRows::firstSeq() const
{
    const Topic *topic = m_model ? m_model->topic() : nullptr;
    return topic && topic->isAtStart() ? qMax(1, topic->timeline().firstSeq()) : 1;
}

int MessageRows::placeOf(int row) const
{
    const int pending = row - timeline().messageCount();
    return pending < 0 ? placeOfSeq(seqAt(row)) : placeOfSeq(timeline().lastSeq() + 1) + pending;
}

int MessageRows::placeOf(const RowKey &key) const
{
    if (!m_model || key.isNull())
        return -1;
    const int row = key.seq > 0 ? -1 : rowOf(key);
    return key.seq > 0 ? placeOfSeq(key.seq) : row < 0 ? -1 : placeOf(row);
}

int MessageRows::places() const
{
    return count() == 0 ? 0 : placeOf(count() - 1) + 1;
}

int MessageRows::rowAtPlace(int place) const
{
    int low = 0;
    int high = count();
    while (low < high) {
        const int middle = low + (high - low) / 2;
        if (placeOf(middle) < place)
            low = middle + 1;
        else
            high = middle;
    }
    return qMin(low, count() - 1);
}

Seq MessageRows::seqAtPlace(int place) const
{
    const Seq seq = firstSeq() + place;
    return count() > 0 && seq <= timeline().lastSeq() ? seq : 0;
}

QString MessageRows::senderAt(int row) const
{
    return data(row, MessageListModel::SenderRole).toString();
}

QString MessageRows::labelOf(const Message &message) const
{
    return QStringLiteral("[%1] %2: ").arg(timeText(message.ts), m_model->senderOf(message));
}

QString MessageRows::labelAt(int row) const
{
    const QDateTime time = data(row, MessageListModel::TimeRole).toDateTime();
    return QStringLiteral("[%1] %2: ").arg(timeText(time), senderAt(row));
}

bool MessageRows::isOwn(int row) const
{
    return data(row, MessageListModel::OwnRole).toBool();
}

/// What its media allow, whatever the rights of the chat are.
MessageActions MessageRows::mediaActionsAt(int row) const
{
    constexpr wire::EntityKinds kFiles = wire::EntityKind::Image | wire::EntityKind::File
        | wire::EntityKind::Audio | wire::EntityKind::Video;
    const bool hasFile = bool(wire::entityKinds(contentAt(row)) & kFiles);
    const bool isAnswer = hasFile && wire::formReply(contentAt(row));
    return hasFile && !isAnswer ? MessageAction::Open | MessageAction::Save : MessageActions();
}

MessageActions MessageRows::actionsAt(int row) const
{
    return allowedActions(m_model->topics(), *m_model->topic(), row) | mediaActionsAt(row);
}

QString MessageRows::footAt(int row) const
{
    const Timeline &timeline = m_model->topic()->timeline();
    if (timeline.isPending(row))
        return {};
    QStringList result;
    const PollState poll = pollOf(m_model->topics(), *m_model->topic(), row);
    for (const PollState::Row &answer : poll.rows)
        result.append(QStringLiteral("%1: %2").arg(answer.title).arg(answer.count));
    const QList<ReactionChip> chips
        = chipsOf(m_model->topics(), *m_model->topic(), timeline.message(row).seq);
    for (const ReactionChip &chip : chips)
        result.append(QStringLiteral("%1: %2").arg(chip.emoji, chip.who));
    return result.join(QStringLiteral(", "));
}

QList<MessagePart::Button> MessageRows::buttonsAt(int row) const
{
    if (m_model->topic()->timeline().isPending(row))
        return {};
    const PollState poll = pollOf(m_model->topics(), *m_model->topic(), row);
    QList<MessagePart::Button> buttons;
    for (const PollState::Row &answer : poll.rows) {
        if (!poll.closed)
            buttons.append(buttonOf(answer));
    }
    if (!poll.rows.isEmpty())
        return buttons;
    const MessageText text = MessageText::ofMessage(contentAt(row), {}, false);
    for (const MessagePart &part : text.parts()) {
        for (const MessagePart::Button &button : part.buttons) {
            if (button.action.action != wire::Button::Action::Unknown)
                buttons.append(button);
        }
    }
    return buttons;
}

/// What stands below its words.
void MessageRows::addFoot(int row, MessageItem &item) const
{
    const Topic &topic = *m_model->topic();
    if (topic.timeline().isPending(row))
        return;
    item.reactions = chipsOf(m_model->topics(), topic, item.key.seq);
    item.poll = pollOf(m_model->topics(), topic, row);
    if (item.poll.rows.isEmpty())
        return;
    const wire::Drafty question = wire::pollQuestion(
        wire::Drafty::fromContent(topic.timeline().original(row).content));
    item.content = question.toContent();
    item.text = question.text();
    item.edited = false; // its end is told by the count
}

bool MessageRows::startsUnread(int row) const
{
    if (!m_firstUnread || seqAt(row) < m_firstUnread)
        return false;
    return row == 0 || seqAt(row - 1) < m_firstUnread;
}

bool MessageRows::isFailed(int row) const
{
    return data(row, MessageListModel::DeliveryRole).value<Delivery>() == Delivery::Failed;
}

bool MessageRows::areGrouped(int upper, int lower) const
{
    if (upper < 0 || lower >= count() || startsUnread(lower) || isFailed(upper) || isFailed(lower))
        return false;
    if (isCutAbove(lower))
        return false;
    if (data(upper, MessageListModel::FromRole) != data(lower, MessageListModel::FromRole)
        || isOwn(upper) != isOwn(lower))
        return false;
    const QDateTime first = data(upper, MessageListModel::TimeRole).toDateTime();
    const QDateTime second = data(lower, MessageListModel::TimeRole).toDateTime();
    return qAbs(first.secsTo(second)) <= kGroupSeconds
        && first.toLocalTime().date() == second.toLocalTime().date();
}

MessageItem MessageRows::itemAt(int row) const
{
    MessageItem item;
    item.key = keyAt(row);
    item.from = data(row, MessageListModel::FromRole).toString();
    item.sender = senderAt(row);
    item.text = textAt(row);
    item.content = contentAt(row);
    item.replyTo = replyTo(row);
    item.time = timeText(data(row, MessageListModel::TimeRole).toDateTime());
    item.delivery = data(row, MessageListModel::DeliveryRole).value<Delivery>();
    if (item.delivery == Delivery::Failed)
        item.error = data(row, MessageListModel::ErrorRole).toString();
    item.actions = actionsAt(row);
    item.own = isOwn(row);
    item.edited = data(row, MessageListModel::EditedRole).toBool();
    item.manySenders = m_manySenders;
    item.startsGroup = !areGrouped(row - 1, row);
    item.endsGroup = !areGrouped(row, row + 1);
    item.expanded = isExpanded(item.key);
    item.startsUnread = startsUnread(row);
    if (row == 0 || dayAt(row - 1) != dayAt(row) || isCutAbove(row))
        item.newDay = dayText(dayAt(row));
    if (m_manySenders && !item.own && item.endsGroup) {
        if (const Member *member = m_model->topic()->member(item.from))
            item.photo = member->card.photo;
    }
    addFoot(row, item);
    return item;
}

}
