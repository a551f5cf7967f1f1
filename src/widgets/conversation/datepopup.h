#pragma once

#include "widgets/theme.h"

#include <QDate>
#include <QFrame>

class QCalendarWidget;
class QLabel;
class QToolButton;

namespace confab {

/// A calendar to choose the day to go to. Closes when a day is chosen, by Escape or by a click
/// elsewhere.
class DatePopup : public QFrame
{
    Q_OBJECT

public:
    DatePopup(const Theme &theme, QWidget *parent);

    /// Opens at a place on the screen, showing this day.
    void open(const QPoint &where, const QDate &day);

signals:
    void chosen(const QDate &day);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *buildMonthBar();
    void showMonth();
    void applyTheme();

    const Theme &m_theme;
    QCalendarWidget *m_calendar;
    QToolButton *m_before = nullptr;
    QLabel *m_month = nullptr;
    QToolButton *m_after = nullptr;
};

}
