#include "wire/wireerror.h"

namespace confab::wire {

namespace {

QString reason(WireError::Kind kind)
{
    switch (kind) {
    case WireError::Kind::NotJson:
        return QStringLiteral("not JSON");
    case WireError::Kind::NotObject:
        return QStringLiteral("not an object");
    case WireError::Kind::TooDeep:
        return QStringLiteral("nested too deep");
    case WireError::Kind::UnknownPacket:
        return QStringLiteral("unknown packet");
    case WireError::Kind::MissingField:
        return QStringLiteral("missing field");
    case WireError::Kind::WrongType:
        return QStringLiteral("wrong type");
    case WireError::Kind::OutOfRange:
        return QStringLiteral("out of range");
    }
    Q_UNREACHABLE();
}

}

QString WireError::toString() const
{
    return field.isEmpty() ? reason(kind) : reason(kind) + QStringLiteral(": ") + field;
}

}
