#include "models/messagelistmodel.h"

#include "models/rowtext.h"

#include <algorithm>

namespace confab {

MessageListModel::MessageListModel(TopicList &topics, QObject *parent)
    : QAbstractListModel(parent)
    , m_topics(topics)
{
    connect(&m_topics, &TopicList::aboutToRemove, this, [this](int row) {
        if (m_topics.at(row) == m_topic)
            setTopic(nullptr);
    });
    connect(&m_topics, &TopicList::selfChanged, this, [this] {
        if (rowCount() > 0)
            emit dataChanged(index(0), index(rowCount() - 1));
    });
    connect(&m_topics, &TopicList::userChanged, this, &MessageListModel::changeSender);
}

void MessageListModel::setTopic(Topic *topic)
{
    if (topic == m_topic)
        return;
    beginResetModel();
    if (m_topic) {
        m_topic->disconnect(this);
        m_topic->timeline().disconnect(this);
    }
    m_topic = topic;
    m_readByOthers = 0;
    if (topic) {
        follow(topic->timeline());
        m_readByOthers = readByOthers();
        connect(topic, &Topic::marksChanged, this, &MessageListModel::changeTicks);
    }
    endResetModel();
}

void MessageListModel::follow(Timeline &timeline)
{
    connect(&timeline, &Timeline::aboutToInsertRows, this,
            [this](int first, int last) { beginInsertRows({}, first, last); });
    connect(&timeline, &Timeline::rowsInserted, this, [this] { endInsertRows(); });
    connect(&timeline, &Timeline::aboutToRemoveRows, this,
            [this](int first, int last) { beginRemoveRows({}, first, last); });
    connect(&timeline, &Timeline::rowsRemoved, this, [this] { endRemoveRows(); });
    connect(&timeline, &Timeline::aboutToMoveRow, this,
            [this](int from, int to) { beginMoveRows({}, from, from, {}, to); });
    connect(&timeline, &Timeline::rowMoved, this, [this] { endMoveRows(); });
    connect(&timeline, &Timeline::rowsChanged, this,
            [this](int first, int last) { emit dataChanged(index(first), index(last)); });
}

void MessageListModel::changeSender(const UserId &user)
{
    if (m_topic)
        changeRowsFrom(user, 0, {SenderRole, Qt::AccessibleTextRole});
}

/// Of the messages after `seq`, those of this user, told in one signal.
void MessageListModel::changeRowsFrom(const UserId &user, Seq seq, const QList<int> &roles)
{
    const Timeline &timeline = m_topic->timeline();
    int first = -1;
    int last = -1;
    for (int row = timeline.messageCount() - 1; row >= 0; --row) {
        const Message &message = timeline.message(row);
        if (message.seq <= seq)
            break;
        if (message.from != user)
            continue;
        first = row;
        last = std::max(last, row);
    }
    if (first >= 0)
        emit dataChanged(index(first), index(last), roles);
}

Seq MessageListModel::readByOthers() const
{
    Seq seq = 0;
    for (const Member &member : m_topic->members()) {
        if (member.user != m_topics.self())
            seq = std::max(seq, member.read);
    }
    return seq;
}

/// Own rows that others had read before stay as they are, so only those after them are told of.
void MessageListModel::changeTicks()
{
    const Seq before = m_readByOthers;
    m_readByOthers = readByOthers();
    const Seq settled = std::min(before, m_readByOthers);
    changeRowsFrom(m_topics.self(), settled, {DeliveryRole, Qt::AccessibleTextRole});
}

int MessageListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_topic ? 0 : m_topic->timeline().count();
}

QVariant MessageListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Timeline &timeline = m_topic->timeline();
    const int row = index.row();
    return timeline.isPending(row) ? pendingData(timeline.pending(row), role)
                                   : messageData(timeline.message(row), role);
}

QVariant MessageListModel::messageData(const Message &message, int role) const
{
    const bool own = !message.from.isEmpty() && message.from == m_topics.self();
    switch (role) {
    case SeqRole:
        return message.seq;
    case CidRole:
        return own ? message.head.cid() : QString();
    case FromRole:
        return message.from;
    case SenderRole:
        return senderOf(message);
    case Qt::DisplayRole:
    case TextRole:
        return message.text;
    case TimeRole:
        return message.ts;
    case OwnRole:
        return own;
    case DeliveryRole:
        return QVariant::fromValue(deliveryOf(message));
    case ErrorRole:
        return QString();
    case EditedRole:
        return message.edited;
    case Qt::AccessibleTextRole: {
        const Delivery state = deliveryOf(message);
        return rowtext::sentence({.sender = own ? tr("You") : senderOf(message),
                                  .time = message.ts,
                                  .text = message.text,
                                  .state = state,
                                  .error = {},
                                  .edited = message.edited});
    }
    default:
        return {};
    }
}

QVariant MessageListModel::pendingData(const PendingMessage &message, int role) const
{
    switch (role) {
    case SeqRole:
        return 0;
    case CidRole:
        return message.cid;
    case FromRole:
        return m_topics.self();
    case SenderRole:
        return m_topics.nameOf(m_topics.self());
    case Qt::DisplayRole:
    case TextRole:
        return message.text;
    case TimeRole:
        return message.created;
    case OwnRole:
        return true;
    case DeliveryRole:
        return QVariant::fromValue(message.state);
    case ErrorRole:
        return message.state == Delivery::Failed ? message.error : QString();
    case EditedRole:
        return false;
    case Qt::AccessibleTextRole:
        return rowtext::sentence({.sender = tr("You"),
                                  .time = message.created,
                                  .text = message.text,
                                  .state = message.state,
                                  .error = message.error,
                                  .edited = false});
    default:
        return {};
    }
}

/// An edit of ours on its way counts more than how far its original has come.
Delivery MessageListModel::deliveryOf(const Message &message) const
{
    const Delivery edit = m_topic->timeline().folded().editState(message.seq);
    return edit != Delivery::None
        ? edit
        : m_topic->deliveryOf(message.seq, message.from, m_topics.self());
}

QString MessageListModel::senderOf(const Message &message) const
{
    return rowtext::authorOf(m_topics, m_topic->name(), message.from).name;
}

QHash<int, QByteArray> MessageListModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert({{SeqRole, "seq"},
                  {CidRole, "cid"},
                  {FromRole, "from"},
                  {SenderRole, "sender"},
                  {TextRole, "text"},
                  {TimeRole, "time"},
                  {OwnRole, "own"},
                  {DeliveryRole, "delivery"},
                  {ErrorRole, "error"},
                  {EditedRole, "edited"}});
    return names;
}

}
