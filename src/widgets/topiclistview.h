#pragma once

#include "widgets/theme.h"

#include <QListView>
#include <QTimer>

namespace confab {

class TopicDelegate;

/// The rows of the chat list. Arrow keys only move the focus; Enter and a click open. While the pointer
/// moves over them they keep their order.
class TopicListView : public QListView
{
    Q_OBJECT

public:
    explicit TopicListView(const Theme &theme, QWidget *parent = nullptr);

    /// Painted as selected; empty: none.
    void setOpenTopic(const QString &name);

signals:
    void openRequested(const QModelIndex &index);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    void freeze(bool frozen);

    TopicDelegate *m_delegate;
    QTimer m_thaw; ///< rows take their places again when the pointer has rested
};

}
