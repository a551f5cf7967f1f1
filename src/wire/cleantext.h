#pragma once

#include <QString>
#include <QStringView>

// Text from strangers made harmless to show (reliability.md T10). Pure functions, any thread.
namespace confab::wire {

/// The first maxLength code units at most, never half a character.
QString cutText(QString text, qsizetype maxLength);

/// Without control characters other than tab and line feed; CR LF and CR become LF. Cut
/// as by cutText().
QString cleanText(QStringView text, qsizetype maxLength);

/// For names: one line, trimmed, also without direction overrides, isolates and invisible spaces,
/// and with no more than eight combining marks in a row. Cut as by cutText().
QString cleanLine(QStringView text, qsizetype maxLength);

}
