#include "widgets/conversation/headeravatar.h"

namespace confab {

HeaderAvatar::HeaderAvatar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setFixedSize(36, 36);
}

void HeaderAvatar::setSource(const AvatarSource &source, bool online)
{
    m_source = source;
    m_online = online;
    update();
}

void HeaderAvatar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintAvatar(painter, rect(), m_source, m_theme);
    if (m_online)
        paintPresence(painter, rect(), m_theme, m_theme.colors().panel);
}

}
