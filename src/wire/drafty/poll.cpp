#include "wire/drafty/poll.h"

#include <algorithm>

namespace confab::wire {

namespace {

Drafty lineBreak()
{
    return Drafty(QStringLiteral("\n"));
}

}

Drafty pollForm(const QString &question, const QStringList &choices)
{
    Drafty result(question.trimmed());
    int number = 0;
    for (const QString &choice : choices.mid(0, kMaxPollChoices)) {
        Button button;
        button.action = Button::Action::Publish;
        button.name = QString::number(++number);
        result += lineBreak() + Drafty::fromEntity(choice.simplified(), button);
    }
    return result.wrapped(Form());
}

Drafty pollQuestion(const Drafty &form)
{
    QList<Span> buttons;
    for (const Span &span : form.spans()) {
        if (span.kind == SpanKind::Button)
            buttons.append(span);
    }
    return form.removed(buttons).trimmed();
}

QList<PollChoice> pollChoices(const Drafty &form)
{
    QList<PollChoice> result;
    for (const Span &span : form.spans()) {
        const auto *button = form.as<Button>(span);
        if (!button || button->action != Button::Action::Publish || button->name.isEmpty())
            continue;
        const bool isKnown = std::any_of(result.begin(), result.end(),
            [button](const PollChoice &choice) { return choice.name == button->name; });
        if (!isKnown && result.size() < kMaxPollChoices)
            result.append({button->name, form.text().mid(span.begin, span.length)});
    }
    return result;
}

Drafty pollResult(const Drafty &form, const QList<int> &counts, const QString &closedWords)
{
    Drafty result(pollQuestion(form).text());
    const QList<PollChoice> choices = pollChoices(form);
    for (qsizetype i = 0; i < choices.size(); ++i) {
        const QString count = QString::number(counts.value(i));
        result += lineBreak() + Drafty(choices.at(i).title + QStringLiteral(": "))
            + Drafty(count).wrapped(SpanKind::Bold);
    }
    return result + lineBreak() + Drafty(closedWords).wrapped(SpanKind::Italic);
}

}
