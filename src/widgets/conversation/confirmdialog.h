#pragma once

#include <QDialog>

class QLabel;
class QPushButton;

namespace confab {

/// Asks before something that cannot be undone. The safe answer has the focus; the other is named by
/// its verb. Deletes itself when closed.
class ConfirmDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ConfirmDialog(QWidget *parent);

    void setQuestion(const QString &heading, const QString &consequence);
    void setButtons(const QString &safe, const QString &destructive);

private:
    QLabel *m_heading;
    QLabel *m_consequence;
    QPushButton *m_safe;
    QPushButton *m_destructive;
};

}
