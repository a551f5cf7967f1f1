#pragma once

#include "store/message.h"

#include <QDialog>
#include <QList>

namespace confab {

/// All versions of an edited message, the newest first. Deletes itself when closed.
class VersionsDialog : public QDialog
{
    Q_OBJECT

public:
    /// `versions` with the first one first, as Timeline::versions() has them.
    VersionsDialog(const QList<Message> &versions, QWidget *parent);
};

}
