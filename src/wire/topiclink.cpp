#include "wire/topiclink.h"

#include <QUrl>
#include <QUrlQuery>

namespace confab::wire {

namespace {

constexpr QLatin1String kScheme("tinode");
constexpr QLatin1String kPath("topic/");
constexpr qsizetype kMaxLength = 200;

}

QString linkText(const TopicLink &link)
{
    const QString text = QStringLiteral("tinode:topic/") + link.topic;
    return link.seq > 0 ? text + QStringLiteral("?seq=%1").arg(link.seq) : text;
}

std::optional<TopicLink> readTopicLink(const QString &text)
{
    const QUrl url(text.size() > kMaxLength ? QString() : text, QUrl::StrictMode);
    if (url.scheme() != kScheme || !url.path().startsWith(kPath))
        return std::nullopt;
    TopicLink link;
    link.topic = url.path().mid(kPath.size());
    const TopicKind kind = topicKind(link.topic);
    if (kind != TopicKind::Direct && kind != TopicKind::Group && kind != TopicKind::Channel
        && kind != TopicKind::Self)
        return std::nullopt;
    const int seq = QUrlQuery(url).queryItemValue(QStringLiteral("seq")).toInt();
    link.seq = seq > 0 && seq <= kMaxSeq ? seq : 0;
    return link;
}

}
