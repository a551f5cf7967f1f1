#pragma once

#include "widgets/composer/completionpopup.h"

#include <QStyledItemDelegate>

class QStandardItem;

namespace confab {

/// A row of a CompletionPopup.
class CompletionDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit CompletionDelegate(const Theme &theme, QObject *parent = nullptr);

    static QStandardItem *makeItem(const CompletionPopup::Entry &entry);
    static int rowHeight(const Theme &theme);

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;

private:
    const Theme &m_theme;
};

}
