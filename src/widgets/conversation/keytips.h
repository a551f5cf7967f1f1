#pragma once

#include "widgets/theme.h"

#include <QWidget>

class QGridLayout;
class QLabel;

namespace confab {

/// What stands in place of a conversation while none is chosen: the mark and five keys to know.
/// They are made after its first frame, for mostly a chat opens before that, and fonts and layouts
/// take time.
class KeyTips : public QWidget
{
    Q_OBJECT

public:
    explicit KeyTips(const Theme &theme, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void build();
    void addTip(const QString &action, const QString &keys);
    void applyTheme();

    const Theme &m_theme;
    QLabel *m_heading = nullptr; ///< null: not built yet
    QGridLayout *m_tips = nullptr;
    QList<QLabel *> m_actions;
};

}
