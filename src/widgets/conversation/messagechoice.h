#pragma once

#include "widgets/conversation/messagerows.h"

#include <QMap>

namespace confab {

/// Messages chosen one by one, to copy, forward or delete them together. Known by number, with what
/// is needed of them, so that they may leave the memory meanwhile. GUI thread.
class MessageChoice
{
public:
    explicit MessageChoice(const MessageRows &rows);

    void begin(int row); ///< with this one chosen
    void end();
    bool isActive() const { return m_active; }
    bool contains(Seq seq) const { return m_chosen.contains(seq); }
    int count() const { return int(m_chosen.size()); }

    /// Rows that have no number yet are left out.
    void toggle(int row);
    /// From the row chosen last to this one, both included.
    void extendTo(int row);

    QList<Seq> messages() const { return m_chosen.keys(); } ///< oldest first
    MessageActions actions() const; ///< what all of them allow; nothing while none is chosen
    QString text() const; ///< as copied: each with "[time] name: " if there are several

private:
    struct Chosen {
        MessageActions actions;
        QString label;
        QString text;
    };
    void add(int row);

    const MessageRows &m_rows;
    QMap<Seq, Chosen> m_chosen;
    Seq m_last = 0;
    bool m_active = false;
};

}
