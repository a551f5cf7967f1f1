#pragma once

#include "widgets/conversation/messagerows.h"
#include "widgets/conversation/messagetext.h"

namespace confab {

/// A place between two characters of a message as it is shown.
struct TextPosition {
    RowKey key;
    int character = 0;
    bool operator==(const TextPosition &) const = default;
};

/// What is selected, from one place to another, across messages; known by their keys, so that it
/// survives scrolling and rows that come and go. GUI thread.
class MessageSelection
{
public:
    struct Range {
        int start = 0;
        int end = 0;
    };
    static constexpr int kToEnd = 1 << 30;

    explicit MessageSelection(const MessageRows &rows);

    void clear();
    void start(const TextPosition &position); ///< empty, from here on
    void extend(const TextPosition &position);
    void select(const TextPosition &from, const TextPosition &to);
    void selectAll();
    const TextPosition &end() const { return m_to; } ///< where it was extended to
    bool isEmpty() const; ///< also when a message at its end is gone
    /// By keyboard, from the focused row: one message more or less, or one character or word.
    /// Returns the row where the selection ends now.
    int extendByRow(int focused, int step);
    int extendByCharacter(int focused, int step, bool byWord);

    Range rangeOf(int row) const; ///< empty outside
    /// The same of a place in the whole history (MessageRows), loaded or not.
    Range rangeAtPlace(int place) const;
    int firstPlace() const { return span().firstPlace; } ///< -1: none
    int lastPlace() const { return span().lastPlace; }
    /// What of it is loaded, as copied; with more than one message each has "[time] name: " before it.
    QString text() const;
    /// The same with its styles, each message a paragraph.
    QString html() const;
    /// One message as a whole.
    QString messageText(int row) const;

private:
    struct RowSpan {
        int first = 0;
        int last = -1;
    };
    struct Span {
        int firstPlace = -1; ///< in the whole history
        int lastPlace = -1;
        int first = 0;
        int last = 0;
    };
    Span span() const;
    RowSpan loadedRows() const;
    MessageText shownText(int row, const Range &range) const;

    const MessageRows &m_rows;
    TextPosition m_from;
    TextPosition m_to;
};

}
