#include "widgets/composer/composerhighlighter.h"

#include "widgets/composer/fixedparts.h"
#include "widgets/composer/spellchecker.h"
#include "widgets/composer/wordfinder.h"
#include "widgets/conversation/emojispans.h"
#include "wire/drafty/linemarks.h"
#include "wire/drafty/linkfinder.h"
#include "wire/drafty/runs.h"

#include <QTextDocument>

#include <algorithm>

namespace confab {

namespace {

constexpr int kCodeState = 1;

void add(QList<quint16> &looks, qsizetype begin, qsizetype length, quint16 look)
{
    const qsizetype end = qMin(begin + length, looks.size());
    for (qsizetype i = qMax<qsizetype>(begin, 0); i < end; ++i)
        looks[i] = quint16(looks.at(i) | look);
}

}

ComposerHighlighter::ComposerHighlighter(
    QTextDocument *document, const Theme &theme, SpellChecker &speller)
    : QSyntaxHighlighter(static_cast<QObject *>(document))
    , m_theme(theme)
    , m_speller(speller)
{
    // Known before the lines are looked at: this connection is the older one.
    connect(document, &QTextDocument::contentsChange, this, &ComposerHighlighter::findCode);
    setDocument(document);
    connect(
        document, &QTextDocument::contentsChange, this, &ComposerHighlighter::rehighlightChanged);
    connect(&m_theme, &Theme::changed, this, &QSyntaxHighlighter::rehighlight);
    connect(&m_speller, &SpellChecker::changed, this, &QSyntaxHighlighter::rehighlight);
    connect(&m_speller, &SpellChecker::wrongWordsFound, this, &ComposerHighlighter::takeVerdicts);
}

void ComposerHighlighter::setMarkup(bool on)
{
    if (m_markup == on)
        return;
    m_markup = on;
    findCode();
    rehighlight();
}

void ComposerHighlighter::setCaret(int position)
{
    m_caret = position;
    if (m_spared < 0 || m_spared == position)
        return;
    const QTextBlock block = document()->findBlock(m_spared);
    m_spared = -1;
    rehighlightBlock(block);
}

bool ComposerHighlighter::isCode(int position) const
{
    return isCodeLine(document()->findBlock(position).blockNumber());
}

/// As the parser reads fences: one without an end, or with nothing before it, is no code.
void ComposerHighlighter::findCode()
{
    m_code.clear();
    if (!m_markup)
        return;
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        if (!wire::isFence(block.text()))
            continue;
        QTextBlock end = block.next();
        while (end.isValid() && !wire::isClosingFence(end.text()))
            end = end.next();
        if (!end.isValid())
            return;
        if (end.blockNumber() == block.blockNumber() + 1)
            continue;
        m_code += LineRange{block.blockNumber(), end.blockNumber()};
        block = end;
    }
}

void ComposerHighlighter::rehighlightChanged()
{
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        const bool wasCode = block.userState() == kCodeState;
        if (wasCode != isCodeLine(block.blockNumber()))
            rehighlightBlock(block);
    }
}

bool ComposerHighlighter::isCodeLine(int line) const
{
    const auto range = std::lower_bound(m_code.begin(), m_code.end(), line,
        [](const LineRange &each, int value) { return each.last < value; });
    return range != m_code.end() && range->first <= line;
}

void ComposerHighlighter::highlightBlock(const QString &line)
{
    Looks looks(line.size(), 0);
    const bool code = isCodeLine(currentBlock().blockNumber());
    setCurrentBlockState(code ? kCodeState : 0);
    if (code) {
        const bool isMark = wire::isFence(line);
        add(looks, 0, line.size(), quint16(isMark ? Mark : Code));
        apply(looks);
        return;
    }
    QString masked = line;
    if (m_markup) {
        masked = lookAtFixed(line, looks);
        lookAtMarks(masked, looks);
        lookAtNames(masked, looks);
    }
    for (const TextSpan &span : emojiSpans(line))
        add(looks, span.start, span.length, Emoji);
    if (m_speller.isActive())
        lookAtWords(masked, looks);
    apply(looks);
}

