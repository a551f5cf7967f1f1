#include "widgets/conversation/datepopup.h"

#include "widgets/confabstyle.h"
#include "widgets/shapes.h"

#include <QCalendarWidget>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QScreen>
#include <QTextCharFormat>
#include <QToolButton>
#include <QVBoxLayout>

namespace confab {

namespace {

constexpr int kSide = 8;
constexpr int kDayWidth = 54; // room for the short names of days beside the style's margins
constexpr int kDayHeight = 32;

}

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
    m_calendar->setNavigationBarVisible(false); // the month's name has no room in ours
    m_calendar->setFixedSize(7 * kDayWidth, 7 * kDayHeight);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kSide, kSide, kSide, kSide);
    column->setSpacing(4);
    column->addWidget(buildMonthBar());
    column->addWidget(m_calendar);
    connect(m_calendar, &QCalendarWidget::currentPageChanged, this, &DatePopup::showMonth);
    const auto choose = [this](const QDate &day) {
        close();
        emit chosen(day);
    };
    connect(m_calendar, &QCalendarWidget::clicked, this, choose);
    connect(m_calendar, &QCalendarWidget::activated, this, choose);
    connect(&m_theme, &Theme::changed, this, &DatePopup::applyTheme);
    applyTheme();
}

QWidget *DatePopup::buildMonthBar()
{
    auto *bar = new QWidget(this);
    const auto makeButton = [this, bar](const char *name, const QString &text) {
        auto *button = new QToolButton(bar);
        button->setObjectName(QLatin1String(name));
        button->setAccessibleName(text);
        button->setToolTip(text);
        button->setFixedSize(32, 32);
        button->setIconSize({20, 20});
        return button;
    };
    m_before = makeButton("monthBefore", tr("Month before"));
    m_after = makeButton("monthAfter", tr("Month after"));
    m_month = new QLabel(bar);
    m_month->setObjectName(QStringLiteral("month"));
    m_month->setAlignment(Qt::AlignCenter);
    setText(m_month, "bodyStrong", "text");
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins({});
    row->addWidget(m_before);
    row->addWidget(m_month, 1);
    row->addWidget(m_after);
    connect(m_before, &QAbstractButton::clicked, m_calendar, &QCalendarWidget::showPreviousMonth);
    connect(m_after, &QAbstractButton::clicked, m_calendar, &QCalendarWidget::showNextMonth);
    return bar;
}

void DatePopup::showMonth()
{
    const QDate first(m_calendar->yearShown(), m_calendar->monthShown(), 1);
    m_month->setText(QLocale().toString(first, tr("MMMM yyyy", "format of a month and year")));
    m_after->setEnabled(first.addMonths(1) <= m_calendar->maximumDate());
}

void DatePopup::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colors().raised);
    strokeRound(painter, rect(), 0, m_theme.colors().border); // as menus have it
}

/// Weekends are days like others: no red, which would fail its contrast.
void DatePopup::applyTheme()
{
    QPalette palette = m_theme.palette();
    palette.setColor(QPalette::Window, m_theme.colors().raised);
    palette.setColor(QPalette::Base, m_theme.colors().raised);
    palette.setColor(QPalette::AlternateBase, m_theme.colors().raised);
    setPalette(palette);
    m_before->setIcon(m_theme.icon(QStringLiteral("chevron-left")));
    m_after->setIcon(m_theme.icon(QStringLiteral("chevron-right")));
    QTextCharFormat header;
    header.setForeground(m_theme.colors().text2);
    header.setBackground(m_theme.colors().raised);
    m_calendar->setHeaderTextFormat(header);
    QTextCharFormat day;
    day.setForeground(m_theme.colors().text);
    for (const Qt::DayOfWeek weekend : {Qt::Saturday, Qt::Sunday})
        m_calendar->setWeekdayTextFormat(weekend, day);
}

void DatePopup::open(const QPoint &where, const QDate &day)
{
    m_calendar->setMaximumDate(QDate::currentDate());
    m_calendar->setSelectedDate(day.isValid() ? day : QDate::currentDate());
    showMonth();
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
