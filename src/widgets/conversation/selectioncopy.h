#pragma once

#include "widgets/conversation/messageselection.h"

#include <QMap>

namespace confab {

/// Gathers what is selected although not all of it is loaded: from the rows, and page by page from disk, the
/// newest first. GUI thread; selection and rows outlive it.
class SelectionCopy
{
public:
    SelectionCopy(const MessageSelection &selection, const MessageRows &rows);

    /// Takes what is loaded. Returns before which number a page is needed next; 0: all is here.
    Seq advance();
    /// The messages before a number, as many as there were in a page; none: nothing is there.
    void add(const QList<Message> &page);

    QString text() const; ///< each with "[time] name: " if there are several
    QString html() const; ///< a paragraph each

private:
    struct Line {
        QString label;
        QString text;
        QString html;
    };
    void addRows(Seq low);
    void addLine(int place, const QString &label, const MessageText &shown, const QString &words);

    const MessageSelection &m_selection;
    const MessageRows &m_rows;
    QMap<int, Line> m_lines; ///< by place in the whole history
    Seq m_first; ///< numbers that are selected
    Seq m_low; ///< from here on all is gathered
};

}
