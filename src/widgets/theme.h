#pragma once

#include <QColor>
#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPalette>
#include <QPixmap>
#include <QString>
#include <QStringList>

#include <array>

namespace confab {

class SystemColorScheme;

enum class ThemeMode { System, Light, Dark };

/// How much room chats and messages take: bubbles, or rows in columns (look.md §7).
enum class Density { Roomy, Compact };

/// The colour tokens of the look, by the names of its table; a widget asks for the role, never for a
/// colour value. Contrast of every pair in use is tested.
struct ThemeColors {
    QColor window, panel, raised, hover, pressed, hoverRaised, pressedRaised, selected, selInactive;
    QColor text, text2, disabled, accent, accentHover, accentPressed, accentText, onAccent;
    QColor own, ownMeta, other, otherMeta, quoteOwn, quoteOther, link, unread, onUnread, muted, onMuted;
    QColor tickRead, success, online, warning, warningBg, danger, dangerFill, dangerBg;
    QColor divider, border, focus, selection, code, codeOwn, codeKey, codeStr, mark, scrim;
    std::array<QColor, 8> hueFill; ///< avatars
    std::array<QColor, 8> hueText; ///< names

    static ThemeColors light();
    static ThemeColors dark();
};

/// Rows of the type table.
enum class TextStyle {
    Display,
    Heading,
    Title, ///< conversation title
    Body,
    BodyMedium, ///< list name, button
    BodyStrong, ///< list name of an unread chat
    Sender,
    Small, ///< subtitle, hint, quote
    SmallMedium, ///< field label
    SmallStrong, ///< active tab
    Meta, ///< time
    MetaStrong, ///< badge, date pill, section label
    Code,
};

/// Colours, fonts and icons of one running program. GUI thread; made by the composition root before it
/// sets a font or palette of the application, passed to every widget that paints, outlives them.
/// `changed` means: repaint and measure anew.
class Theme : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QObject *parent = nullptr);

    void setMode(ThemeMode mode); ///< System follows the desktop portal's colour scheme, live
    void setTextPercent(int percent); ///< 80 to 200
    void setDensity(Density density);
    ThemeMode mode() const { return m_mode; }
    int textPercent() const { return m_textPercent; }
    Density density() const { return m_density; }
    bool isCompact() const { return m_density == Density::Compact; }
    bool isDark() const { return m_dark; }

    const ThemeColors &colors() const { return m_colors; }
    /// Interface font with the colour emoji font set explicitly (Qt 6.4 falls back to monochrome).
    QFont font(TextStyle style) const;
    /// Line height of the style in device-independent pixels, grown with the user's font.
    int lineHeight(TextStyle style) const;
    /// A length of the look's 13 px base, grown with the text where it must hold text.
    int scaled(int px) const;
    /// An icon of resources/icons in one colour; crisp at any device pixel ratio.
    QPixmap pixmap(const QString &icon, int size, const QColor &color, qreal ratio) const;
    /// text2; Active is text, On or Selected accentText, both onAccent, Disabled disabled. Follows the
    /// theme.
    QIcon icon(const QString &icon) const;
    QPalette palette() const;

    /// 0 to 7: FNV-1a over the UTF-8 bytes of the id, folded (look, "Stable hue").
    static int hueOf(const QString &id);

signals:
    void changed();

private:
    void applyMode();
    const QStringList &families() const;

    ThemeMode m_mode = ThemeMode::System;
    int m_textPercent = 100;
    Density m_density = Density::Roomy;
    bool m_dark = false;
    ThemeColors m_colors;
    QString m_userFamily;
    mutable QStringList m_families; ///< empty until the first font is asked for
    mutable QString m_codeFamily; ///< the same for the first font of code
    qreal m_userScale = 1.0; ///< the user's font beside the look's base of 10 pt
    bool m_paletteDark = false; ///< what the platform came with
    SystemColorScheme *m_system;
};

}
