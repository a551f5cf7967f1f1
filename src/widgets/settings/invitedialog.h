#pragma once

#include "widgets/theme.h"

#include <QDateTime>
#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace confab {

/// Makes a code with which others make accounts on the server of this computer: asks how many and
/// for how long, then shows it, to be copied. Deletes itself when closed.
class InviteDialog : public QDialog
{
    Q_OBJECT

public:
    explicit InviteDialog(const Theme &theme, QWidget *parent);

    void setCode(const QString &code, const QDateTime &expires);
    void setError(const QString &sentence);

signals:
    /// setCode() or setError() is the answer.
    void submitted(int uses, int days);

private:
    QSpinBox *makeNumber(const char *name, const QString &accessibleName, int most, int value);
    void build();
    void buildQuestion();
    void buildAnswer();

    QLabel *m_heading;
    QLabel *m_note;
    QWidget *m_question;
    QSpinBox *m_uses;
    QSpinBox *m_days;
    QWidget *m_answer;
    QLineEdit *m_code;
    QPushButton *m_copy;
    QPushButton *m_close;
    QPushButton *m_make;
};

}
