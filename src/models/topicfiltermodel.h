#pragma once

#include <QSortFilterProxyModel>
#include <QStringList>

namespace confab {

/// Order of the chat list: pinned, then last activity. Filters by words of the title or id and by tab.
class TopicFilterModel : public QSortFilterProxyModel
{
    Q_OBJECT

public:
    enum class Tab { All, Unread, Groups };

    explicit TopicFilterModel(QObject *parent = nullptr);
    void setSourceModel(QAbstractItemModel *source) override; ///< a TopicListModel
    void setText(const QString &text);
    void setTab(Tab tab);
    /// A topic that stays listed although the tab no longer matches: the open one, just read.
    void setKept(const QString &name);
    /// While frozen rows keep their places, whatever happens in them: somebody is pointing at one.
    void setFrozen(bool frozen);
    bool isFrozen() const { return !dynamicSortFilter(); }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    const QStringList &wordsOfRow(int row) const;

    mutable QList<QStringList> m_rowWords; ///< by source row, folded; empty until asked for
    QList<QMetaObject::Connection> m_connections;
    QStringList m_words; ///< of the filter text, folded; each begins a word of title or id
    QString m_kept;
    Tab m_tab = Tab::All;
};

}
