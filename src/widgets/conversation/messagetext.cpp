#include "widgets/conversation/messagetext.h"

#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace confab {

namespace {

constexpr char16_t kZeroWidthJoiner = 0x200D;
constexpr char16_t kEmojiStyle = 0xFE0F;
constexpr char16_t kKeycap = 0x20E3;
constexpr int kMaxMarks = 8;

bool isDirectionControl(char16_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

bool isUnseenControl(QChar c)
{
    return c.category() == QChar::Other_Control && c != u'\n' && c != u'\t';
}

/// Inside a joined sequence the style selector splits the glyph in Qt 6.4; before a key cap as well.
bool isHarmfulStyle(QStringView text, qsizetype at)
{
    if (text.at(at) != kEmojiStyle)
        return false;
    if (at + 1 < text.size() && (text.at(at + 1) == kZeroWidthJoiner || text.at(at + 1) == kKeycap))
        return true;
    const qsizetype base = at - (at > 1 && text.at(at - 1).isLowSurrogate() ? 2 : 1);
    return base > 0 && text.at(base - 1) == kZeroWidthJoiner;
}

qsizetype cutPosition(QStringView text)
{
    qsizetype end = qMin<qsizetype>(text.size(), MessageText::kCutLength);
    int lines = 0;
    for (qsizetype i = 0; i < end; ++i) {
        if (text.at(i) == u'\n' && ++lines == MessageText::kCutLines)
            end = i;
    }
    if (end > 0 && end < text.size() && text.at(end - 1).isHighSurrogate())
        --end;
    return end;
}

}

MessageText::MessageText(const QString &source, bool whole)
    : m_source(source)
{
    const qsizetype end = whole ? source.size() : cutPosition(source);
    m_cut = end < source.size();
    clean(QStringView(source).left(end));
    m_rightToLeft = m_text.isRightToLeft();
    m_links = findLinks(m_text);
}

void MessageText::clean(QStringView part)
{
    m_text.reserve(part.size());
    QList<int> styled; // where the character before a style selector begins
    int marks = 0;
    for (qsizetype i = 0; i < part.size(); ++i) {
        const QChar c = part.at(i);
        if (c == QChar(kEmojiStyle) && !m_text.isEmpty()) {
            const bool isPair = m_text.size() > 1 && m_text.back().isLowSurrogate();
            styled.append(int(m_text.size()) - (isPair ? 2 : 1));
        }
        marks = c.category() == QChar::Mark_NonSpacing ? marks + 1 : 0;
        if (isDirectionControl(c.unicode()) || isUnseenControl(c) || marks > kMaxMarks
            || isHarmfulStyle(part, i))
            m_dropped.append(int(m_text.size()));
        else
            m_text.append(c == u'\n' ? QChar(QChar::LineSeparator) : c);
    }
    for (const int start : std::as_const(styled))
        addEmoji(start);
}

void MessageText::addEmoji(int start)
{
    if (!m_emoji.isEmpty() && start < m_emoji.last().start + m_emoji.last().length)
        return;
    const auto charactersAt = [this](int at) {
        return at < m_text.size() ? m_text.at(at).isHighSurrogate() ? 2 : 1 : 0;
    };
    int end = start + charactersAt(start);
    while (end < m_text.size()) {
        const QChar next = m_text.at(end);
        if (next == QChar(kEmojiStyle) || next == QChar(kKeycap))
            ++end;
        else if (next == QChar(kZeroWidthJoiner))
            end += 1 + charactersAt(end + 1);
        else
            break;
    }
    m_emoji.append({start, end - start});
}

QString MessageText::source(int from, int to) const
{
    const auto first = m_dropped.begin();
    const auto last = m_dropped.end();
    const int length = int(m_text.size());
    const bool toEnd = to >= length && !m_cut;
    to = qMin(to, length);
    const int start = from <= 0 ? 0 : from + int(std::upper_bound(first, last, from) - first);
    const qsizetype end = toEnd ? m_source.size() : to + int(std::lower_bound(first, last, to) - first);
    return m_source.mid(start, end - start);
}

bool isSafeLink(const QUrl &url)
{
    if (!url.isValid())
        return false;
    const QString scheme = url.scheme();
    if (scheme == QLatin1String("mailto"))
        return !url.path().isEmpty();
    const bool isWeb = scheme == QLatin1String("http") || scheme == QLatin1String("https");
    return isWeb && !url.host().isEmpty() && url.userInfo().isEmpty();
}

QList<TextLink> findLinks(const QString &text)
{
    static const QRegularExpression pattern(
        QStringLiteral("\\b(?:https?://|mailto:)[^\\s<>\"\\\\\\p{C}]+"),
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
    QList<TextLink> links;
    QRegularExpressionMatchIterator matches = pattern.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        QString address = match.captured();
        while (!address.isEmpty() && QStringView(u".,;:!?'*_").contains(address.back()))
            address.chop(1);
        while (address.endsWith(u')') && address.count(u')') > address.count(u'('))
            address.chop(1);
        const QUrl url(address, QUrl::StrictMode);
        if (isSafeLink(url))
            links.append({int(match.capturedStart()), int(address.size()), url});
    }
    return links;
}

}
