#pragma once

#include "widgets/theme.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace confab {

/// Asks for what a new account of the server of this computer needs, or for another password of
/// one. Stays open until it is told how that went. Deletes itself when closed.
class LocalUserDialog : public QDialog
{
    Q_OBJECT

public:
    explicit LocalUserDialog(const Theme &theme, QWidget *parent);

    /// A new password for this one instead of a new account.
    void setUser(const QString &login, const QString &name);
    QString login() const;
    QString name() const;
    QString password() const;
    /// Closes it, unless there is an error to show.
    void setResult(const QString &error);

signals:
    /// All fields that are needed are filled; setResult() is the answer.
    void submitted();

private:
    QLineEdit *addField(QVBoxLayout *column, const char *name, const QString &label);
    void build();
    void showFilled();
    void submit();

    const Theme &m_theme;
    QString m_knownLogin;
    QLabel *m_heading;
    QLabel *m_consequence;
    QWidget *m_who;
    QLineEdit *m_name = nullptr;
    QLineEdit *m_login = nullptr;
    QLineEdit *m_password = nullptr;
    QLabel *m_hint;
    QPushButton *m_cancel;
    QPushButton *m_submit;
};

}
