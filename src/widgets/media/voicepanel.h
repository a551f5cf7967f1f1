#pragma once

#include "widgets/media/abstractsound.h"
#include "widgets/theme.h"

#include <QList>
#include <QWidget>

class QLabel;
class QAbstractButton;
class QToolButton;

namespace confab {

/// Stands in the composer while a voice note is recorded: how long, how loud, throw away, send. Esc
/// throws away, Enter sends. Shows what it is told.
class VoicePanel : public QWidget
{
    Q_OBJECT

public:
    explicit VoicePanel(const Theme &theme, QWidget *parent = nullptr);

    void setDuration(int duration); ///< ms
    void addLevel(qreal level); ///< 0 to 1

signals:
    void cancelled();
    void finishRequested();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QToolButton *addButton(const char *name, const QString &icon, const QString &text);
    QRectF meterRect() const;

    const Theme &m_theme;
    QToolButton *m_cancel;
    QLabel *m_time;
    QAbstractButton *m_send;
    QList<qreal> m_levels; ///< the newest last
};

}
