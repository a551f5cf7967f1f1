#pragma once

#include "wire/drafty/span.h"

#include <QList>
#include <QString>

// How a Drafty gets into its normal form (see there). For wire only.
namespace confab::wire {

struct DraftyParts {
    QString text;
    QList<Span> spans;
    QList<Entity> entities;
    QList<Entity> attachments;
};

/// A text as Drafty has it, and where its code units came from.
class CleanedText
{
public:
    /// The first Drafty::kMaxText units without control characters, with '\n' for CR LF and CR.
    explicit CleanedText(QString raw);

    const QString &text() const { return m_text; }
    /// Where in the text the unit at this place of the raw one is.
    qsizetype position(qsizetype raw) const;

private:
    void rebuild(const QString &raw);

    QString m_text;
    QList<qsizetype> m_positions; ///< empty if nothing was moved
};

/// The text of these parts is clean, with a kMedium for every medium's span.
DraftyParts normalised(DraftyParts parts, bool onClusters = false);

/// The text as it is sent: a blank for every medium and for the first kMaxBreaks line breaks.
QString wireText(QString text);

}
