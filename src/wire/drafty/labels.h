#pragma once

#include "wire/drafty/drafty.h"

#include <QStringList>

namespace confab::wire {

/// What stands for a medium where there are only words: "Picture", a file's or contact's name.
/// Translated; empty for what is not shown, and for what has words of its own.
QString mediumLabel(const Entity &entity);
/// Those of all media and attachments in order, each once.
QStringList mediumLabels(const Drafty &drafty);
QString callLabel();

}
