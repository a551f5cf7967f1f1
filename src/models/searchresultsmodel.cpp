#include "models/searchresultsmodel.h"

#include "models/rowtext.h"

#include <QLocale>

namespace confab {

SearchResultsModel::SearchResultsModel(TopicList &topics, QObject *parent)
    : QAbstractListModel(parent)
    , m_topics(topics)
{
}

void SearchResultsModel::begin(const SearchQuery &query)
{
    m_query = query;
    m_searching = true;
    m_fresh = true;
    m_next = 0;
    emit pageWanted(query, 0);
    emit changed();
}

void SearchResultsModel::clear()
{
    beginResetModel();
    m_query = {};
    m_hits.clear();
    m_next = 0;
    m_total = 0;
    m_searching = false;
    m_fresh = false;
    endResetModel();
    emit changed();
}

void SearchResultsModel::addPage(const SearchPage &page)
{
    const qint64 awaited = m_fresh ? 0 : m_next;
    if (!m_searching || page.query != m_query || page.before != awaited)
        return;
    m_searching = false;
    m_indexing = page.indexing;
    m_next = page.next;
    if (std::exchange(m_fresh, false)) {
        beginResetModel();
        m_hits = page.hits;
        m_marker = HitMarker(page.query);
        m_total = page.total;
        endResetModel();
    } else if (!page.hits.isEmpty()) {
        const int first = int(m_hits.size());
        beginInsertRows({}, first, first + int(page.hits.size()) - 1);
        m_hits.append(page.hits);
        endInsertRows();
    }
    if (m_next == 0)
        m_total = int(m_hits.size());
    emit changed();
}

void SearchResultsModel::setTotal(const SearchQuery &query, int total)
{
    if (query != m_query || m_fresh || total == m_total || m_next == 0)
        return;
    m_total = total;
    emit changed();
}

int SearchResultsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_hits.size());
}

bool SearchResultsModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_searching && m_next != 0;
}

void SearchResultsModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_searching = true;
    emit pageWanted(m_query, m_next);
}

QString SearchResultsModel::titleOf(const SearchHit &hit) const
{
    const Topic *topic = m_topics.find(hit.topic);
    return topic ? topic->title() : hit.topic;
}

QString SearchResultsModel::senderOf(const SearchHit &hit) const
{
    // A channel, or the other one of two: the title tells.
    if (hit.from.isEmpty() || hit.from == hit.topic)
        return {};
    return hit.from == m_topics.self() ? tr("You") : m_topics.nameOf(hit.from);
}

QByteArray SearchResultsModel::photoOf(const SearchHit &hit) const
{
    if (hit.from == m_topics.self() && !hit.from.isEmpty())
        return m_topics.selfCard().photo;
    const Topic *topic = m_topics.find(rowtext::authorOf(m_topics, hit.topic, hit.from).id);
    return topic ? topic->info().card.photo : QByteArray();
}

QVariant SearchResultsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const SearchHit &hit = m_hits.at(index.row());
    switch (role) {
    case TopicRole:
        return hit.topic;
    case SeqRole:
        return hit.seq;
    case Qt::DisplayRole:
    case TitleRole:
        return titleOf(hit);
    case AuthorRole:
        return rowtext::authorOf(m_topics, hit.topic, hit.from).id;
    case NameRole:
        return rowtext::authorOf(m_topics, hit.topic, hit.from).name;
    case SenderRole:
        return senderOf(hit);
    case PhotoRole:
        return photoOf(hit);
    case TimeRole:
        return hit.ts;
    case SnippetRole:
        return QVariant::fromValue(snippetOf(hit));
    case Qt::AccessibleTextRole: {
        const QString when = QLocale().toString(hit.ts.toLocalTime(), QLocale::ShortFormat);
        const QString sender = senderOf(hit);
        return sender.isEmpty()
            ? tr("%1, %2: %3", "chat, time, text").arg(titleOf(hit), when, snippetOf(hit).text)
            : tr("%1, %2, %3: %4", "chat, sender, time, text")
                  .arg(titleOf(hit), sender, when, snippetOf(hit).text);
    }
    default:
        return {};
    }
}

QHash<int, QByteArray> SearchResultsModel::roleNames() const
{
    return {{TopicRole, "topic"}, {SeqRole, "seq"}, {TitleRole, "title"}, {AuthorRole, "author"},
        {NameRole, "name"}, {SenderRole, "sender"}, {PhotoRole, "photo"}, {TimeRole, "time"},
        {SnippetRole, "snippet"}};
}

}
