#pragma once

#include "widgets/theme.h"

#include <QListView>

namespace confab {

class TopicDelegate;

/// The rows of the chat list. Arrow keys only move the focus; Enter and a click open.
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

private:
    TopicDelegate *m_delegate;
};

}
