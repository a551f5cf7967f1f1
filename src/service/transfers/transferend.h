#pragma once

#include "service/serviceerror.h"

class QNetworkReply;

namespace confab {

/// How one attempt to move a file has ended.
struct TransferEnd {
    enum class Kind {
        Done,
        Broken, ///< the network's or the server's passing fault: worth another try
        NeedsLogin, ///< the token is not accepted
        Refused, ///< another try would end the same way
    };
    Kind kind = Kind::Done;
    ServiceError error; ///< unless Done

    /// By the reply's status, or by its network error where it has none. Done only for 2xx.
    static TransferEnd of(const QNetworkReply &reply);
    static TransferEnd refused(
        ErrorKind kind, const QString &subject = {}, const QString &detail = {});
    static TransferEnd broken(ErrorKind kind, const QString &detail = {});
};

}
