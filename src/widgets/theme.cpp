#include "widgets/theme.h"

#include "widgets/systemcolorscheme.h"

#include <QFile>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <fontconfig/fontconfig.h>

#include <memory>

// The library is static: without this the linker drops the resources. Has to be outside a namespace.
static void keepResources()
{
    Q_INIT_RESOURCE(chat);
}

namespace confab {

namespace {

constexpr qreal kBasePointSize = 10;

struct TypeRow {
    int px;
    int line;
    QFont::Weight weight;
};

TypeRow typeRow(TextStyle style)
{
    switch (style) {
    case TextStyle::Display:
        return {22, 28, QFont::DemiBold};
    case TextStyle::Heading:
        return {16, 24, QFont::DemiBold};
    case TextStyle::Title:
        return {14, 20, QFont::DemiBold};
    case TextStyle::Body:
        return {13, 20, QFont::Normal};
    case TextStyle::BodyMedium:
        return {13, 20, QFont::Medium};
    case TextStyle::BodyStrong:
        return {13, 20, QFont::DemiBold};
    case TextStyle::Sender:
        return {12, 16, QFont::DemiBold};
    case TextStyle::Small:
        return {12, 16, QFont::Normal};
    case TextStyle::SmallMedium:
        return {12, 16, QFont::Medium};
    case TextStyle::SmallStrong:
        return {12, 16, QFont::DemiBold};
    case TextStyle::Meta:
        return {11, 16, QFont::Normal};
    case TextStyle::MetaStrong:
        return {11, 16, QFont::DemiBold};
    case TextStyle::Code:
        return {12, 17, QFont::Normal};
    }
    Q_UNREACHABLE();
}

/// Draws an icon anew for each size and state, so that it is crisp and follows the theme.
class ThemeIconEngine : public QIconEngine
{
public:
    ThemeIconEngine(const Theme &theme, const QString &name)
        : m_theme(theme)
        , m_name(name)
    {
    }

    QIconEngine *clone() const override { return new ThemeIconEngine(m_theme, m_name); }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const int size = qMin(rect.width(), rect.height());
        QRect square(0, 0, size, size);
        square.moveCenter(rect.center());
        painter->drawPixmap(square,
            m_theme.pixmap(m_name, size, color(mode, state), painter->device()->devicePixelRatioF()));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return m_theme.pixmap(m_name, qMin(size.width(), size.height()), color(mode, state), 1.0);
    }

private:
    QColor color(QIcon::Mode mode, QIcon::State state) const
    {
        const ThemeColors &colors = m_theme.colors();
        if (mode == QIcon::Disabled)
            return colors.disabled;
        if (mode == QIcon::Selected && state == QIcon::On)
            return colors.onAccent;
        if (mode == QIcon::Selected || state == QIcon::On)
            return colors.accentText;
        return mode == QIcon::Active ? colors.text : colors.text2;
    }

    const Theme &m_theme;
    QString m_name;
};

/// The installed family that fontconfig takes for this one. QFontInfo would tell it too, but loads
/// the font, which a chat without code never needs.
QString familyBehind(const QString &family)
{
    const std::unique_ptr<FcPattern, decltype(&FcPatternDestroy)> asked(
        FcPatternCreate(), &FcPatternDestroy);
    FcPatternAddString(asked.get(), FC_FAMILY,
        reinterpret_cast<const FcChar8 *>(family.toUtf8().constData()));
    FcConfigSubstitute(nullptr, asked.get(), FcMatchPattern);
    FcDefaultSubstitute(asked.get());
    FcResult result = FcResultNoMatch;
    const std::unique_ptr<FcPattern, decltype(&FcPatternDestroy)> found(
        FcFontMatch(nullptr, asked.get(), &result), &FcPatternDestroy);
    FcChar8 *name = nullptr;
    if (!found || FcPatternGetString(found.get(), FC_FAMILY, 0, &name) != FcResultMatch)
        return family;
    return QString::fromUtf8(reinterpret_cast<const char *>(name));
}

/// The file in one colour, with the look's stroke in place of the set's own.
QByteArray recolored(const QString &icon, const QColor &color)
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(icon));
    const bool found = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(found, "Theme::pixmap", qPrintable(icon));
    if (!found)
        return {};
    QByteArray svg = file.readAll();
    svg.replace("currentColor", color.name().toLatin1());
    svg.replace("stroke-width=\"2\"", "stroke-width=\"1.75\"");
    return svg;
}

}

