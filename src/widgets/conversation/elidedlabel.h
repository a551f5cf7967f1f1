#pragma once

#include <QLabel>

namespace confab {

/// One line of plain text that is cut with an ellipsis where it has no room; the whole of it is the
/// accessible name, and the tooltip while it is cut.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    void setFullText(const QString &text);
    QSize minimumSizeHint() const override { return {40, QLabel::minimumSizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent *event) override;
};

}
