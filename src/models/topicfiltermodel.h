#pragma once

#include <QAbstractProxyModel>
#include <QStringList>

namespace confab {

/// Order of the chat list: pinned, then last activity. Filters by words of the title or id and by
/// tab. A row that changes is one signal (dataChanged, or moved, inserted, removed); another filter
/// is one layoutChanged, however many rows come and go with it. GUI thread.
class TopicFilterModel : public QAbstractProxyModel
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
    /// New ones come last.
    void setFrozen(bool frozen);
    bool isFrozen() const { return m_frozen; }

    QModelIndex mapToSource(const QModelIndex &index) const override;
    QModelIndex mapFromSource(const QModelIndex &index) const override;
    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;

private:
    /// What order and filter need of a row of the source.
    struct Row {
        QString name;
        QString title;
        qint64 time = 0; ///< of the last activity, ms since 1970; the least there is: none
        bool pinned = false;
        bool unread = false;
        bool group = false;
        mutable QString words; ///< of title and name, folded; empty until asked for
    };

    Row readRow(int row) const;
    void endReset();
    bool precedes(int row, int other) const;
    int placeIn(const QList<int> &rows, int row) const;
    bool isListed(const Row &row) const;
    void sortRows();
    QList<int> matchingRows() const;
    void filterRows();
    void addRow(int row);
    void placeRow(int row);
    void noteInserted(int first, int last);
    void dropRow(int row);
    void noteRemoved(int first, int last);
    void noteChanged(int first, int last, const QList<int> &roles);

    QList<Row> m_rows; ///< by row of the source
    QList<int> m_order; ///< rows of the source, as they would be listed without a filter
    QList<int> m_listed; ///< those of them that are listed
    QList<QMetaObject::Connection> m_connections;
    QStringList m_words; ///< of the filter text, folded, a blank before each
    QString m_kept;
    Tab m_tab = Tab::All;
    bool m_frozen = false;
};

}
