#include "widgets/composer/fixedparts.h"

#include <QTextBlock>
#include <QTextDocument>

namespace confab {

namespace {

constexpr int kContent = QTextFormat::UserProperty + 1;

QTextCharFormat formatOf(const wire::Drafty &content)
{
    QTextCharFormat format;
    format.setProperty(kContent, QVariant::fromValue(content));
    return format;
}

/// Neighbours with one content; the words that are in it may be less or more than that.
struct Run {
    int begin = 0;
    QString text;
    wire::Drafty content;
};

void append(QList<Run> &runs, int begin, const QString &text, const wire::Drafty &content)
{
    if (!runs.isEmpty() && runs.last().content == content) {
        Run &last = runs.last();
        const int gap = begin - last.begin - int(last.text.size());
        if (gap == 0 || (gap == 1 && content.text().contains(u'\n'))) {
            last.text += QString(gap, u'\n') + text;
            return;
        }
    }
    runs += Run{begin, text, content};
}

void collect(QList<Run> &runs, const QTextBlock &block)
{
    for (auto it = block.begin(); !it.atEnd(); ++it) {
        const QTextFragment fragment = it.fragment();
        const QTextCharFormat format = fragment.charFormat();
        if (format.hasProperty(kContent))
            append(runs, fragment.position(), fragment.text(),
                format.property(kContent).value<wire::Drafty>());
    }
}

QList<wire::MarkedText::Fixed> whole(const QList<Run> &runs, int begin, int end)
{
    QList<wire::MarkedText::Fixed> parts;
    for (const Run &run : runs) {
        const QString &words = run.content.text();
        for (qsizetype at = run.text.indexOf(words); at >= 0;
             at = run.text.indexOf(words, at + words.size())) {
            const qsizetype place = run.begin + at;
            if (place >= begin && place + words.size() <= end)
                parts += wire::MarkedText::Fixed{place - begin, run.content};
        }
    }
    return parts;
}

}

void insertFixed(QTextCursor &cursor, const wire::Drafty &content)
{
    const QTextCharFormat plain;
    cursor.insertText(content.text(), formatOf(content));
    cursor.setCharFormat(plain);
}

void insertMarked(QTextCursor &cursor, const wire::MarkedText &text)
{
    cursor.beginEditBlock();
    cursor.removeSelectedText();
    qsizetype done = 0;
    for (const wire::MarkedText::Fixed &part : text.fixed) {
        cursor.insertText(text.text.mid(done, part.begin - done), QTextCharFormat());
        insertFixed(cursor, part.content);
        done = part.end();
    }
    cursor.insertText(text.text.mid(done), QTextCharFormat());
    cursor.endEditBlock();
}

void clearFixed(QTextCursor &cursor)
{
    cursor.setCharFormat(QTextCharFormat());
}

QList<wire::MarkedText::Fixed> fixedParts(const QTextDocument &document)
{
    return fixedParts(document, 0, document.characterCount());
}

QList<wire::MarkedText::Fixed> fixedParts(const QTextBlock &block)
{
    QList<Run> runs;
    collect(runs, block);
    return whole(runs, block.position(), block.position() + block.length());
}

QList<wire::MarkedText::Fixed> fixedParts(const QTextDocument &document, int begin, int end)
{
    QList<Run> runs;
    for (QTextBlock block = document.findBlock(begin); block.isValid() && block.position() < end;
         block = block.next())
        collect(runs, block);
    return whole(runs, begin, end);
}

}
