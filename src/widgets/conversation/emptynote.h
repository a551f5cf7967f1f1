#pragma once

#include "widgets/theme.h"

#include <QWidget>

class QLabel;

namespace confab {

/// An icon and one sentence in the middle of a pane that has nothing else to show.
class EmptyNote : public QWidget
{
    Q_OBJECT

public:
    EmptyNote(const Theme &theme, const QString &icon, QWidget *parent);

    void setSentence(const QString &text);
    QString sentence() const;

private:
    const Theme &m_theme;
    QLabel *m_label;
};

}
