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
    const QString name = index.data(TopicListModel::NameRole).toString();
    if (!isListedUnder(m_tab, index) && (m_kept.isEmpty() || name != m_kept))
        return false;
    if (m_words.isEmpty())
        return true;
    const QStringList words = wordsOf(index.data(TopicListModel::TitleRole).toString())
        << wordsOf(name);
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
