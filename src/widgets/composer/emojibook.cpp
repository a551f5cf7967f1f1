#include "widgets/composer/emojibook.h"

namespace confab {

const EmojiTable &EmojiBook::table()
{
    if (!m_table)
        m_table = std::make_unique<const EmojiTable>(QLocale());
    return *m_table;
}

void EmojiBook::restore(const QStringList &recents, int tone)
{
    m_recents = recents.mid(0, kMaxRecents);
    m_tone = qBound(0, tone, 5);
}

void EmojiBook::noteUse(const QString &emoji)
{
    if (!m_recents.isEmpty() && m_recents.first() == emoji)
        return;
    m_recents.removeAll(emoji);
    m_recents.prepend(emoji);
    m_recents = m_recents.mid(0, kMaxRecents);
    emit changed();
}

void EmojiBook::setTone(int tone)
{
    if (tone == m_tone)
        return;
    m_tone = tone;
    emit changed();
}

}
