#pragma once

#include "widgets/theme.h"

#include <QStyledItemDelegate>

namespace confab {

/// Where the parts of a chat row stand, left to right; the delegate mirrors it. Pure geometry.
struct TopicRowGeometry {
    QRect fill; ///< the rounded rectangle of hover and selection
    QRect avatar;
    QRect title; ///< elided
    QRect mute;
    QRect tick;
    QRect time;
    QRect preview; ///< elided
    QRect failed;
    QRect badge;
    QRect pin;
};

/// One row of the chat list, as the look says in "Chat row 64" and "Compact density". All rows have one height.
class TopicDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit TopicDelegate(const Theme &theme, QObject *parent = nullptr);

    /// The row painted as selected: the chat that is open, wherever the keyboard is.
    void setOpenTopic(const QString &name) { m_open = name; }

    int rowHeight() const;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
        const QModelIndex &index) const override;

private:
    struct Row;
    int lineHeight() const;
    QFont previewFont() const;
    Row rowOf(const QModelIndex &index) const;
    TopicRowGeometry geometryOf(const Row &row, const QRect &rect) const;
    QColor fillOf(const QStyleOptionViewItem &option, const Row &row) const;
    void paintFirstLine(QPainter *painter, const Row &row, const TopicRowGeometry &at) const;
    void paintSecondLine(QPainter *painter, const Row &row, const TopicRowGeometry &at) const;
    void paintPreview(QPainter *painter, const Row &row, const QRect &rect) const;
    void paintBadge(QPainter *painter, const Row &row, const QRect &rect) const;

    const Theme &m_theme;
    QString m_open;
};

}
