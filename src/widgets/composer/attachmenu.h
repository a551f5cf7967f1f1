#pragma once

#include "widgets/theme.h"

#include <QMenu>

namespace confab {

/// What can be sent besides words.
enum class AttachKind { Pictures, Files, Contact, Poll };

/// Offers it; the keys beside an entry are those of the text field.
class AttachMenu : public QMenu
{
    Q_OBJECT

public:
    AttachMenu(const Theme &theme, QWidget *parent);

    void openAbove(const QWidget *button);

signals:
    void chosen(confab::AttachKind kind);

private:
    void add(const QIcon &icon, const QString &name, const QString &text, AttachKind kind);
};

}
