#pragma once

#include "wire/ids.h"

#include <QDateTime>
#include <QString>

namespace confab::server {

/// One account as whoever runs the server sees it.
struct AccountRow {
    wire::UserId user;
    QString login; ///< empty for anonymous ones
    QString name; ///< as they call themselves; cleaned
    QDateTime created;
    QDateTime seen; ///< invalid if never online
    bool isDisabled = false;
    int ownGroups = 0; ///< and channels: they go with the account
};

}
