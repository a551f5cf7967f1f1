#pragma once

#include "widgets/theme.h"

#include <QWidget>

class QHBoxLayout;

namespace confab {

/// The emoji that are used most, to react with one click or key. Closes when one is chosen; deletes
/// itself when closed.
class ReactionPopup : public QWidget
{
    Q_OBJECT

public:
    /// `mine` are shown as chosen; choosing one of them takes it back. `withMore`: somebody answers
    /// moreRequested().
    ReactionPopup(const Theme &theme, const QStringList &mine, bool withMore, QWidget *parent);

    /// Above the point, or below where this room on the screen has none. Takes the focus.
    void popUpAt(const QPoint &global, const QRect &room);

    static QStringList frequent();

signals:
    void chosen(const QString &emoji);
    void moreRequested(const QRect &global); ///< all others, at this place of the screen

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addMore(QHBoxLayout *row);
    void addEmoji(QHBoxLayout *row, const QString &emoji, bool isMine);

    const Theme &m_theme;
};

}
