#include "widgets/listtime.h"

#include <QTest>

using namespace confab;

class TestListTime : public QObject
{
    Q_OBJECT

private slots:
    void momentIsToldByItsDistance_data();
    void momentIsToldByItsDistance();
};

void TestListTime::momentIsToldByItsDistance_data()
{
    QTest::addColumn<QDateTime>("moment");
    QTest::addColumn<QString>("told");
    const auto at = [](int day, int hour) {
        return QDateTime(QDate(2026, 3, day), QTime(hour, 5), Qt::UTC);
    };
    const QLocale locale;
    QTest::addRow("today") << at(20, 9) << QStringLiteral("09:05");
    QTest::addRow("a clock ahead") << at(21, 9) << QStringLiteral("09:05");
    QTest::addRow("yesterday, hours ago") << at(19, 23) << QStringLiteral("Yesterday");
    QTest::addRow("this week") << at(16, 9) << locale.dayName(1, QLocale::ShortFormat);
    QTest::addRow("a week ago") << at(13, 9)
                                << locale.toString(QDate(2026, 3, 13), QLocale::ShortFormat);
    QTest::addRow("never") << QDateTime() << QString();
}

void TestListTime::momentIsToldByItsDistance()
{
    QFETCH(QDateTime, moment);
    const QDateTime now(QDate(2026, 3, 20), QTime(10, 0), Qt::UTC);
    QTEST(listTime(moment, now), "told");
}

QTEST_GUILESS_MAIN(TestListTime)
#include "tst_listtime.moc"
