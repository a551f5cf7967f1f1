#pragma once

#include "widgets/composer/emojitable.h"

#include <QObject>

#include <memory>

namespace confab {

/// The emoji of one window: the table, read when first asked for, and what the person has a liking
/// for. GUI thread.
class EmojiBook : public QObject
{
    Q_OBJECT

public:
    static constexpr int kMaxRecents = 27; ///< three rows of the picker

    using QObject::QObject;

    const EmojiTable &table();
    bool isRead() const { return m_table != nullptr; }

    const QStringList &recents() const { return m_recents; } ///< the last one used first
    int tone() const { return m_tone; } ///< 0 to 5, see Emoji::withTone()
    /// As they were kept; tells nobody.
    void restore(const QStringList &recents, int tone);
    void noteUse(const QString &emoji);
    void setTone(int tone);

signals:
    void changed(); ///< recents or tone, to be kept

private:
    std::unique_ptr<const EmojiTable> m_table;
    QStringList m_recents;
    int m_tone = 0;
};

}
