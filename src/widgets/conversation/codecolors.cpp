#include "widgets/conversation/codecolors.h"

#include <QSet>
#include <QString>

namespace confab {

namespace {

const QSet<QString> &keywords()
{
    static const QSet<QString> words = [] {
        const QString all = QStringLiteral(
            "abstract and as async auto await bool break case catch char class const constexpr continue "
            "crate def default defer delete do double elif else end enum esac except export extends extern "
            "false fi final finally float fn for foreach from func function global if impl implements "
            "import in include inline int interface is lambda let long loop match mod module mut namespace "
            "new nil none None not null nullptr operator or override package pass private protected pub "
            "public raise return self short signed sizeof static std string struct super switch template "
            "then this throw throws trait True False true try type typedef typename union unless unsigned "
            "until use using var virtual void volatile when where while with yield "
            "SELECT FROM WHERE INSERT INTO VALUES UPDATE SET DELETE CREATE TABLE JOIN ON ORDER BY GROUP "
            "LIMIT AND OR NOT NULL");
        const QStringList list = all.split(u' ');
        return QSet<QString>(list.begin(), list.end());
    }();
    return words;
}

bool isWordStart(QChar c)
{
    return c.isLetter() || c == u'_';
}

bool isWordPart(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

bool isLineEnd(QChar c)
{
    return c == u'\n' || c == QChar::LineSeparator;
}

/// Reads one thing after another.
class Reader
{
public:
    explicit Reader(QStringView code)
        : m_code(code)
    {
    }

    QList<CodeToken> read()
    {
        while (m_at < m_code.size()) {
            const qsizetype begin = m_at;
            if (takeComment())
                add(begin, CodeToken::Kind::Comment);
            else if (takeString() || takeNumber())
                add(begin, CodeToken::Kind::Literal);
            else if (takeWord() && keywords().contains(m_code.mid(begin, m_at - begin).toString()))
                add(begin, CodeToken::Kind::Keyword);
            else if (m_at == begin)
                ++m_at;
        }
        return m_tokens;
    }

private:
    QChar at(qsizetype offset) const
    {
        return m_at + offset < m_code.size() ? m_code.at(m_at + offset) : QChar();
    }

    void add(qsizetype begin, CodeToken::Kind kind)
    {
        m_tokens.append({int(begin), int(m_at - begin), kind});
    }

    void skipLine()
    {
        while (m_at < m_code.size() && !isLineEnd(m_code.at(m_at)))
            ++m_at;
    }

    bool takeComment()
    {
        const bool afterSpace = m_at == 0 || m_code.at(m_at - 1).isSpace();
        const bool isHash = at(0) == u'#' && afterSpace && (at(1) == u' ' || at(1) == u'!');
        const bool isDashes = at(0) == u'-' && at(1) == u'-' && afterSpace && at(2) == u' ';
        if (isHash || isDashes || (at(0) == u'/' && at(1) == u'/')) {
            skipLine();
            return true;
        }
        if (at(0) != u'/' || at(1) != u'*')
            return false;
        const qsizetype end = m_code.indexOf(QLatin1String("*/"), m_at + 2);
        m_at = end < 0 ? m_code.size() : end + 2;
        return true;
    }

    bool takeString()
    {
        const QChar quote = at(0);
        if (quote != u'"' && quote != u'\'' && quote != u'`')
            return false;
        const bool isApostrophe = quote == u'\'' && m_at > 0 && isWordPart(m_code.at(m_at - 1));
        qsizetype end = m_at + 1;
        while (end < m_code.size() && m_code.at(end) != quote && !isLineEnd(m_code.at(end)))
            end += m_code.at(end) == u'\\' ? 2 : 1;
        if (isApostrophe || end >= m_code.size() || m_code.at(end) != quote)
            return false;
        m_at = end + 1;
        return true;
    }

    bool takeNumber()
    {
        if (!at(0).isDigit() || (m_at > 0 && isWordPart(m_code.at(m_at - 1))))
            return false;
        while (isWordPart(at(0)) || (at(0) == u'.' && at(1).isDigit()))
            ++m_at;
        return true;
    }

    bool takeWord()
    {
        if (!isWordStart(at(0)))
            return false;
        while (isWordPart(at(0)))
            ++m_at;
        return true;
    }

    QStringView m_code;
    qsizetype m_at = 0;
    QList<CodeToken> m_tokens;
};

}

QList<CodeToken> codeTokens(QStringView code)
{
    return Reader(code).read();
}

}
