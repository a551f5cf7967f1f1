#include "wire/cleantext.h"

#include <algorithm>

namespace confab::wire {

namespace {

constexpr int kMaxMarks = 8;

bool isDirectionControl(QChar c)
{
    return (c >= QChar(0x202A) && c <= QChar(0x202E)) || (c >= QChar(0x2066) && c <= QChar(0x2069));
}

/// Joiners are no such space: emoji and several scripts need them.
bool isInvisibleSpace(QChar c)
{
    return c == QChar(0x200B) || c == QChar(0x2060) || c == QChar(0xFEFF);
}

bool isLineBreak(QChar c)
{
    return c == u'\n' || c == u'\r' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

bool isControl(QChar c)
{
    return c < u' ' || (c >= QChar(0x7F) && c <= QChar(0x9F));
}

}

QString cutText(QString text, qsizetype maxLength)
{
    if (text.size() <= maxLength)
        return text;
    const bool cutsPair = maxLength > 0 && text.at(maxLength - 1).isHighSurrogate();
    text.truncate(cutsPair ? maxLength - 1 : maxLength);
    return text;
}

QString cleanText(QStringView text, qsizetype maxLength)
{
    if (std::none_of(text.begin(), text.end(), isControl)) // as nearly always
        return cutText(text.toString(), maxLength);
    QString result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'\r') {
            if (i + 1 == text.size() || text.at(i + 1) != u'\n')
                result += u'\n';
        } else if (c == u'\n' || c == u'\t' || !isControl(c)) {
            result += c;
        }
    }
    return cutText(std::move(result), maxLength);
}

QString cleanLine(QStringView text, qsizetype maxLength)
{
    QString result;
    result.reserve(text.size());
    int marks = 0;
    for (const QChar c : text) {
        marks = c.isMark() ? marks + 1 : 0;
        if (marks > kMaxMarks || isDirectionControl(c) || isInvisibleSpace(c))
            continue;
        if (isLineBreak(c) || c == u'\t')
            result += u' ';
        else if (!isControl(c))
            result += c;
    }
    return cutText(std::move(result).trimmed(), maxLength).trimmed();
}

}
