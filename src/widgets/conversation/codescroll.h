#pragma once

#include "widgets/conversation/messagelayout.h"
#include "widgets/conversation/messagerows.h"

namespace confab {

/// How far the code blocks of a conversation are scrolled sideways. Known by the messages' keys, so
/// that it survives new layouts of their rows; forgotten when they leave memory. GUI thread.
class CodeScroll
{
public:
    explicit CodeScroll(const MessageRows &rows);

    void clear(); ///< another conversation
    void followRows(); ///< rows have come, gone, or got their numbers

    /// As far as this layout lets them be: a wider row may have room for all of it.
    CodeOffsets offsetsOf(const MessageLayout &layout) const;
    /// By pixels, positive: towards the ends of the lines. False if nothing moved.
    bool scrollBy(const MessageLayout &layout, const PartLayout &code, qreal dx);
    bool scrollTo(const MessageLayout &layout, const PartLayout &code, qreal offset);
    /// All code blocks of a message.
    bool scrollAllBy(const MessageLayout &layout, qreal dx);
    /// As little as needed for a place in the text shown. False if nothing moved.
    bool reveal(const MessageLayout &layout, int position);

private:
    const MessageRows &m_rows;
    QHash<RowKey, CodeOffsets> m_offsets;
};

}
