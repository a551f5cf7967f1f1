#pragma once

#include "widgets/theme.h"
#include "wire/drafty/entity.h"

#include <QImage>
#include <QWidget>

class QToolButton;

namespace confab {

/// What a message will show of its link, above the text being written, with a cross to leave it
/// out.
class LinkPreviewStrip : public QWidget
{
    Q_OBJECT

public:
    LinkPreviewStrip(const Theme &theme, const wire::LinkPreview &preview, QWidget *parent);

signals:
    void dropped();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    wire::LinkPreview m_preview;
    QImage m_picture;
    QToolButton *m_drop;
};

}