Theme::Theme(QObject *parent)
    : QObject(parent)
    , m_userFamily(QGuiApplication::font().family())
    , m_system(new SystemColorScheme(this))
{
    keepResources();
    const QFont user = QGuiApplication::font();
    // Without a desktop Qt takes 9 pt, which nobody has chosen; smaller text is a setting of ours.
    if (user.pointSizeF() > kBasePointSize)
        m_userScale = user.pointSizeF() / kBasePointSize;
    m_paletteDark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    connect(m_system, &SystemColorScheme::changed, this, &Theme::applyMode);
    m_colors = ThemeColors::light();
    applyMode();
}

void Theme::setMode(ThemeMode mode)
{
    m_mode = mode;
    applyMode();
}

void Theme::setTextPercent(int percent)
{
    percent = qBound(80, percent, 200);
    if (percent == m_textPercent)
        return;
    m_textPercent = percent;
    emit changed();
}

void Theme::setDensity(Density density)
{
    if (density == m_density)
        return;
    m_density = density;
    emit changed();
}

void Theme::applyMode()
{
    const bool dark = m_mode == ThemeMode::Dark
        || (m_mode == ThemeMode::System && m_system->isDark().value_or(m_paletteDark));
    if (dark == m_dark)
        return;
    m_dark = dark;
    m_colors = dark ? ThemeColors::dark() : ThemeColors::light();
    emit changed();
}

const QStringList &Theme::families() const
{
    if (m_families.isEmpty()) {
        const QString inter = QStringLiteral("Inter");
        m_families = {QFontDatabase::hasFamily(inter) ? inter : m_userFamily,
            QStringLiteral("Noto Color Emoji")};
    }
    return m_families;
}

QFont Theme::font(TextStyle style) const
{
    const TypeRow row = typeRow(style);
    QFont font;
    if (style == TextStyle::Code) {
        font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        // By its own name: behind "monospace" Qt would take spaces and digits from the emoji font.
        if (m_codeFamily.isEmpty())
            m_codeFamily = familyBehind(font.family());
        font.setFamilies({m_codeFamily, families().last()});
    } else {
        font.setFamilies(families());
    }
    font.setPixelSize(scaled(row.px));
    font.setWeight(row.weight);
    return font;
}

int Theme::lineHeight(TextStyle style) const
{
    return scaled(typeRow(style).line);
}

int Theme::scaled(int px) const
{
    return qRound(px * m_userScale * m_textPercent / 100);
}

QPixmap Theme::pixmap(const QString &icon, int size, const QColor &color, qreal ratio) const
{
    const QString key = QStringLiteral("confab/%1/%2/%3/%4")
                            .arg(icon)
                            .arg(size)
                            .arg(color.rgba(), 8, 16)
                            .arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    pixmap = QPixmap(QSize(size, size) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(recolored(icon, color));
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(0, 0, size, size));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon Theme::icon(const QString &icon) const
{
    return QIcon(new ThemeIconEngine(*this, icon));
}

QPalette Theme::palette() const
{
    const ThemeColors &c = m_colors;
    QPalette p;
    p.setColor(QPalette::Window, c.window);
    p.setColor(QPalette::Base, c.panel);
    p.setColor(QPalette::AlternateBase, c.window);
    p.setColor(QPalette::Button, c.raised);
    p.setColor(QPalette::PlaceholderText, c.text2);
    p.setColor(QPalette::Highlight, c.selection);
    p.setColor(QPalette::HighlightedText, c.text);
    p.setColor(QPalette::Link, c.link);
    p.setColor(QPalette::LinkVisited, c.link);
    p.setColor(QPalette::ToolTipBase, c.raised);
    p.setColor(QPalette::ToolTipText, c.text);
    p.setColor(QPalette::BrightText, c.danger);
    p.setColor(QPalette::Light, c.hoverRaised);
    p.setColor(QPalette::Midlight, c.divider);
    p.setColor(QPalette::Mid, c.border);
    p.setColor(QPalette::Dark, c.border);
    p.setColor(QPalette::Shadow, c.divider);
    for (const QPalette::ColorRole role :
        {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        p.setColor(role, c.text);
        p.setColor(QPalette::Disabled, role, c.disabled);
    }
    return p;
}

int Theme::hueOf(const QString &id)
{
    quint32 hash = 2166136261u;
    const QByteArray bytes = id.toUtf8();
    for (const char byte : bytes) {
        hash ^= static_cast<quint8>(byte);
        hash *= 16777619u;
    }
    hash ^= hash >> 16;
    return static_cast<int>(hash & 7u);
}

}
