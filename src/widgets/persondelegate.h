#pragma once

#include "widgets/theme.h"

#include <QStyledItemDelegate>

namespace confab {

/// A row of a PersonModel.
class PersonDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit PersonDelegate(const Theme &theme, QObject *parent = nullptr);
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;

private:
    const Theme &m_theme;
};

}
