#include "models/topicfiltermodel.h"

#include "models/rowtext.h"
#include "models/topiclistmodel.h"

#include <algorithm>
#include <limits>

namespace confab {

namespace {

/// Each word folded, with a blank before it: " zoe example". Thus " ex" is found where a word
/// begins so.
QString wordsOf(const QString &text)
{
    const QString folded = rowtext::folded(text);
    QString words;
    words.reserve(folded.size() + 1);
    bool inWord = false;
    for (const QChar c : folded) {
        // Surrogates belong to letters and emoji beyond the first plane.
        const bool isPart = c.isLetterOrNumber() || c.isSurrogate();
        if (isPart && !inWord)
            words.append(u' ');
        if (isPart)
            words.append(c);
        inWord = isPart;
    }
    return words;
}

bool isGroupKind(wire::TopicKind kind)
{
    return kind == wire::TopicKind::Group || kind == wire::TopicKind::NewGroup
        || kind == wire::TopicKind::Channel || kind == wire::TopicKind::NewChannel;
}

/// Rows of the source have other numbers when some before them came (count > 0) or went.
void renumber(QList<int> &rows, int from, int count)
{
    for (int &row : rows)
        row += row >= from ? count : 0;
}

}

TopicFilterModel::TopicFilterModel(QObject *parent)
    : QAbstractProxyModel(parent)
{
}

void TopicFilterModel::setSourceModel(QAbstractItemModel *source)
{
    for (const QMetaObject::Connection &connection : std::as_const(m_connections))
        disconnect(connection);
    m_connections.clear();
    beginResetModel();
    QAbstractProxyModel::setSourceModel(source);
    endReset();
    if (!source)
        return;
    using Model = QAbstractItemModel;
    m_connections = {
        connect(source, &Model::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { noteInserted(first, last); }),
        connect(source, &Model::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) {
                for (int row = first; row <= last; ++row)
                    dropRow(row);
            }),
        connect(source, &Model::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) { noteRemoved(first, last); }),
        connect(source, &Model::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last, const QList<int> &roles) {
                noteChanged(first.row(), last.row(), roles);
            }),
        connect(source, &Model::modelAboutToBeReset, this, [this] { beginResetModel(); }),
        connect(source, &Model::modelReset, this, &TopicFilterModel::endReset),
        connect(source, &QObject::destroyed, this,
            [this] {
                beginResetModel();
                endReset();
            }),
    };
}

TopicFilterModel::Row TopicFilterModel::readRow(int row) const
{
    const QModelIndex index = sourceModel()->index(row, 0);
    const QDateTime time = index.data(TopicListModel::TimeRole).toDateTime();
    Row read;
    read.name = index.data(TopicListModel::NameRole).toString();
    read.title = index.data(TopicListModel::TitleRole).toString();
    read.time = time.isValid() ? time.toMSecsSinceEpoch() : std::numeric_limits<qint64>::min();
    read.pinned = index.data(TopicListModel::PinnedRole).toBool();
    read.unread = index.data(TopicListModel::UnreadRole).toInt() > 0;
    read.group = isGroupKind(index.data(TopicListModel::KindRole).value<wire::TopicKind>());
    return read;
}

void TopicFilterModel::endReset()
{
    m_rows.clear();
    m_order.clear();
    const int count = sourceModel() ? sourceModel()->rowCount() : 0;
    for (int row = 0; row < count; ++row) {
        m_rows.append(readRow(row));
        m_order.append(row);
    }
    sortRows();
    m_listed = matchingRows();
    endResetModel();
}

bool TopicFilterModel::precedes(int row, int other) const
{
    const Row &left = m_rows.at(row);
    const Row &right = m_rows.at(other);
    if (left.pinned != right.pinned)
        return left.pinned;
    if (left.time != right.time)
        return left.time > right.time;
    const int titles = QString::localeAwareCompare(left.title, right.title);
    return titles != 0 ? titles < 0 : left.name < right.name;
}

/// Where the row belongs among `rows`, which are in order and do not have it.
int TopicFilterModel::placeIn(const QList<int> &rows, int row) const
{
    const auto place = std::partition_point(
        rows.begin(), rows.end(), [&](int other) { return precedes(other, row); });
    return int(place - rows.begin());
}

bool TopicFilterModel::isListed(const Row &row) const
{
    const bool inTab = m_tab == Tab::All || (m_tab == Tab::Unread ? row.unread : row.group);
    if (!inTab && (m_kept.isEmpty() || row.name != m_kept))
        return false;
    if (m_words.isEmpty())
        return true;
    if (row.words.isEmpty())
        row.words = wordsOf(row.title) + wordsOf(row.name);
    return std::all_of(m_words.begin(), m_words.end(),
        [&row](const QString &wanted) { return row.words.contains(wanted); });
}

void TopicFilterModel::sortRows()
{
    const auto first = [this](int row, int other) { return precedes(row, other); };
    if (!std::is_sorted(m_order.begin(), m_order.end(), first))
        std::sort(m_order.begin(), m_order.end(), first);
}

