#include "widgets/signinpages.h"

#include "widgets/firstrunpage.h"
#include "widgets/loginpage.h"
#include "widgets/namepage.h"
#include "widgets/plainpage.h"

namespace confab {

SignInPages::SignInPages(const Theme &theme, QWidget *parent)
    : QStackedWidget(parent)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("signInPages"));
}

FirstRunPage *SignInPages::firstRun()
{
    if (!m_firstRun) {
        m_firstRun = new FirstRunPage(m_theme, this);
        m_firstRun->setAdding(m_leavable);
        addWidget(m_firstRun);
        connect(m_firstRun, &FirstRunPage::backRequested, this, &SignInPages::goBack);
    }
    return m_firstRun;
}

NamePage *SignInPages::name()
{
    if (!m_name)
        addForm(m_name = new NamePage(m_theme, this));
    return m_name;
}

LoginPage *SignInPages::login()
{
    if (!m_login)
        addForm(m_login = new LoginPage(m_theme, this));
    return m_login;
}

PlainPage *SignInPages::plain()
{
    if (!m_plain)
        addForm(m_plain = new PlainPage(m_theme, this));
    return m_plain;
}

void SignInPages::addForm(FormPage *page)
{
    addWidget(page);
    connect(page, &FormPage::backRequested, this, &SignInPages::showFirstRun);
}

void SignInPages::showFirstRun()
{
    setPage(firstRun());
}

void SignInPages::showName(const QString &suggestedName)
{
    name()->setSuggestedName(suggestedName);
    setPage(name());
}

void SignInPages::showLogin()
{
    login()->reset();
    setPage(login());
}

void SignInPages::showPlain(const QString &suggestedName)
{
    plain()->setSuggestedName(suggestedName);
    setPage(plain());
}

void SignInPages::setPage(QWidget *page)
{
    setCurrentWidget(page);
    emit shown();
}

void SignInPages::setLeavable(bool leavable)
{
    m_leavable = leavable;
    if (m_firstRun)
        m_firstRun->setAdding(leavable);
}

void SignInPages::goBack()
{
    if (auto *form = qobject_cast<FormPage *>(currentWidget()))
        emit form->backRequested(); // whoever tries an account out hears it too
    else if (m_leavable)
        emit left();
}

}
