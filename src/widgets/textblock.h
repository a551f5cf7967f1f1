#pragma once

#include <QFont>
#include <QList>
#include <QPainter>
#include <QString>
#include <QTextLayout>

#include <memory>

namespace confab {

/// Wrapped plain text on the look's line grid, with parts in other fonts or colours.
class TextBlock
{
public:
    TextBlock(const QString &text, const QFont &font, int lineHeight,
        Qt::Alignment alignment = Qt::AlignLeft);

    void setFormats(const QList<QTextLayout::FormatRange> &formats);
    /// Breaks the lines; returns the height.
    int layout(int width);
    /// After layout(). In the painter's pen where no format says otherwise.
    void paint(QPainter &painter, const QPointF &topLeft) const;
    int lineCount() const { return m_layout->lineCount(); }

private:
    std::unique_ptr<QTextLayout> m_layout; ///< can't be moved itself
    int m_lineHeight;
};

/// As much of the text as so many lines hold, with an ellipsis where it is cut.
QString fittedText(const QString &text, const QFont &font, int width, int lines);

}
