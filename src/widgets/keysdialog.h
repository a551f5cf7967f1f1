#pragma once

#include "widgets/theme.h"

#include <QDialog>

namespace confab {

/// The list of keys (Ctrl+/).
class KeysDialog : public QDialog
{
    Q_OBJECT

public:
    struct Entry {
        QString what;
        QStringList keys; ///< as shown
    };

    KeysDialog(const Theme &theme, const QList<Entry> &entries, QWidget *parent = nullptr);
};

}
