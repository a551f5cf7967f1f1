#pragma once

#include "widgets/theme.h"

#include <QStackedWidget>

namespace confab {

class FirstRunPage;
class FormPage;
class LoginPage;
class NamePage;
class PlainPage;

/// The pages on which accounts are added. Each is made when it is first asked for: a start that has
/// accounts never lays them out. They live as long as this widget; the composition root connects to
/// their signals. Esc and Back lead to the first page, and from there, if there are chats, to them.
/// GUI thread.
class SignInPages : public QStackedWidget
{
    Q_OBJECT

public:
    /// `theme` outlives the pages.
    explicit SignInPages(const Theme &theme, QWidget *parent = nullptr);

    FirstRunPage *firstRun();
    NamePage *name();
    LoginPage *login();
    PlainPage *plain();

    void showFirstRun(); ///< the choices
    void showName(const QString &suggestedName);
    void showLogin();
    void showPlain(const QString &suggestedName);

    /// There are chats to go back to.
    void setLeavable(bool leavable);
    /// What Esc does.
    void goBack();

signals:
    void shown(); ///< one of show...() was called
    void left(); ///< back to the chats

private:
    void addForm(FormPage *page);
    void setPage(QWidget *page);

    const Theme &m_theme;
    FirstRunPage *m_firstRun = nullptr;
    NamePage *m_name = nullptr;
    LoginPage *m_login = nullptr;
    PlainPage *m_plain = nullptr;
    bool m_leavable = false;
};

}
