#pragma once

#include "widgets/avatar.h"

#include <QWidget>

namespace confab {

/// Avatar of 36 with the presence dot. Decoration: the title beside it says who it is.
class HeaderAvatar : public QWidget
{
    Q_OBJECT

public:
    HeaderAvatar(const Theme &theme, QWidget *parent);
    void setSource(const AvatarSource &source, bool online);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    AvatarSource m_source;
    bool m_online = false;
};

}
