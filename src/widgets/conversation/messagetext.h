#pragma once

#include "widgets/conversation/emojispans.h"
#include "widgets/conversation/messagepart.h"
#include "wire/drafty/blocks.h"
#include "wire/drafty/runs.h"

#include <QUrl>

namespace confab {

/// A link inside a message, in characters of the text shown.
struct TextLink {
    int start = 0;
    int length = 0;
    QUrl url;
    bool operator==(const TextLink &) const = default;
};

/// A stretch of the text shown that looks other than plain words.
struct StyledText {
    int start = 0;
    int length = 0;
    wire::TextStyles styles;
    bool operator==(const StyledText &) const = default;
};

/// A message as it is laid out: its parts from top to bottom, and the text of those that are text, one
/// line separator a line, without characters that would harm the reader (direction overrides, controls,
/// towers of marks: reliability.md T10) or that Qt 6.4 paints wrongly (desktop.md finding 3). Positions
/// count the text's characters; `source` leads back. There is always a part.
class MessageText
{
public:
    /// Longer messages are cut until the person asks for all of them.
    static constexpr int kCutLength = 4000;
    static constexpr int kCutLines = 60;

    MessageText() = default;
    explicit MessageText(const QString &source, bool whole = false);
    explicit MessageText(const wire::Drafty &document, bool whole = false);
    /// What a message shows: its content, where that is a document, else its words.
    static MessageText ofMessage(const wire::JsonBlob &content, const QString &words, bool whole);

    const QString &text() const { return m_text; }
    const QList<MessagePart> &parts() const { return m_parts; }
    bool isCut() const { return m_cut; }
    /// By the first letter that has a direction.
    bool isRightToLeft() const { return m_rightToLeft; }
    bool isSingleEmoji() const { return m_singleEmoji; } ///< and nothing else: shown large
    const QList<StyledText> &styles() const { return m_styles; }
    const QList<TextLink> &links() const { return m_links; }
    const QList<TextSpan> &emoji() const { return m_emoji; }
    /// What was written between two positions of the text shown.
    QString source(int from, int to) const;
    /// The same as a fragment of HTML, with styles and links.
    QString html(int from, int to) const;

private:
    MessagePart &addPart(MessagePart::Kind kind);
    void addBlock(const wire::Drafty &document, const wire::Block &block);
    void addPreview(const wire::Drafty &document);
    void addText(const wire::Drafty &document, const wire::Block &block);
    void finish(bool whole);
    void clean(QStringView part, QList<int> &sourceDropped);
    void moveToShown(const QList<int> &sourceDropped);
    void findPlainLinks();
    QStringList tagsAt(int position) const;

    QString m_source;
    QString m_text;
    QList<int> m_dropped; ///< positions in m_text before which one source character is left out
    QList<MessagePart> m_parts;
    QList<StyledText> m_styles;
    QList<TextLink> m_links;
    QList<TextSpan> m_emoji;
    bool m_cut = false;
    bool m_rightToLeft = false;
    bool m_singleEmoji = false;
};

/// Links of a text: http, https and mailto, written out, without a hidden user part
/// (reliability.md T9).
QList<TextLink> findLinks(const QString &text);
/// True for the addresses that may be handed to the desktop.
bool isSafeLink(const QUrl &url);

}
