#pragma once

#include "wire/clientmessage.h"

#include <QString>

#include <variant>

namespace confab::server {

/// The id that a reply repeats; empty for packets without one and where none is wanted.
inline QString requestId(const wire::ClientMessage &message)
{
    return std::visit(
        [](const auto &packet) {
            if constexpr (requires { packet.id; })
                return packet.id;
            else
                return QString();
        },
        message);
}

}
