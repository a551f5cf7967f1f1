#pragma once

#include "widgets/theme.h"

#include <QSyntaxHighlighter>

namespace confab {

class SpellChecker;

/// Shows in a text being written what it will be when it is sent: marks act as in the parser that
/// sending uses (wire/drafty/linemarks.h), fixed parts and names look as in messages, and what the
/// spell checker does not know is underlined. Looks at changed lines only, and at those whose being
/// code changed with them. A child of the document.
class ComposerHighlighter : public QSyntaxHighlighter
{
    Q_OBJECT

public:
    /// Theme and speller outlive it.
    ComposerHighlighter(QTextDocument *document, const Theme &theme, SpellChecker &speller);

    /// Off: the text is sent as it is, only spelling is shown.
    void setMarkup(bool on);
    /// The word that ends here is still being typed and not underlined.
    void setCaret(int position);
    /// A place in code is no place for words that mean more.
    bool isCode(int position) const;

protected:
    void highlightBlock(const QString &line) override;

private:
    enum Look : quint16 {
        Bold = 1,
        Italic = 2,
        Strike = 4,
        Code = 8,
        Mark = 16, ///< of the above, itself
        Name = 32, ///< link, mention, hashtag
        Emoji = 64,
        Wrong = 128,
    };
    using Looks = QList<quint16>; ///< one for each code unit

    void findCode();
    void rehighlightChanged();
    bool isCodeLine(int line) const;
    QString lookAtFixed(const QString &line, Looks &looks) const;
    void lookAtMarks(const QString &masked, Looks &looks) const;
    void lookAtNames(const QString &masked, Looks &looks) const;
    void lookAtWords(const QString &masked, Looks &looks);
    void apply(const Looks &looks);
    QTextCharFormat format(quint16 look) const;
    void takeVerdicts(const QStringList &wrong);

    struct LineRange {
        int first = 0; ///< the fences
        int last = 0;
        bool operator==(const LineRange &) const = default;
    };

    const Theme &m_theme;
    SpellChecker &m_speller;
    QList<LineRange> m_code;
    int m_caret = -1;
    int m_spared = -1; ///< where the word ends that would be underlined but for the caret
    bool m_markup = true;
};

}
