#pragma once

#include "widgets/theme.h"

#include <QDateTime>
#include <QList>
#include <QPointer>
#include <QWidget>

class QLabel;
class QLayout;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace confab {

class InviteDialog;
class LocalUserDialog;

/// One account of the server of this computer.
struct LocalUser {
    QString login;
    QString name; ///< as they call themselves; may be empty
    QDateTime seen; ///< invalid: never
    bool isDisabled = false;
    int ownGroups = 0; ///< they go when the account is removed
};

/// The accounts of the server of this computer as a list, and what can be done with them. Shows
/// what it is told and tells what is wanted; every wish is answered by setResult() or setInvite().
class LocalUsers : public QWidget
{
    Q_OBJECT

public:
    explicit LocalUsers(const Theme &theme, QWidget *parent = nullptr);

    /// In the order in which they were made.
    void setUsers(const QList<LocalUser> &users);
    /// How the last wish ended: an empty error means well, and then the list follows.
    void setResult(const QString &error);
    void setInvite(const QString &code, const QDateTime &expires);

signals:
    void addRequested(const QString &login, const QString &password, const QString &name);
    void passwordRequested(const QString &login, const QString &password);
    void disableRequested(const QString &login, bool disabled);
    void removeRequested(const QString &login); ///< confirmed by the person
    void inviteRequested(int uses, int days);

private:
    QPushButton *addButton(const char *name, const QString &text, const QString &accessibleName);
    QLayout *buildHead();
    QLayout *buildActions();
    void buildList();
    QTreeWidgetItem *makeRow(const LocalUser &user) const;
    const LocalUser *chosen() const;
    void showChoice();
    void askForUser();
    void askForPassword();
    void switchDisabled();
    void confirmRemove();
    void askForInvite();
    void setBusy(bool busy);

    const Theme &m_theme;
    QList<LocalUser> m_users;
    QTreeWidget *m_list;
    QPushButton *m_add = nullptr;
    QPushButton *m_invite = nullptr;
    QPushButton *m_password = nullptr;
    QPushButton *m_disable = nullptr;
    QPushButton *m_remove = nullptr;
    QLabel *m_error = nullptr;
    QPointer<LocalUserDialog> m_userDialog;
    QPointer<InviteDialog> m_inviteDialog;
    bool m_busy = false;
};

}
