#include "widgets/conversation/datepopup.h"

#include <QCalendarWidget>
#include <QGuiApplication>
#include <QScreen>
#include <QTextCharFormat>
#include <QVBoxLayout>

namespace confab {

DatePopup::DatePopup(const Theme &theme, QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_theme(theme)
    , m_calendar(new QCalendarWidget(this))
{
    setObjectName(QStringLiteral("datePopup"));
    setAccessibleName(tr("Go to date"));
    m_calendar->setObjectName(QStringLiteral("calendar"));
    m_calendar->setAccessibleName(tr("Day to go to"));
    m_calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    m_calendar->setGridVisible(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->addWidget(m_calendar);
    const auto choose = [this](const QDate &day) {
        close();
        emit chosen(day);
    };
    connect(m_calendar, &QCalendarWidget::clicked, this, choose);
    connect(m_calendar, &QCalendarWidget::activated, this, choose);
    connect(&m_theme, &Theme::changed, this, &DatePopup::applyTheme);
    applyTheme();
}

/// Weekends are days like others: no red, which would fail its contrast.
void DatePopup::applyTheme()
{
    QPalette palette = m_theme.palette();
    palette.setColor(QPalette::Window, m_theme.colors().raised);
    palette.setColor(QPalette::Base, m_theme.colors().raised);
    palette.setColor(QPalette::AlternateBase, m_theme.colors().raised);
    setPalette(palette);
    setAutoFillBackground(true);
    QTextCharFormat day;
    day.setForeground(m_theme.colors().text);
    for (const Qt::DayOfWeek weekend : {Qt::Saturday, Qt::Sunday})
        m_calendar->setWeekdayTextFormat(weekend, day);
}

void DatePopup::open(const QPoint &where, const QDate &day)
{
    m_calendar->setMaximumDate(QDate::currentDate());
    m_calendar->setSelectedDate(day.isValid() ? day : QDate::currentDate());
    adjustSize();
    QPoint corner = where - QPoint(width() / 2, 0);
    if (const QScreen *screen = QGuiApplication::screenAt(where)) {
        const QRect free = screen->availableGeometry();
        corner.setX(qBound(free.left(), corner.x(), qMax(free.left(), free.right() - width())));
        corner.setY(qBound(free.top(), corner.y(), qMax(free.top(), free.bottom() - height())));
    }
    move(corner);
    show();
    m_calendar->setFocus();
}

}
