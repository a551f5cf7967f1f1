#include "stallgate.h"
#include "widgets/theme.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace confab;

namespace {

using Token = QColor ThemeColors::*;
using C = ThemeColors;

double channel(double value)
{
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF())
        + 0.0722 * channel(color.blueF());
}

/// As WCAG 2 defines it.
double contrast(const QColor &one, const QColor &other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (qMax(a, b) + 0.05) / (qMin(a, b) + 0.05);
}

struct Pairs {
    const char *name;
    Token front;
    QList<Token> behind;
    double least;
};

QList<Pairs> pairsInUse()
{
    return {
        {"text", &C::text,
            {&C::window, &C::panel, &C::raised, &C::hover, &C::pressed, &C::hoverRaised,
                &C::pressedRaised, &C::selected, &C::selInactive, &C::own, &C::other, &C::quoteOwn,
                &C::quoteOther, &C::code, &C::codeOwn, &C::selection, &C::mark, &C::warningBg,
                &C::dangerBg},
            4.5},
        {"text2", &C::text2,
            {&C::window, &C::panel, &C::raised, &C::hover, &C::pressed, &C::hoverRaised,
                &C::pressedRaised, &C::selected, &C::selInactive, &C::warningBg, &C::dangerBg},
            4.5},
        {"ownMeta", &C::ownMeta, {&C::own, &C::quoteOwn, &C::codeOwn}, 4.5},
        {"otherMeta", &C::otherMeta, {&C::other, &C::quoteOther, &C::code}, 4.5},
        {"accentText", &C::accentText,
            {&C::window, &C::panel, &C::raised, &C::hover, &C::selected, &C::own, &C::other,
                &C::quoteOwn, &C::quoteOther, &C::warningBg},
            4.5},
        {"link", &C::link, {&C::own, &C::other, &C::panel, &C::raised, &C::selected}, 4.5},
        {"onAccent", &C::onAccent,
            {&C::accent, &C::accentHover, &C::accentPressed, &C::dangerFill}, 4.5},
        {"onUnread", &C::onUnread, {&C::unread}, 4.5},
        {"onMuted", &C::onMuted, {&C::muted}, 4.5},
        {"tickRead", &C::tickRead, {&C::own, &C::window, &C::hover, &C::selected}, 4.5},
        {"success", &C::success, {&C::panel, &C::raised, &C::window}, 4.5},
        {"warning", &C::warning,
            {&C::panel, &C::window, &C::hover, &C::selected, &C::warningBg}, 4.5},
        {"danger", &C::danger,
            {&C::panel, &C::window, &C::raised, &C::hover, &C::selected, &C::dangerBg}, 4.5},
        {"codeKey", &C::codeKey, {&C::code, &C::codeOwn}, 4.5},
        {"codeStr", &C::codeStr, {&C::code, &C::codeOwn}, 4.5},
        {"focus", &C::focus,
            {&C::window, &C::panel, &C::raised, &C::selected, &C::own, &C::other}, 3.0},
        {"border", &C::border, {&C::window, &C::panel, &C::raised}, 3.0},
        {"online", &C::online, {&C::window, &C::hover, &C::selected}, 3.0},
        {"accent", &C::accent, {&C::window, &C::panel, &C::raised}, 3.0},
    };
}

}

class TestTheme : public QObject
{
    Q_OBJECT

private slots:
    void everyPairInUseHasEnoughContrast_data();
    void everyPairInUseHasEnoughContrast();
    void initialsAndNamesCanBeReadInEveryHue_data();
    void initialsAndNamesCanBeReadInEveryHue();
    void hueStaysTheSameForAnId_data();
    void hueStaysTheSameForAnId();
    void chosenModeWinsOverTheDesktop();
    void largerTextGrowsFontsAndLines();
    void textPercentKeepsItsLimits();
    void everyFontNamesTheEmojiFont();
    void iconsTakeTheColourAskedFor();
};

