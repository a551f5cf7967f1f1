#include "models/topiclistmodel.h"

#include "models/rowtext.h"

#include <algorithm>

namespace confab {

namespace {

bool isGroup(const Topic &topic)
{
    switch (topic.kind()) {
    case wire::TopicKind::Group:
    case wire::TopicKind::NewGroup:
        return true;
    case wire::TopicKind::Me:
    case wire::TopicKind::Find:
    case wire::TopicKind::Self:
    case wire::TopicKind::System:
    case wire::TopicKind::Direct:
    case wire::TopicKind::Channel:
    case wire::TopicKind::NewChannel:
    case wire::TopicKind::Unknown:
        return false;
    }
    return false;
}

bool isOnline(const Topic &topic)
{
    return topic.kind() == wire::TopicKind::Direct && topic.isOnline();
}

QString preview(const Topic &topic)
{
    const PendingMessage *waiting = topic.waiting();
    return rowtext::oneLine(waiting ? waiting->text : topic.info().preview.text);
}

QDateTime lastActivity(const Topic &topic)
{
    QDateTime time = topic.info().touched;
    if (!time.isValid())
        time = topic.info().preview.ts;
    const PendingMessage *waiting = topic.waiting();
    return waiting && (!time.isValid() || waiting->created > time) ? waiting->created : time;
}

}

TopicListModel::TopicListModel(TopicList &topics, QObject *parent)
    : QAbstractListModel(parent)
    , m_topics(topics)
{
    connect(&m_topics, &TopicList::aboutToAdd, this,
            [this](int row) { beginInsertRows({}, row, row); });
    connect(&m_topics, &TopicList::added, this, [this] { endInsertRows(); });
    connect(&m_topics, &TopicList::aboutToRemove, this,
            [this](int row) { beginRemoveRows({}, row, row); });
    connect(&m_topics, &TopicList::removed, this, [this] { endRemoveRows(); });
    connect(&m_topics, &TopicList::topicChanged, this,
            [this](int row) { emit dataChanged(index(row), index(row)); });
    connect(&m_topics, &TopicList::selfChanged, this, [this] {
        if (rowCount() > 0)
            emit dataChanged(index(0), index(rowCount() - 1));
    });
    connect(&m_topics, &TopicList::userChanged, this, &TopicListModel::changePrefixes);
}

void TopicListModel::changePrefixes(const UserId &user)
{
    for (int row = 0; row < rowCount(); ++row) {
        const Topic &topic = *m_topics.at(row);
        if (isGroup(topic) && topic.info().preview.from == user)
            emit dataChanged(index(row), index(row), {PreviewPrefixRole, Qt::AccessibleTextRole});
    }
}

int TopicListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_topics.count();
}

QVariant TopicListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Topic &topic = *m_topics.at(index.row());
    switch (role) {
    case NameRole:
        return topic.name();
    case KindRole:
        return QVariant::fromValue(topic.kind());
    case Qt::DisplayRole:
    case TitleRole:
        return topic.title();
    case PreviewRole:
        return preview(topic);
    case PreviewPrefixRole:
        return prefixOf(topic);
    case TimeRole:
        return lastActivity(topic);
    case UnreadRole:
        return topic.unread();
    case OnlineRole:
        return isOnline(topic);
    case TypingRole:
        return !topic.typing().isEmpty();
    case DraftRole:
        return topic.draft().text;
    case DeliveryRole:
        return QVariant::fromValue(deliveryOf(topic));
    case FailedRole:
        return topic.timeline().failedCount() > 0;
    case MutedRole:
        return topic.info().muted;
    case PinnedRole:
        return topic.info().pinned;
    case Qt::AccessibleTextRole:
        return sentenceOf(topic);
    default:
        return {};
    }
}

QString TopicListModel::prefixOf(const Topic &topic) const
{
    const Preview &last = topic.info().preview;
    const bool own = topic.waiting() || (!last.from.isEmpty() && last.from == m_topics.self());
    if (topic.kind() == wire::TopicKind::Self || (!topic.waiting() && last.seq == 0))
        return {};
    if (own)
        return tr("You");
    return isGroup(topic) && !last.from.isEmpty() ? m_topics.nameOf(last.from) : QString();
}

Delivery TopicListModel::deliveryOf(const Topic &topic) const
{
    if (const PendingMessage *waiting = topic.waiting())
        return waiting->state;
    const Preview &last = topic.info().preview;
    return last.seq > 0 ? topic.deliveryOf(last.seq, last.from, m_topics.self()) : Delivery::None;
}

/// "Alice, online, 2 unread, You: see you there, read, 14:05"
QString TopicListModel::sentenceOf(const Topic &topic) const
{
    QStringList parts{topic.title()};
    if (isOnline(topic))
        parts.append(tr("online"));
    if (topic.info().pinned)
        parts.append(tr("pinned"));
    if (topic.info().muted)
        parts.append(tr("muted"));
    if (topic.unread() > 0)
        parts.append(tr("%1 unread").arg(topic.unread()));
    const QString prefix = prefixOf(topic);
    const QString words = preview(topic);
    if (!topic.typing().isEmpty())
        parts.append(tr("typing"));
    else if (!topic.draft().text.isEmpty())
        parts.append(tr("draft: %1").arg(rowtext::oneLine(topic.draft().text)));
    else if (!words.isEmpty())
        parts.append(prefix.isEmpty() ? words : tr("%1: %2").arg(prefix, words));
    const QString state = rowtext::stateWord(deliveryOf(topic));
    if (!state.isEmpty())
        parts.append(state);
    const QDateTime time = lastActivity(topic);
    if (time.isValid())
        parts.append(rowtext::timeOfDay(time));
    return parts.join(tr(", "));
}

QHash<int, QByteArray> TopicListModel::roleNames() const
{
    QHash<int, QByteArray> names = QAbstractListModel::roleNames();
    names.insert({{NameRole, "name"},
                  {KindRole, "kind"},
                  {TitleRole, "title"},
                  {PreviewRole, "preview"},
                  {PreviewPrefixRole, "previewPrefix"},
                  {TimeRole, "time"},
                  {UnreadRole, "unread"},
                  {OnlineRole, "online"},
                  {TypingRole, "typing"},
                  {DraftRole, "draft"},
                  {DeliveryRole, "delivery"},
                  {FailedRole, "failed"},
                  {MutedRole, "muted"},
                  {PinnedRole, "pinned"}});
    return names;
}

}
