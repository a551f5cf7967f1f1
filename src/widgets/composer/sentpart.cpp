#include "widgets/composer/sentpart.h"

namespace confab {

QString textAfterSending(const QString &text, const QString &sent)
{
    if (!text.startsWith(sent))
        return text == sent.trimmed() ? QString() : text;
    QString rest = text.mid(sent.size());
    while (rest.startsWith(u'\n'))
        rest.remove(0, 1);
    return rest;
}

Draft draftAfterSending(const Draft &draft, const QString &sent)
{
    const QString rest = textAfterSending(draft.text, sent);
    if (rest == draft.text)
        return draft;
    Draft left;
    left.text = rest;
    const qsizetype cut = draft.text.size() - rest.size();
    for (wire::MarkedText::Fixed part : draft.fixed) {
        part.begin -= cut;
        if (part.begin >= 0)
            left.fixed += part;
    }
    return left;
}

}
