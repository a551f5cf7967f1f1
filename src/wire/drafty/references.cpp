#include "wire/drafty/references.h"

#include <QUrl>

#include <algorithm>

namespace confab::wire {

namespace {

template <typename Source, typename EntityType>
QList<Source *> sourcesOf(EntityType &entity)
{
    return std::visit(
        [](auto &one) -> QList<Source *> {
            using T = std::remove_cvref_t<decltype(one)>;
            if constexpr (std::is_same_v<T, Video>)
                return {&one.source, &one.poster};
            else if constexpr (std::is_same_v<T,
                                   Image> || std::is_same_v<T, Audio> || std::is_same_v<T, File>)
                return {&one.source};
            else
                return {};
        },
        entity);
}

void fill(QList<Entity> &entities, const QHash<QString, FilledReference> &filled)
{
    for (Entity &entity : entities) {
        for (MediaSource *source : sourcesOf<MediaSource>(entity)) {
            const auto found = filled.constFind(source->ref);
            if (source->ref.isEmpty() || found == filled.constEnd())
                continue;
            source->ref = found->ref;
            if (!found->base64.isEmpty())
                source->base64 = found->base64;
        }
    }
}

}

QStringList serverReferences(const Drafty &document)
{
    QStringList result;
    for (const QList<Entity> *entities : {&document.entities(), &document.attachments()}) {
        for (const Entity &entity : *entities) {
            for (const MediaSource *source : sourcesOf<const MediaSource>(entity)) {
                const bool isOurs = !source->ref.isEmpty() && QUrl(source->ref).isRelative();
                if (isOurs && !result.contains(source->ref))
                    result += source->ref;
            }
        }
    }
    return result;
}

Drafty withReferences(const Drafty &document, const QHash<QString, FilledReference> &filled)
{
    QList<Entity> entities = document.entities();
    QList<Entity> attachments = document.attachments();
    fill(entities, filled);
    fill(attachments, filled);
    return Drafty::fromParts(document.text(), document.spans(), entities, attachments);
}

}
