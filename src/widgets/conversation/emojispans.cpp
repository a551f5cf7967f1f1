#include "widgets/conversation/emojispans.h"

#include <QTextBoundaryFinder>

#include <algorithm>
#include <iterator>

namespace confab {

namespace {

constexpr char32_t kEmojiStyle = 0xFE0F;
constexpr char32_t kKeycap = 0x20E3;
constexpr char16_t kZeroWidthJoiner = 0x200D;

struct CodeRange {
    char32_t first;
    char32_t last;
};

/// Shown as emoji by themselves (Unicode's Emoji_Presentation, with what is reserved among them).
constexpr CodeRange kEmoji[] = {{0x231A, 0x231B}, {0x23E9, 0x23EC}, {0x23F0, 0x23F0},
    {0x23F3, 0x23F3}, {0x25FD, 0x25FE}, {0x2614, 0x2615}, {0x2648, 0x2653}, {0x267F, 0x267F},
    {0x2693, 0x2693}, {0x26A1, 0x26A1}, {0x26AA, 0x26AB}, {0x26BD, 0x26BE}, {0x26C4, 0x26C5},
    {0x26CE, 0x26CE}, {0x26D4, 0x26D4}, {0x26EA, 0x26EA}, {0x26F2, 0x26F3}, {0x26F5, 0x26F5},
    {0x26FA, 0x26FA}, {0x26FD, 0x26FD}, {0x2705, 0x2705}, {0x270A, 0x270B}, {0x2728, 0x2728},
    {0x274C, 0x274C}, {0x274E, 0x274E}, {0x2753, 0x2755}, {0x2757, 0x2757}, {0x2795, 0x2797},
    {0x27B0, 0x27B0}, {0x27BF, 0x27BF}, {0x2B1B, 0x2B1C}, {0x2B50, 0x2B50}, {0x2B55, 0x2B55},
    {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A},
    {0x1F1E6, 0x1F1FF}, {0x1F201, 0x1F201}, {0x1F21A, 0x1F21A}, {0x1F22F, 0x1F22F},
    {0x1F232, 0x1F236}, {0x1F238, 0x1F23A}, {0x1F250, 0x1F251}, {0x1F300, 0x1F320},
    {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393}, {0x1F3A0, 0x1F3CA},
    {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0}, {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E},
    {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F54E},
    {0x1F550, 0x1F567}, {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4},
    {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5}, {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2},
    {0x1F6D5, 0x1F6D7}, {0x1F6DC, 0x1F6DF}, {0x1F6EB, 0x1F6EC}, {0x1F6F4, 0x1F6FC},
    {0x1F7E0, 0x1F7EB}, {0x1F7F0, 0x1F7F0}, {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945},
    {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAFF}};

bool isEmoji(char32_t c)
{
    const auto *range = std::lower_bound(std::begin(kEmoji), std::end(kEmoji), c,
        [](const CodeRange &each, char32_t code) { return each.last < code; });
    return range != std::end(kEmoji) && range->first <= c;
}

char32_t codeAt(QStringView text, qsizetype at)
{
    const bool isPair = text.at(at).isHighSurrogate() && at + 1 < text.size();
    return isPair ? QChar::surrogateToUcs4(text.at(at), text.at(at + 1)) : text.at(at).unicode();
}

/// A cluster that is drawn as a picture: begins as one, or is made one by what follows. A joined
/// sequence may have lost its selectors, so one emoji anywhere is enough.
bool isEmojiCluster(QStringView cluster)
{
    for (qsizetype i = 0; i < cluster.size(); ++i) {
        const char32_t code = codeAt(cluster, i);
        if (isEmoji(code) || code == kEmojiStyle || code == kKeycap)
            return true;
    }
    return false;
}

bool mayHoldEmoji(QStringView text)
{
    return std::any_of(text.begin(), text.end(),
        [](QChar c) { return c.isSurrogate() || (c.unicode() >= 0x20E3 && c.unicode() < 0x2C00)
                          || c.unicode() == kEmojiStyle; });
}

}

QList<TextSpan> emojiSpans(QStringView text)
{
    QList<TextSpan> spans;
    if (!mayHoldEmoji(text))
        return spans;
    QTextBoundaryFinder finder(
        QTextBoundaryFinder::Grapheme, text.data(), text.size());
    qsizetype begin = 0;
    for (qsizetype end = finder.toNextBoundary(); end >= 0; end = finder.toNextBoundary()) {
        const int length = int(end - begin);
        if (isEmojiCluster(text.mid(begin, length))) {
            const bool joins = !spans.isEmpty()
                && spans.last().start + spans.last().length == begin;
            if (joins)
                spans.last().length += length;
            else
                spans.append({int(begin), length});
        }
        begin = end;
    }
    return spans;
}

bool isHarmfulStyle(QStringView text, qsizetype at)
{
    if (text.at(at) != QChar(kEmojiStyle))
        return false;
    const char32_t next = at + 1 < text.size() ? text.at(at + 1).unicode() : 0;
    if (next == kZeroWidthJoiner || next == kKeycap)
        return true;
    const qsizetype base = at - (at > 1 && text.at(at - 1).isLowSurrogate() ? 2 : 1);
    return base > 0 && text.at(base - 1) == kZeroWidthJoiner;
}

QString paintableEmoji(const QString &emoji)
{
    QString result;
    for (qsizetype i = 0; i < emoji.size(); ++i) {
        if (!isHarmfulStyle(emoji, i))
            result += emoji.at(i);
    }
    return result;
}

bool isSingleEmoji(QStringView text)
{
    constexpr qsizetype kLongest = 40; // a family with skin tones, or a flag of tags
    if (text.isEmpty() || text.size() > kLongest || !isEmojiCluster(text))
        return false;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, text.data(), text.size());
    return finder.toNextBoundary() == text.size();
}

}
