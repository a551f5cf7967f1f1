#pragma once

#include "wire/drafty/entity.h"

#include <QJsonObject>

// An entity as `ent` writes it: a type of two letters and an object. For wire only.
namespace confab::wire {

/// Reads what there is; wrong types count as absent. Not cleaned yet.
Entity readEntity(const QString &type, const QJsonValue &data);
/// The type of two letters; of Unknown its own.
QString entityType(const Entity &entity);
QJsonObject entityData(const Entity &entity);

/// With names on one line, safe references and sane numbers, as entity.h promises.
Entity cleanEntity(Entity entity);

}
