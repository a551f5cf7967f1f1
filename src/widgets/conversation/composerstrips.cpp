#include "widgets/conversation/composerstrips.h"

#include <QPainter>
#include <QVBoxLayout>

#include <utility>

namespace confab {

void discardWidget(QWidget *widget)
{
    if (!widget)
        return;
    widget->setParent(nullptr);
    widget->deleteLater();
}

ComposerStrips::ComposerStrips(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins({});
    m_column->setSpacing(0);
    hide();
    connect(&m_theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ComposerStrips::replace(QWidget *&place, QWidget *strip, int index)
{
    if (place == strip)
        return;
    discardWidget(std::exchange(place, strip));
    if (strip) {
        m_column->insertWidget(index, strip);
        strip->show();
    }
    setVisible(m_target || m_preview);
    update();
}

void ComposerStrips::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    for (const QWidget *strip : {m_target, m_preview}) {
        if (strip)
            painter.fillRect(
                QRect(1, strip->geometry().bottom(), width() - 2, 1), m_theme.colors().divider);
    }
}

}
