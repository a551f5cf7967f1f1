#include "models/topicfiltermodel.h"

#include "models/rowtext.h"
#include "models/topiclistmodel.h"

#include <algorithm>

namespace confab {

namespace {

QStringList wordsOf(const QString &text)
{
    QStringList words;
    QString word;
    for (const QChar c : rowtext::folded(text)) {
        // Surrogates belong to letters and emoji beyond the first plane.
        if (c.isLetterOrNumber() || c.isSurrogate()) {
            word.append(c);
        } else if (!word.isEmpty()) {
            words.append(word);
            word.clear();
        }
    }
    if (!word.isEmpty())
        words.append(word);
    return words;
}

bool isListedUnder(TopicFilterModel::Tab tab, const QModelIndex &index)
{
    switch (tab) {
    case TopicFilterModel::Tab::All:
        return true;
    case TopicFilterModel::Tab::Unread:
        return index.data(TopicListModel::UnreadRole).toInt() > 0;
    case TopicFilterModel::Tab::Groups:
        break;
    }
    const auto kind = index.data(TopicListModel::KindRole).value<wire::TopicKind>();
    return kind == wire::TopicKind::Group || kind == wire::TopicKind::NewGroup
        || kind == wire::TopicKind::Channel || kind == wire::TopicKind::NewChannel;
}

}

TopicFilterModel::TopicFilterModel(QObject *parent)
    : QSortFilterProxyModel(parent)
{
    setDynamicSortFilter(true);
    sort(0);
}

/// What is kept of a row follows the source before the base class looks at the row again.
void TopicFilterModel::setSourceModel(QAbstractItemModel *source)
{
    for (const QMetaObject::Connection &connection : std::as_const(m_connections))
        disconnect(connection);
    m_connections.clear();
    m_rowWords = QList<QStringList>(source ? source->rowCount() : 0);
    if (source) {
        m_connections = {
            connect(source, &QAbstractItemModel::rowsInserted, this,
                    [this](const QModelIndex &, int first, int last) {
                        m_rowWords.insert(first, last - first + 1, QStringList());
                    }),
            connect(source, &QAbstractItemModel::rowsRemoved, this,
                    [this](const QModelIndex &, int first, int last) {
                        m_rowWords.remove(first, last - first + 1);
                    }),
            connect(source, &QAbstractItemModel::dataChanged, this,
                    [this](const QModelIndex &first, const QModelIndex &last) {
                        for (int row = first.row(); row <= last.row(); ++row)
                            m_rowWords[row].clear();
                    }),
            connect(source, &QAbstractItemModel::modelReset, this,
                    [this, source] { m_rowWords = QList<QStringList>(source->rowCount()); }),
        };
    }
    QSortFilterProxyModel::setSourceModel(source);
}

void TopicFilterModel::setFrozen(bool frozen)
{
    if (frozen == isFrozen())
        return;
    setDynamicSortFilter(!frozen);
    if (!frozen)
        invalidateFilter(); // rows that meanwhile no longer belong here
}

const QStringList &TopicFilterModel::wordsOfRow(int row) const
{
    QStringList &words = m_rowWords[row];
    if (words.isEmpty()) {
        const QModelIndex index = sourceModel()->index(row, 0);
        words = wordsOf(index.data(TopicListModel::TitleRole).toString())
            << wordsOf(index.data(TopicListModel::NameRole).toString());
    }
    return words;
}

void TopicFilterModel::setText(const QString &text)
{
    const QStringList words = wordsOf(text);
    if (words == m_words)
        return;
    m_words = words;
    invalidateFilter();
}

void TopicFilterModel::setTab(Tab tab)
{
    if (m_tab == tab)
        return;
    m_tab = tab;
    invalidateFilter();
}

void TopicFilterModel::setKept(const QString &name)
{
    if (m_kept == name)
        return;
    m_kept = name;
    invalidateFilter();
}

bool TopicFilterModel::filterAcceptsRow(int row, const QModelIndex &parent) const
{
    const QModelIndex index = sourceModel()->index(row, 0, parent);
    if (!isListedUnder(m_tab, index)
        && (m_kept.isEmpty() || index.data(TopicListModel::NameRole).toString() != m_kept))
        return false;
    if (m_words.isEmpty())
        return true;
    const QStringList &words = wordsOfRow(row);
    return std::all_of(m_words.begin(), m_words.end(), [&words](const QString &wanted) {
        return std::any_of(words.begin(), words.end(),
                           [&wanted](const QString &word) { return word.startsWith(wanted); });
    });
}

bool TopicFilterModel::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const bool leftPinned = left.data(TopicListModel::PinnedRole).toBool();
    if (leftPinned != right.data(TopicListModel::PinnedRole).toBool())
        return leftPinned;
    const QDateTime leftTime = left.data(TopicListModel::TimeRole).toDateTime();
    const QDateTime rightTime = right.data(TopicListModel::TimeRole).toDateTime();
    if (leftTime != rightTime)
        return leftTime.isValid() && (!rightTime.isValid() || leftTime > rightTime);
    const int titles = QString::localeAwareCompare(left.data(TopicListModel::TitleRole).toString(),
                                                   right.data(TopicListModel::TitleRole).toString());
    if (titles != 0)
        return titles < 0;
    return left.data(TopicListModel::NameRole).toString()
        < right.data(TopicListModel::NameRole).toString();
}

}
