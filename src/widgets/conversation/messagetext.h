#pragma once

#include <QList>
#include <QString>
#include <QUrl>

namespace confab {

/// A link inside a message, in characters of the text shown.
struct TextLink {
    int start = 0;
    int length = 0;
    QUrl url;
    bool operator==(const TextLink &) const = default;
};

struct TextSpan {
    int start = 0;
    int length = 0;
};

/// The text of a message as it is laid out: one line separator a line, without characters that would
/// harm the reader (direction overrides, controls, towers of marks: reliability.md T10) or that
/// Qt 6.4 paints wrongly (desktop.md finding 3). Positions count its characters; `source` leads back.
class MessageText
{
public:
    /// Longer messages are cut until the person asks for all of them.
    static constexpr int kCutLength = 4000;
    static constexpr int kCutLines = 60;

    MessageText() = default;
    explicit MessageText(const QString &source, bool whole = false);

    const QString &text() const { return m_text; }
    bool isCut() const { return m_cut; }
    /// By the first letter that has a direction.
    bool isRightToLeft() const { return m_rightToLeft; }
    const QList<TextLink> &links() const { return m_links; }
    /// Characters that only a style selector makes emoji, as hearts and key caps, with what is joined
    /// to them: need the emoji font as a whole, where Qt 6.4 would take the text's.
    const QList<TextSpan> &emoji() const { return m_emoji; }
    /// What was written between two positions of the text shown.
    QString source(int from, int to) const;

private:
    void clean(QStringView part);
    void addEmoji(int start);

    QString m_source;
    QString m_text;
    QList<int> m_dropped; ///< positions in m_text before which one source character is left out
    QList<TextLink> m_links;
    QList<TextSpan> m_emoji;
    bool m_cut = false;
    bool m_rightToLeft = false;
};

/// Links of a text: http, https and mailto, written out, without a hidden user part
/// (reliability.md T9).
QList<TextLink> findLinks(const QString &text);
/// True for the addresses that may be handed to the desktop.
bool isSafeLink(const QUrl &url);

}