/// Returns the line without the words of fixed parts.
QString ComposerHighlighter::lookAtFixed(const QString &line, Looks &looks) const
{
    QString masked = line;
    for (const wire::MarkedText::Fixed &part : fixedParts(currentBlock())) {
        for (const wire::TextRun &run : wire::textRuns(part.content)) {
            quint16 look = run.entity >= 0 ? Name : 0;
            look = quint16(look | (run.styles.testFlag(wire::TextStyle::Bold) ? Bold : 0)
                | (run.styles.testFlag(wire::TextStyle::Italic) ? Italic : 0)
                | (run.styles.testFlag(wire::TextStyle::Strike) ? Strike : 0)
                | (run.styles.testFlag(wire::TextStyle::Code) ? Code : 0));
            add(looks, part.begin + run.begin, run.length, look);
        }
        const QString mask(part.content.text().size(), wire::Drafty::kMedium);
        masked.replace(part.begin, mask.size(), mask);
    }
    return masked;
}

void ComposerHighlighter::lookAtMarks(const QString &masked, Looks &looks) const
{
    for (const wire::MarkPair &pair : wire::findMarks(masked)) {
        const Look look = pair.kind == wire::SpanKind::Bold ? Bold
            : pair.kind == wire::SpanKind::Italic           ? Italic
            : pair.kind == wire::SpanKind::Strike           ? Strike
                                                            : Code;
        add(looks, pair.open, 1, Mark);
        add(looks, pair.open + 1, pair.close - pair.open - 1, look);
        add(looks, pair.close, 1, Mark);
    }
}

/// In the text without marks, as the parser finds them.
void ComposerHighlighter::lookAtNames(const QString &masked, Looks &looks) const
{
    if (!masked.contains(u'@') && !masked.contains(u'#') && !masked.contains(u':')
        && !masked.contains(u'.'))
        return;
    QString text;
    QList<qsizetype> places;
    for (qsizetype i = 0; i < masked.size(); ++i) {
        if (looks.at(i) & Mark)
            continue;
        text += looks.at(i) & Code ? wire::Drafty::kMedium : masked.at(i);
        places += i;
    }
    for (const wire::FoundEntity &found : wire::findEntities(text)) {
        for (qsizetype i = found.begin; i < found.begin + found.length; ++i)
            add(looks, places.at(i), 1, Name);
    }
}

void ComposerHighlighter::lookAtWords(const QString &masked, Looks &looks)
{
    const int caret = m_caret - currentBlock().position();
    for (const TextSpan &word : findWords(masked)) {
        if (looks.at(word.start) & (Code | Name | Mark))
            continue;
        if (!m_speller.isWrong(masked.mid(word.start, word.length)))
            continue;
        if (word.start + word.length == caret)
            m_spared = m_caret;
        else
            add(looks, word.start, word.length, Wrong);
    }
}

void ComposerHighlighter::apply(const Looks &looks)
{
    for (int begin = 0; begin < int(looks.size());) {
        int end = begin + 1;
        while (end < int(looks.size()) && looks.at(end) == looks.at(begin))
            ++end;
        if (looks.at(begin) != 0)
            setFormat(begin, end - begin, format(looks.at(begin)));
        begin = end;
    }
}

QTextCharFormat ComposerHighlighter::format(quint16 look) const
{
    const ThemeColors &colors = m_theme.colors();
    QTextCharFormat format;
    if (look & Bold)
        format.setFontWeight(QFont::Bold);
    if (look & Italic)
        format.setFontItalic(true);
    if (look & Strike)
        format.setFontStrikeOut(true);
    if (look & Code) {
        const QFont font = m_theme.font(TextStyle::Code);
        format.setFontFamilies(font.families());
        format.setProperty(QTextFormat::FontPixelSize, font.pixelSize());
        format.setBackground(colors.code);
    }
    if (look & Name)
        format.setForeground(colors.link);
    if (look & Mark)
        format.setForeground(colors.text2);
    if (look & Emoji)
        format.setFontFamilies({QStringLiteral("Noto Color Emoji")});
    if (look & Wrong) {
        format.setUnderlineStyle(QTextCharFormat::SpellCheckUnderline);
        format.setUnderlineColor(colors.danger);
    }
    return format;
}

void ComposerHighlighter::takeVerdicts(const QStringList &wrong)
{
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next()) {
        const QString text = block.text();
        const bool isHere = std::any_of(
            wrong.begin(), wrong.end(), [&](const QString &word) { return text.contains(word); });
        if (isHere)
            rehighlightBlock(block);
    }
}

}
