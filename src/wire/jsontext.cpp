#include "wire/jsontext.h"

#include <QJsonDocument>

#include <algorithm>

namespace confab::wire {

namespace {

struct Shape {
    int depth = 0;
    bool hasSurrogateEscapes = false;
};

/// Whether the text is flat and plain enough to need no closer look, which is so for nearly every
/// frame. Without a branch, so that the compiler makes it many bytes at a time.
bool isHarmless(const QByteArray &utf8)
{
    qsizetype openings = 0;
    qsizetype escapes = 0;
    for (const char c : utf8) {
        openings += (c == '{') + (c == '[');
        escapes += c == '\\';
    }
    return openings <= kMaxDepth && escapes == 0;
}

/// One pass over text that need not be valid JSON.
Shape shapeOf(const QByteArray &utf8)
{
    Shape shape;
    int depth = 0;
    bool inString = false;
    const char *const end = utf8.cend();
    for (const char *at = utf8.cbegin(); at != end; ++at) {
        switch (*at) {
        case '"':
            inString = !inString;
            break;
        case '\\':
            if (!inString || ++at == end)
                return shape;
            if (*at == 'u' && end - at > 1 && (at[1] == 'd' || at[1] == 'D'))
                shape.hasSurrogateEscapes = true;
            break;
        case '{':
        case '[':
            if (!inString)
                shape.depth = std::max(shape.depth, ++depth);
            break;
        case '}':
        case ']':
            if (!inString)
                --depth;
            break;
        default:
            break;
        }
    }
    return shape;
}

/// The code unit written as \uXXXX at this place, or 0.
ushort escapedUnit(const QByteArray &utf8, qsizetype at)
{
    if (at + 6 > utf8.size() || utf8.at(at) != '\\' || utf8.at(at + 1) != 'u')
        return 0;
    bool ok = false;
    const ushort unit = utf8.mid(at + 2, 4).toUShort(&ok, 16);
    return ok ? unit : ushort(0);
}

QByteArray withoutLoneSurrogates(QByteArray utf8)
{
    for (qsizetype at = 0; at < utf8.size(); ++at) {
        if (utf8.at(at) != '\\')
            continue;
        const ushort unit = escapedUnit(utf8, at);
        if (QChar::isHighSurrogate(unit) && QChar::isLowSurrogate(escapedUnit(utf8, at + 6)))
            at += 11;
        else if (QChar::isSurrogate(unit))
            utf8.replace(at + 2, 4, QByteArrayLiteral("fffd"));
        else
            ++at; // whatever is escaped is no backslash of its own
    }
    return utf8;
}

Result<QJsonDocument, WireError> parse(const QByteArray &utf8)
{
    const Shape shape = isHarmless(utf8) ? Shape() : shapeOf(utf8);
    if (shape.depth > kMaxDepth)
        return WireError{WireError::Kind::TooDeep};
    QJsonParseError error;
    QJsonDocument document = QJsonDocument::fromJson(
        shape.hasSurrogateEscapes ? withoutLoneSurrogates(utf8) : utf8, &error);
    if (error.error != QJsonParseError::NoError)
        return WireError{WireError::Kind::NotJson};
    return document;
}

}

Result<QJsonObject, WireError> parseObject(const QByteArray &utf8)
{
    const Result<QJsonDocument, WireError> document = parse(utf8);
    if (!document)
        return document.error();
    if (!document->isObject())
        return WireError{WireError::Kind::NotObject};
    return document->object();
}

Result<QJsonArray, WireError> parseArray(const QByteArray &utf8)
{
    const Result<QJsonDocument, WireError> document = parse(utf8);
    if (!document)
        return document.error();
    if (!document->isArray())
        return WireError{WireError::Kind::NotJson};
    return document->array();
}

}
