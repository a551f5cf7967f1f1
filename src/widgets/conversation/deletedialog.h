#pragma once

#include <QDialog>

namespace confab {

/// Asks whom messages are to be deleted for, where there is a choice. The safe answer has the
/// focus; deletes itself when closed.
class DeleteDialog : public QDialog
{
    Q_OBJECT

public:
    DeleteDialog(int count, QWidget *parent);

signals:
    void decided(bool forAll);
};

}
