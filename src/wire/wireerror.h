#pragma once

#include <QString>

namespace confab::wire {

/// Why bytes are not a packet.
struct WireError {
    enum class Kind {
        NotJson, ///< not parseable, or a bare scalar other than the probe reply
        NotObject, ///< JSON, but no object
        TooDeep, ///< nested deeper than kMaxDepth
        UnknownPacket, ///< an object without a packet that we know
        MissingField,
        WrongType,
        OutOfRange, ///< a number or an enumerated word that has no meaning here
    };
    Kind kind = Kind::NotJson;
    QString field{}; ///< dotted path, as "data.seq"; empty where no single field is to blame
    QString id{}; ///< of the request, where it could be read: what a 400 answers
    bool operator==(const WireError &) const = default;

    /// For logs: kind and field, never a value from the packet.
    QString toString() const;
};

/// Deeper documents are refused before they are looked at (reliability.md §2, QJsonDocument).
inline constexpr int kMaxDepth = 32;

}
