#pragma once

#include "widgets/conversation/messagelayout.h"
#include "widgets/conversation/messagerows.h"

#include <QHash>
#include <QSize>

#include <memory>
#include <vector>

namespace confab {

/// The rows on screen and where they stand. The truth is an anchor (row and where its text begins) or
/// "pinned to the bottom"; every position is derived from it, so that nothing that happens elsewhere
/// moves what is being read. Only rows on screen are laid out; layouts up to one screen away are kept.
/// No operation walks all rows. GUI thread.
class RowWindow
{
public:
    struct PlacedRow {
        int row = 0;
        int top = 0; ///< below the viewport's top edge
        std::shared_ptr<const MessageLayout> layout;
        int bottom() const { return top + layout->height(); }
        bool operator==(const PlacedRow &) const = default;
    };

    RowWindow(const MessageRows &rows, const MessageStyle &style);

    void setSize(const QSize &size);
    void setStyle(const MessageStyle &style); ///< drops all layouts
    void reset(); ///< another conversation: no layouts, pinned
    /// Items may have changed; layouts are checked against them when next needed.
    void invalidate() { ++m_generation; }
    /// Brings placed() up to date. True if anything on screen is different.
    bool update();
    /// The anchor is about to be removed: hold on to another row on screen, if there is one.
    void leaveRows(int first, int last);

    void scrollBy(int dy); ///< positive: towards newer rows
    void scrollToUnits(int units);
    /// Lays out what a scroll in this direction (-1 or 1) shows next, at most a screen ahead and this many
    /// rows at a time, and returns them: none when there is nothing left to do.
    std::vector<std::shared_ptr<const MessageLayout>> prepare(int direction, int most);
    /// Lays out one of the rows that update() will place at the end, if that is what is shown. False if all
    /// are.
    bool prepareEnd();
    void pin();
    void placeAtTop(int row, int margin); ///< the row's upper edge `margin` below the top
    void reveal(int row); ///< scrolls as little as possible
    bool isPinned() const { return m_pinned; }

    const std::vector<PlacedRow> &placed() const { return m_placed; }
    const PlacedRow *placedRow(int row) const;
    const PlacedRow *rowAt(int y) const; ///< nearest one; nullptr if there are none

    /// Scroll bar: every place in the history counts kUnits, whatever stands there and how high it is.
    static constexpr int kUnits = 64;
    int topUnits() const;
    int unitsOnScreen() const;

    /// How many layouts were made so far.
    quint64 layoutsMade() const { return m_layoutsMade; }
    quint64 textsLaidOut() const { return m_textsLaidOut; }
    int layoutsKept() const { return int(m_layouts.size()); }

private:
    struct Kept {
        std::shared_ptr<const MessageLayout> layout;
        quint64 generation = 0;
    };

    std::shared_ptr<const MessageLayout> layoutOf(int row);
    PlacedRow place(int row, int top);
    void placeFromBottom();
    void placeFromAnchor(int row);
    void extendUp();
    void extendDown();
    void holdTop();
    void trim();
    void shift(int dy);

    const MessageRows &m_rows;
    MessageStyle m_style;
    QSize m_size;
    QHash<RowKey, Kept> m_layouts;
    std::vector<PlacedRow> m_placed;
    RowKey m_anchor;
    int m_anchorY = 0; ///< of the text's first line
    bool m_pinned = true;
    quint64 m_generation = 1;
    quint64 m_layoutsMade = 0;
    quint64 m_textsLaidOut = 0;
};

}
