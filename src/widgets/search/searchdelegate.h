#pragma once

#include "widgets/theme.h"

#include <QStyledItemDelegate>

class QTextLayout;

namespace confab {

/// One hit: avatar of the sender, name of the chat and time, and two lines of the message with what was
/// found marked (look, "search"). All rows have one height.
class SearchDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit SearchDelegate(const Theme &theme, QObject *parent = nullptr);

    /// The hit whose message is shown; painted as selected.
    void setOpenRow(int row) { m_openRow = row; }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;

private:
    int rowHeight() const;
    void paintText(QPainter *painter, const QRect &rect, const QModelIndex &index) const;
    int layOutText(QTextLayout &layout, const QRect &rect, const QModelIndex &index) const;

    const Theme &m_theme;
    int m_openRow = -1;
};

}
