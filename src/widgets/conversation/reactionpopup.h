#pragma once

#include "widgets/popover.h"

class QHBoxLayout;

namespace confab {

/// The emoji that are used most, to react with one click or key. Closes when one is chosen; deletes
/// itself when closed.
class ReactionPopup : public Popover
{
    Q_OBJECT

public:
    /// `mine` are shown as chosen; choosing one of them takes it back. `withMore`: somebody answers
    /// moreRequested().
    ReactionPopup(const Theme &theme, const QStringList &mine, bool withMore, QWidget *owner);

    /// Above a part of the screen, or below it where there is no room. Takes the focus.
    void popUpAt(const QRect &global);

    static QStringList frequent();

signals:
    void chosen(const QString &emoji);
    void moreRequested(const QRect &global); ///< all others, at this place of the screen

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addMore(QHBoxLayout *row);
    void addEmoji(QHBoxLayout *row, const QString &emoji, bool isMine);
};

}
