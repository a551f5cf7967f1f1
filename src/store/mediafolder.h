#pragma once

#include <QString>

namespace confab {

/// The files of messages that an account keeps on disk so as not to fetch them again: one for each
/// reference, the least recently used go first. May be deleted as a whole at any time. Blocks: not
/// for the GUI thread; no two threads at once.
class MediaFolder
{
public:
    explicit MediaFolder(const QString &accountFolder);

    QString pathOf(const QString &reference) const;
    QString partPathOf(const QString &reference) const; ///< what of it has come so far
    /// Whether it is here; counts as a use of it.
    bool use(const QString &reference);
    /// The part is complete.
    bool finish(const QString &reference);
    /// Takes a file over from elsewhere on this disk.
    bool adopt(const QString &path, const QString &reference);

    qint64 bytes() const;
    void setLimit(qint64 bytes); ///< and keeps to it from now on
    void clear();

    static constexpr qint64 kDefaultLimit = 512LL * 1024 * 1024;

private:
    bool make() const;
    void trim();

    const QString m_folder;
    qint64 m_limit = kDefaultLimit;
};

}
