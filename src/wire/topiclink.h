#pragma once

#include "wire/ids.h"

#include <QString>

#include <optional>

namespace confab::wire {

/// Where a message stands: "tinode:topic/TOPIC?seq=N" (docs/extensions.md).
struct TopicLink {
    TopicName topic;
    Seq seq = 0; ///< 0: the chat as a whole
    bool operator==(const TopicLink &) const = default;
};

QString linkText(const TopicLink &link);
/// Nothing for what is no such link; written by anybody, so that nothing of it is trusted.
std::optional<TopicLink> readTopicLink(const QString &text);

}
