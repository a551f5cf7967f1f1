#pragma once

#include "widgets/avatar.h"
#include "widgets/theme.h"

#include <QFrame>
#include <QList>

class QKeyEvent;
class QListView;
class QStandardItemModel;

namespace confab {

/// What may complete the word being typed, in a list above it. Takes no focus: whoever has the
/// keyboard offers its keys. Nothing is chosen until the person does, so that Enter stays with the
/// text.
class CompletionPopup : public QFrame
{
    Q_OBJECT

public:
    struct Entry {
        QString emoji; ///< shown in front, or else
        AvatarSource avatar;
        QString title;
        QString detail;
    };

    /// `parent` is what it floats over, such as the window's content.
    CompletionPopup(const Theme &theme, QWidget *parent);

    /// With its foot at this line of the parent's; nothing is chosen.
    void open(const QList<Entry> &entries, const QPoint &foot, int width);
    int choice() const; ///< -1: none
    /// Up, Down, Page Up, Page Down choose; Tab takes what is chosen, or the first; Enter takes
    /// what is chosen; Escape closes. False if the key is not for the popup.
    bool takeKey(const QKeyEvent &event);

signals:
    void accepted(int index);
    void dismissed(); ///< by Escape

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void choose(int row);

    const Theme &m_theme;
    QStandardItemModel *m_model;
    QListView *m_list;
};

}
