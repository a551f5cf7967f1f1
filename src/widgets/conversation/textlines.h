#pragma once

#include <QFont>
#include <QTextLayout>

#include <memory>

// Text laid out once and painted many times: its glyphs are kept, so that painting shapes nothing.
namespace confab {

std::unique_ptr<QTextLayout> makeLayout(const QString &text, const QFont &font, bool rightToLeft);

/// Breaks the text into lines of a fixed height with a common baseline, whatever fonts a line mixes.
/// Returns the width of the widest.
qreal breakLines(QTextLayout &layout, qreal maxWidth, int lineHeight);

/// One line in its own direction, cut with an ellipsis where it is wider than this.
std::unique_ptr<QTextLayout> makeLine(
    const QString &text, const QFont &font, const QFont &emoji, qreal maxWidth, int lineHeight);

/// ... of any width.
std::unique_ptr<QTextLayout> makeWholeLine(
    const QString &text, const QFont &font, const QFont &emoji, int lineHeight);
qreal widthOf(const QTextLayout &line); ///< whole pixels

qreal textWidth(const QFont &font, const QString &text); ///< whole pixels

}
