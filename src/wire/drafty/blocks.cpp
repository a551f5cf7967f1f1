#include "wire/drafty/blocks.h"

#include <algorithm>

namespace confab::wire {

namespace {

bool isSpace(QStringView text)
{
    return text.trimmed().isEmpty();
}

class BlockFinder
{
public:
    explicit BlockFinder(const Drafty &drafty)
        : m_drafty(drafty)
    {
    }

    QList<Block> find()
    {
        for (const Span &span : m_drafty.spans()) {
            if (span.begin >= m_done)
                visit(span);
        }
        addText(m_drafty.text().size());
        for (const Entity &entity : m_drafty.attachments()) {
            if (isMedium(spanKind(entity)))
                m_blocks += Block{Block::Kind::Medium, m_drafty.text().size(), 0, entity, {}};
        }
        return m_blocks;
    }

private:
    void visit(const Span &span)
    {
        if (span.kind == SpanKind::Quote)
            add(span, Block{Block::Kind::Quote, span.begin, span.length, {}, {}});
        else if (span.kind == SpanKind::Code && isCodeBlock(span))
            add(span, Block{Block::Kind::CodeBlock, span.begin, span.length, {}, {}});
        else if (isMedium(span.kind))
            add(span,
                Block{Block::Kind::Medium, span.begin, span.length,
                    m_drafty.entities().at(span.entity), {}});
        else if (span.kind == SpanKind::Button)
            addButton(span);
    }

    void add(const Span &span, const Block &block)
    {
        addText(span.begin);
        m_blocks += block;
        m_done = span.end();
    }

    /// Beside the one before if only blanks of the same line part them.
    void addButton(const Span &span)
    {
        const QStringView between = QStringView(m_drafty.text()).mid(m_done, span.begin - m_done);
        const bool joins = !m_blocks.isEmpty() && m_blocks.last().kind == Block::Kind::Buttons
            && isSpace(between) && !between.contains(u'\n');
        if (!joins) {
            add(span, Block{Block::Kind::Buttons, span.begin, span.length, {}, {span}});
            return;
        }
        Block &row = m_blocks.last();
        row.buttons += span;
        row.length = span.end() - row.begin;
        m_done = span.end();
    }

    bool isCodeBlock(const Span &span) const
    {
        const QString &text = m_drafty.text();
        const bool beginsLine = span.begin == 0 || text.at(span.begin - 1) == u'\n';
        const bool endsLine = span.end() == text.size() || text.at(span.end()) == u'\n';
        return beginsLine && endsLine
            && QStringView(text).mid(span.begin, span.length).contains(u'\n');
    }

    /// What is between the last block and here, without blanks around it.
    void addText(qsizetype end)
    {
        const QString &text = m_drafty.text();
        qsizetype begin = m_done;
        while (begin < end && text.at(begin).isSpace())
            ++begin;
        while (end > begin && text.at(end - 1).isSpace())
            --end;
        if (end > begin)
            m_blocks += Block{Block::Kind::Text, begin, end - begin, {}, {}};
    }

    const Drafty &m_drafty;
    qsizetype m_done = 0; ///< how far the blocks reach
    QList<Block> m_blocks;
};

}

QList<Block> blocks(const Drafty &drafty)
{
    return BlockFinder(drafty).find();
}

}
