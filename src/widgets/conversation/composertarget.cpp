#include "widgets/conversation/composertarget.h"

#include "models/rowtext.h"
#include "widgets/conversation/composer.h"
#include "widgets/conversation/messagerights.h"
#include "widgets/conversation/messageview.h"
#include "widgets/conversation/targetstrip.h"
#include "wire/drafty/markup.h"
#include "wire/drafty/preview.h"
#include "wire/drafty/quoting.h"

namespace confab {

ComposerTarget::ComposerTarget(
    const Theme &theme, MessageView *view, Composer *composer, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
    , m_view(view)
    , m_composer(composer)
{
    connect(view, &MessageView::editRequested, this, &ComposerTarget::editStuck);
    connect(composer, &Composer::editLastRequested, this, &ComposerTarget::editLast);
    connect(composer, &Composer::replyTargetMoved, this, &ComposerTarget::moveReplyTarget);
    connect(composer, &Composer::targetCancelled, this, &ComposerTarget::endTarget);
}

void ComposerTarget::setTopic(TopicList *topics, Topic *topic)
{
    if (m_topic)
        m_topic->timeline().disconnect(this);
    m_topics = topics;
    m_topic = topic;
    if (!topic)
        return;
    // A target kept with the draft is named once it is loaded.
    connect(&topic->timeline(), &Timeline::rowsInserted, this, [this] {
        if (m_isTargetUnknown)
            showTarget();
    });
    showTarget();
}

wire::Drafty ComposerTarget::quoteOf(const Message &original) const
{
    const rowtext::Author author = rowtext::authorOf(*m_topics, m_topic->name(), original.from);
    return wire::replyQuote(author.name, author.id, wire::Drafty::fromContent(original.content));
}

OutgoingMessage ComposerTarget::toSend(const wire::Drafty &typed) const
{
    const Draft draft = m_composer->draft();
    OutgoingMessage result(typed);
    if (draft.edits) {
        result.head.setReplaces(draft.edits);
    } else if (draft.replyTo) {
        result.head.setReplyTo(draft.replyTo);
        if (const Message *original = loadedMessage(m_topic, draft.replyTo))
            result.content = quoteOf(*original) + typed;
    }
    return result;
}

void ComposerTarget::noteSent()
{
    if (!std::exchange(m_isEditing, false))
        return;
    const Draft before = m_pushedAside.take(name());
    if (!before.text.isEmpty())
        m_composer->append({before.text, before.fixed, {}});
}

void ComposerTarget::startReply(Seq seq)
{
    if (!loadedMessage(m_topic, seq))
        return;
    if (m_isEditing)
        endTarget();
    m_composer->setTarget(seq, 0, makeStrip(seq, false));
    m_composer->setFocusToText();
}

/// What was being written waits until the edit is sent or given up.
void ComposerTarget::startEdit(Seq seq)
{
    const Message *original = loadedMessage(m_topic, seq);
    if (!original || !mayEdit(*m_topics, *m_topic, *original))
        return;
    const Draft before = m_composer->draft();
    if (!m_isEditing && !before.isEmpty())
        m_pushedAside.insert(name(), before);
    m_isEditing = true;
    const wire::MarkedText typed = wire::formatMarkup(wire::Drafty::fromContent(original->content));
    Draft text;
    text.text = typed.text;
    text.fixed = typed.fixed;
    m_composer->restore(text, {});
    m_composer->setTarget(0, seq, makeStrip(seq, true));
    m_composer->setFocusToText();
}

/// The draft is on disk before the message goes from the outbox: both are written in this order.
void ComposerTarget::editStuck(const QString &cid)
{
    const Timeline *timeline = m_topic ? &m_topic->timeline() : nullptr;
    const int row = timeline ? timeline->rowOfCid(cid) : -1;
    if (row < 0)
        return;
    const PendingMessage stuck = timeline->pending(row);
    const wire::Drafty words
        = wire::withoutQuotes(wire::Drafty::fromContent(stuck.content)).trimmed();
    m_composer->append(wire::formatMarkup(words));
    const Seq edits = stuck.head.replaces();
    const Seq replyTo = edits ? 0 : stuck.head.replyTo();
    if (edits || replyTo)
        m_composer->setTarget(replyTo, edits, makeStrip(edits ? edits : replyTo, edits != 0));
    m_composer->flush();
    emit discardRequested(name(), cid);
}

void ComposerTarget::endTarget()
{
    if (!std::exchange(m_isEditing, false)) {
        m_composer->setTarget(0, 0, nullptr);
        return;
    }
    const Draft before = m_pushedAside.take(name());
    Draft text;
    text.text = before.text;
    text.fixed = before.fixed;
    text.caret = before.caret;
    m_composer->restore(text, {});
    m_composer->setTarget(
        before.replyTo, 0, before.replyTo ? makeStrip(before.replyTo, false) : nullptr);
    m_composer->flush();
}

void ComposerTarget::editLast()
{
    const Timeline *timeline = m_topic ? &m_topic->timeline() : nullptr;
    for (int row = timeline ? timeline->messageCount() - 1 : -1; row >= 0; --row) {
        const Message &candidate = timeline->message(row);
        if (mayEdit(*m_topics, *m_topic, candidate))
            return startEdit(candidate.seq);
    }
}

void ComposerTarget::moveReplyTarget(int step)
{
    if (!m_topic || !m_topic->canWrite() || !isRich(*m_topic) || m_isEditing)
        return;
    const Timeline &timeline = m_topic->timeline();
    const Seq target = m_composer->draft().replyTo;
    const int from = target ? timeline.rowOfSeq(target) : timeline.messageCount();
    const int row = from + step;
    if (from < 0 || row < 0)
        return;
    if (row >= timeline.messageCount()) {
        m_composer->setTarget(0, 0, nullptr);
        return;
    }
    startReply(timeline.message(row).seq);
    if (m_view->rowRect(row).isEmpty())
        emit messageRequested(timeline.message(row).seq);
}

/// As the draft has it.
void ComposerTarget::showTarget()
{
    const Draft draft = m_composer->draft();
    m_isEditing = draft.edits != 0;
    m_isTargetUnknown = false;
    const Seq seq = draft.edits ? draft.edits : draft.replyTo;
    m_composer->setTarget(
        draft.replyTo, draft.edits, seq ? makeStrip(seq, draft.edits != 0) : nullptr);
}

TargetStrip *ComposerTarget::makeStrip(Seq seq, bool isEdit)
{
    auto *strip = new TargetStrip(
        m_theme, isEdit ? QStringLiteral("pencil") : QStringLiteral("reply"), m_composer);
    const Message *target = loadedMessage(m_topic, seq);
    m_isTargetUnknown = !target;
    const QString line = target ? rowtext::oneLine(target->text) : tr("An older message");
    if (isEdit) {
        strip->setContent(tr("Edit message"), line, -1);
    } else if (target) {
        const rowtext::Author author = rowtext::authorOf(*m_topics, m_topic->name(), target->from);
        strip->setContent(tr("Reply to %1").arg(author.name), line, Theme::hueOf(author.id));
    } else {
        strip->setContent(tr("Reply"), line, -1);
    }
    connect(strip, &TargetStrip::closed, this, &ComposerTarget::endTarget, Qt::QueuedConnection);
    connect(strip, &TargetStrip::pressed, this, [this, seq] { emit messageRequested(seq); });
    return strip;
}

}
