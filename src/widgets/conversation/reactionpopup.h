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
    /// `mine` are shown as chosen; choosing one of them takes it back.
    ReactionPopup(const Theme &theme, const QStringList &mine, QWidget *parent);

    /// Above the point, or below where there is no room, on one screen. Takes the focus.
    void popUpAt(const QPoint &global);

    static QStringList frequent();

signals:
    void chosen(const QString &emoji);
    void moreRequested(const QPoint &global); ///< all others

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void addEmoji(QHBoxLayout *row, const QString &emoji, bool isMine);

    const Theme &m_theme;
};

}
