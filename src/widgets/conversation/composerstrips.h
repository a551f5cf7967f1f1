#pragma once

#include "widgets/theme.h"

#include <QWidget>

class QVBoxLayout;

namespace confab {

/// What stands above the text in the composer: what it answers or edits, and what its link will
/// show, each with a line below. Not there while there is neither.
class ComposerStrips : public QWidget
{
    Q_OBJECT

public:
    ComposerStrips(const Theme &theme, QWidget *parent);

    /// Owned from now on; takes the place of the one before. nullptr: none.
    void setTarget(QWidget *strip) { replace(m_target, strip, 0); }
    void setPreview(QWidget *strip) { replace(m_preview, strip, m_target ? 1 : 0); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void replace(QWidget *&place, QWidget *strip, int index);

    const Theme &m_theme;
    QVBoxLayout *m_column;
    QWidget *m_target = nullptr;
    QWidget *m_preview = nullptr;
};

/// Takes it away now and deletes it later, since it may be one of its buttons that wants it gone.
void discardWidget(QWidget *widget);

}
