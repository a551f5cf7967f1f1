#include "wire/drafty/plaintext.h"

#include "wire/cleantext.h"
#include "wire/drafty/labels.h"
#include "wire/drafty/preview.h"

namespace confab::wire {

using namespace Qt::Literals::StringLiterals;

namespace {

QString words(const Drafty &drafty)
{
    QString text = drafty.text();
    return text.remove(Drafty::kMedium).trimmed();
}

}

QString plainText(const Head &head, const JsonBlob &content)
{
    if (content.isString()) {
        const QString said = content.string();
        const QString clean = cleanText(said, kMaxText);
        return clean == said ? said : clean; // nearly always; then one text is kept, not two
    }
    const QJsonValue value = content.value();
    if (value.isObject())
        return cutText(plainText(Drafty::fromContent(content)), kMaxText);
    if (value.isDouble() || value.isBool())
        return QString::fromUtf8(content.bytes());
    return head.webrtc().isEmpty() ? QString() : callLabel();
}

QString plainText(const Drafty &drafty)
{
    if (drafty.isPlain())
        return drafty.text();
    const Drafty shown = drafty.visible();
    const Drafty said = withoutQuotes(shown);
    QString result = words(said);
    if (result.isEmpty())
        result = mediumLabels(said).join(", "_L1);
    if (result.isEmpty())
        result = words(shown);
    return result;
}

QString searchText(const Drafty &drafty)
{
    QStringList result{plainText(drafty)};
    const Drafty said = withoutQuotes(drafty.visible());
    for (const Span &span : said.spans()) {
        const Link *link = said.as<Link>(span);
        if (link && !result.first().contains(link->url))
            result += link->url;
    }
    const QStringList labels = mediumLabels(said);
    for (const QString &label : labels) {
        if (!result.first().contains(label))
            result += label;
    }
    return cutText(result.join(u'\n'), kMaxText);
}

}
