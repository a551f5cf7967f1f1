#pragma once

#include <QList>
#include <QStringView>

namespace confab::wire {

/// Where the grapheme clusters of a text begin: the unit in which Drafty counts (protocol.md §8).
/// The text outlives this object.
class Graphemes
{
public:
    explicit Graphemes(QStringView text);

    qsizetype count() const;
    /// Code unit at which this cluster begins; the end of the text for any index past the last.
    qsizetype position(qsizetype index) const;
    /// The cluster that this code unit is part of; count() for the end of the text.
    qsizetype index(qsizetype position) const;

private:
    void addIntricate(QStringView text, qsizetype begin, qsizetype end);
    void addClusters(QStringView text, qsizetype begin, qsizetype end);

    qsizetype m_size;
    bool m_isSimple; ///< every code unit is a cluster
    QList<qsizetype> m_begins; ///< empty if simple
};

}