QList<int> TopicFilterModel::matchingRows() const
{
    QList<int> matching;
    for (const int row : m_order) {
        if (isListed(m_rows.at(row)))
            matching.append(row);
    }
    return matching;
}

/// One signal instead of one for each run of rows: a key that brings back thousands of scattered
/// rows would cost the view a step for each run (bench_topics).
void TopicFilterModel::filterRows()
{
    const QList<int> listed = matchingRows();
    if (listed == m_listed)
        return;
    emit layoutAboutToBeChanged();
    QList<int> places(m_rows.size(), -1);
    for (int place = 0; place < listed.size(); ++place)
        places[listed.at(place)] = place;
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    for (const QModelIndex &kept : before) {
        const int place = places.at(m_listed.at(kept.row()));
        after.append(place < 0 ? QModelIndex() : createIndex(place, 0));
    }
    m_listed = listed;
    changePersistentIndexList(before, after);
    emit layoutChanged();
}

void TopicFilterModel::setText(const QString &text)
{
    QStringList words = wordsOf(text).split(u' ', Qt::SkipEmptyParts);
    for (QString &word : words)
        word.prepend(u' ');
    if (words == m_words)
        return;
    m_words = words;
    filterRows();
}

void TopicFilterModel::setTab(Tab tab)
{
    if (m_tab == tab)
        return;
    m_tab = tab;
    filterRows();
}

void TopicFilterModel::setKept(const QString &name)
{
    if (m_kept == name)
        return;
    m_kept = name;
    filterRows();
}

void TopicFilterModel::setFrozen(bool frozen)
{
    if (frozen == m_frozen)
        return;
    m_frozen = frozen;
    if (frozen)
        return;
    sortRows();
    filterRows();
}

void TopicFilterModel::noteInserted(int first, int last)
{
    const int count = last - first + 1;
    renumber(m_order, first, count);
    renumber(m_listed, first, count);
    m_rows.insert(first, count, Row());
    for (int row = first; row <= last; ++row)
        m_rows[row] = readRow(row);
    for (int row = first; row <= last; ++row)
        addRow(row);
}

void TopicFilterModel::addRow(int row)
{
    m_order.insert(m_frozen ? m_order.size() : placeIn(m_order, row), row);
    if (!isListed(m_rows.at(row)))
        return;
    const int place = m_frozen ? int(m_listed.size()) : placeIn(m_listed, row);
    beginInsertRows({}, place, place);
    m_listed.insert(place, row);
    endInsertRows();
}

void TopicFilterModel::dropRow(int row)
{
    m_order.removeOne(row);
    const int place = int(m_listed.indexOf(row));
    if (place < 0)
        return;
    beginRemoveRows({}, place, place);
    m_listed.removeAt(place);
    endRemoveRows();
}

void TopicFilterModel::noteRemoved(int first, int last)
{
    const int count = last - first + 1;
    m_rows.remove(first, count);
    renumber(m_order, first, -count);
    renumber(m_listed, first, -count);
}

void TopicFilterModel::noteChanged(int first, int last, const QList<int> &roles)
{
    for (int row = first; row <= last; ++row) {
        Row now = readRow(row);
        if (now.title == m_rows.at(row).title)
            now.words = m_rows.at(row).words;
        m_rows[row] = now;
    }
    if (first == last) {
        const bool listed = m_listed.contains(first);
        if (!m_frozen)
            placeRow(first);
        const int place = int(m_listed.indexOf(first));
        if (listed && place >= 0)
            emit dataChanged(index(place, 0), index(place, 0), roles);
        return;
    }
    if (!m_frozen) {
        sortRows();
        filterRows();
    }
    if (!m_listed.isEmpty())
        emit dataChanged(index(0, 0), index(rowCount() - 1, 0), roles);
}

void TopicFilterModel::placeRow(int row)
{
    const int from = int(m_listed.indexOf(row));
    if (from < 0 || !isListed(m_rows.at(row))) {
        dropRow(row);
        addRow(row);
        return;
    }
    m_order.removeOne(row);
    m_order.insert(placeIn(m_order, row), row);
    QList<int> others = m_listed;
    others.removeAt(from);
    const int to = placeIn(others, row);
    if (to == from)
        return;
    beginMoveRows({}, from, from, {}, to > from ? to + 1 : to);
    m_listed.move(from, to);
    endMoveRows();
}

QModelIndex TopicFilterModel::mapToSource(const QModelIndex &index) const
{
    return index.isValid() && sourceModel() ? sourceModel()->index(m_listed.at(index.row()), 0)
                                            : QModelIndex();
}

QModelIndex TopicFilterModel::mapFromSource(const QModelIndex &index) const
{
    return index.isValid() ? this->index(int(m_listed.indexOf(index.row())), 0) : QModelIndex();
}

QModelIndex TopicFilterModel::index(int row, int column, const QModelIndex &parent) const
{
    return hasIndex(row, column, parent) ? createIndex(row, column) : QModelIndex();
}

QModelIndex TopicFilterModel::parent(const QModelIndex &) const
{
    return {};
}

int TopicFilterModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_listed.size());
}

int TopicFilterModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 1;
}

}
