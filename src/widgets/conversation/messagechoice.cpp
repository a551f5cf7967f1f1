#include "widgets/conversation/messagechoice.h"

namespace confab {

MessageChoice::MessageChoice(const MessageRows &rows)
    : m_rows(rows)
{
}

void MessageChoice::begin(int row)
{
    m_chosen.clear();
    m_active = true;
    add(row);
}

void MessageChoice::end()
{
    m_chosen.clear();
    m_active = false;
    m_last = 0;
}

void MessageChoice::add(int row)
{
    const Seq seq = m_rows.seqAt(row);
    if (seq == 0)
        return;
    m_chosen.insert(seq, {m_rows.actionsAt(row), m_rows.labelAt(row), m_rows.textAt(row)});
    m_last = seq;
}

void MessageChoice::toggle(int row)
{
    if (m_chosen.remove(m_rows.seqAt(row)) == 0)
        add(row);
    else
        m_last = m_rows.seqAt(row);
}

void MessageChoice::extendTo(int row)
{
    const int from = m_rows.rowOf({m_last, {}});
    if (from < 0) {
        add(row);
        return;
    }
    for (int each = qMin(from, row); each <= qMax(from, row); ++each)
        add(each);
    m_last = m_rows.seqAt(row);
}

MessageActions MessageChoice::actions() const
{
    if (m_chosen.isEmpty())
        return {};
    MessageActions common = MessageAction::Copy | MessageAction::Forward | MessageAction::Delete;
    for (const Chosen &chosen : m_chosen)
        common &= chosen.actions;
    return common;
}

QString MessageChoice::text() const
{
    QStringList lines;
    for (const Chosen &chosen : m_chosen)
        lines.append(count() > 1 ? chosen.label + chosen.text : chosen.text);
    return lines.join(u'\n');
}

}