void TestTheme::everyPairInUseHasEnoughContrast_data()
{
    QTest::addColumn<ThemeColors>("colors");
    QTest::addRow("light") << ThemeColors::light();
    QTest::addRow("dark") << ThemeColors::dark();
}

void TestTheme::everyPairInUseHasEnoughContrast()
{
    QFETCH(ThemeColors, colors);
    const QList<Pairs> all = pairsInUse();
    for (const Pairs &pairs : all) {
        int number = 0;
        for (const Token behind : pairs.behind) {
            const double ratio = contrast(colors.*pairs.front, colors.*behind);
            QVERIFY2(ratio >= pairs.least,
                qPrintable(QStringLiteral("%1 on its background %2: %3")
                               .arg(QLatin1String(pairs.name))
                               .arg(number)
                               .arg(ratio)));
            ++number;
        }
    }
}

void TestTheme::initialsAndNamesCanBeReadInEveryHue_data()
{
    everyPairInUseHasEnoughContrast_data();
}

void TestTheme::initialsAndNamesCanBeReadInEveryHue()
{
    QFETCH(ThemeColors, colors);
    for (const QColor &fill : colors.hueFill)
        QVERIFY(contrast(Qt::white, fill) >= 4.5);
    for (const QColor &text : colors.hueText) {
        for (const Token behind : {&C::panel, &C::other, &C::quoteOwn, &C::quoteOther})
            QVERIFY(contrast(text, colors.*behind) >= 4.5);
    }
}

void TestTheme::hueStaysTheSameForAnId_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("hue");
    QTest::addRow("a user") << QStringLiteral("usrAlex") << 3;
    QTest::addRow("me") << QStringLiteral("me") << 1;
    QTest::addRow("a full id") << QStringLiteral("usr2il9suCbuko") << 6;
}

void TestTheme::hueStaysTheSameForAnId()
{
    QFETCH(QString, id);
    QTEST(Theme::hueOf(id), "hue");
}

void TestTheme::chosenModeWinsOverTheDesktop()
{
    Theme theme;
    theme.setMode(ThemeMode::Light);
    QSignalSpy changed(&theme, &Theme::changed);
    theme.setMode(ThemeMode::Dark);
    QVERIFY(theme.isDark());
    QCOMPARE(theme.colors().window, ThemeColors::dark().window);
    QCOMPARE(theme.palette().color(QPalette::Window), ThemeColors::dark().window);
    theme.setMode(ThemeMode::Light);
    QVERIFY(!theme.isDark());
    QCOMPARE(changed.count(), 2);
}

void TestTheme::largerTextGrowsFontsAndLines()
{
    Theme theme;
    const int font = theme.font(TextStyle::Body).pixelSize();
    const int line = theme.lineHeight(TextStyle::Body);
    QSignalSpy changed(&theme, &Theme::changed);
    theme.setTextPercent(200);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(theme.font(TextStyle::Body).pixelSize(), 2 * font);
    QCOMPARE(theme.lineHeight(TextStyle::Body), 2 * line);
}

void TestTheme::textPercentKeepsItsLimits()
{
    Theme theme;
    theme.setTextPercent(500);
    QCOMPARE(theme.textPercent(), 200);
    theme.setTextPercent(1);
    QCOMPARE(theme.textPercent(), 80);
}

void TestTheme::everyFontNamesTheEmojiFont()
{
    const Theme theme;
    for (const TextStyle style : {TextStyle::Display, TextStyle::Body, TextStyle::Meta, TextStyle::Code})
        QCOMPARE(theme.font(style).families().last(), QStringLiteral("Noto Color Emoji"));
}

void TestTheme::iconsTakeTheColourAskedFor()
{
    const Theme theme;
    const QPixmap plus = theme.pixmap(QStringLiteral("plus"), 24, Qt::red, 2.0);
    QCOMPARE(plus.size(), QSize(48, 48));
    QCOMPARE(plus.devicePixelRatio(), 2.0);
    QCOMPARE(plus.toImage().pixelColor(24, 24), QColor(Qt::red));
}

CONFAB_GATED_MAIN(TestTheme)
#include "tst_theme.moc"
