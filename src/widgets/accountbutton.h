#pragma once

#include "widgets/avatar.h"
#include "widgets/theme.h"
#include "widgets/viewtypes.h"

#include <QAbstractButton>

namespace confab {

/// The own avatar; opens the account menu.
class AccountButton : public QAbstractButton
{
    Q_OBJECT

public:
    explicit AccountButton(const Theme &theme, QWidget *parent = nullptr);

    void setAccount(const AccountEntry &account);

    QSize sizeHint() const override;

signals:
    void menuRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const Theme &m_theme;
    AccountEntry m_account;
};

}
