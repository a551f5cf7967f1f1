#pragma once

#include "store/archive/database.h"

namespace confab {

/// The tables of archive.db, and how older files come to have them.
Database::Migrations archiveSchema();

}
