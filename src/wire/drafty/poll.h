#pragma once

#include "wire/drafty/drafty.h"

#include <QList>
#include <QStringList>

// Polls: forms that every Tinode client can show and answer (docs/extensions.md). Head::poll()
// tells that a form is one, and how answers count.
namespace confab::wire {

struct PollChoice {
    QString name; ///< of the button: what an answer names
    QString title;
    bool operator==(const PollChoice &) const = default;
};

inline constexpr int kMaxPollChoices = 10;

/// The question, and a button for each answer in a line of its own.
Drafty pollForm(const QString &question, const QStringList &choices);
/// What is asked, without the buttons.
Drafty pollQuestion(const Drafty &form);
/// What can be answered: buttons that send a name, each name once.
QList<PollChoice> pollChoices(const Drafty &form);
/// What a poll is edited to when it ends: the question and how often each answer was given, for
/// readers who know forms only. `counts` belong to the choices.
Drafty pollResult(const Drafty &form, const QList<int> &counts, const QString &closedWords);

}
