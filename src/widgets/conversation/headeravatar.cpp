#include "widgets/conversation/headeravatar.h"

namespace confab {

HeaderAvatar::HeaderAvatar(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    const auto applySize = [this] {
        const int size = m_theme.isCompact() ? 28 : 36;
        setFixedSize(size, size);
    };
    applySize();
    connect(&m_theme, &Theme::changed, this, applySize);
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
