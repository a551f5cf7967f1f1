#pragma once

#include "widgets/theme.h"

#include <QWidget>

class QToolButton;

namespace confab {

/// Inside the composer's box, above the text: what is answered or edited, with a button that ends
/// it (look.md, "Composer").
class TargetStrip : public QWidget
{
    Q_OBJECT

public:
    TargetStrip(const Theme &theme, const QString &icon, QWidget *parent = nullptr);

    /// `hue` of the person quoted, 0 to 7; -1: the accent.
    void setContent(const QString &heading, const QString &line, int hue);
    QString heading() const { return m_headingText; }
    QString line() const { return m_lineText; }

signals:
    void closed();
    void pressed(); ///< the message is to be shown

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void applyTheme();
    QColor ink() const;

    const Theme &m_theme;
    QString m_icon;
    QString m_headingText;
    QString m_lineText;
    int m_hue = -1;
    QToolButton *m_close;
};

}
