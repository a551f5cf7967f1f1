#pragma once

#include "widgets/theme.h"

class QToolButton;
class QWidget;

namespace confab {

/// A square button of an icon alone, reached by Tab; `text` is its tip and what is read aloud.
QToolButton *makeIconButton(const Theme &theme, QWidget *parent, const QString &icon,
    const QString &name, const QString &text, int edge = 36);

}
