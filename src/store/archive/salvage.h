#pragma once

#include "store/archive/database.h"

#include <QStringList>

namespace confab {

/// Copies what can still be read of these tables from a damaged file into `to`, which has them too: row
/// by row from their beginning up to the damage, and from their end back to it. Columns that one of the
/// files lacks are left out, rows that are there stay. Gives how many rows came over. Blocks; database
/// thread.
int salvage(const QString &damaged, Database &to, const QStringList &tables);

}
