#include "widgets/composer/mentions.h"

#include <algorithm>

namespace confab {

QList<MentionCandidate> mentionCandidates(const TopicList *topics, const Topic *topic)
{
    QList<MentionCandidate> people;
    if (!topics || !topic)
        return people;
    if (topic->kind() == wire::TopicKind::Direct)
        people += MentionCandidate{topic->name(), topic->title(), topic->info().card.photo};
    for (const Member &member : topic->members()) {
        const bool isKnown = std::any_of(people.begin(), people.end(),
            [&](const MentionCandidate &each) { return each.user == member.user; });
        if (member.user != topics->self() && !isKnown)
            people += MentionCandidate{member.user, topics->nameOf(member.user), member.card.photo};
    }
    std::sort(
        people.begin(), people.end(), [](const MentionCandidate &a, const MentionCandidate &b) {
            return a.name.localeAwareCompare(b.name) < 0;
        });
    return people;
}

}
