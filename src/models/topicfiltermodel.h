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
    void setText(const QString &text);
    void setTab(Tab tab);
    /// A topic that stays listed although the tab no longer matches: the open one, just read.
    void setKept(const QString &name);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QStringList m_words; ///< of the filter text, folded; each begins a word of title or id
    QString m_kept;
    Tab m_tab = Tab::All;
};

}
