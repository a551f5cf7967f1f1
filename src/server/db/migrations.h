#pragma once

#include <QList>
#include <QStringList>

namespace confab::server {

/// The statements of one step of the schema, run in order inside the transaction of all steps.
using Migration = QStringList;

/// Every step from an empty file to the current schema, oldest first. Steps are only ever added at
/// the end: a file out there already ran the earlier ones. user_version of a file is the number of
/// steps it has run.
const QList<Migration> &migrations();

} // namespace confab::server
